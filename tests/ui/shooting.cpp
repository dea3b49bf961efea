// SPDX-License-Identifier: GPL-3.0-or-later
#include "shooting.h"

#include "scripted_session.h"
#include "ui/pages/cluster_page.h"
#include "ui/pages/topology_page.h"
#include "ui/session/sessions.h"
#include "ui/theme/theme.h"
#include "ui/topology/topology_view.h"
#include "ui/window/main_window.h"
#include "views.h"

#include <QApplication>
#include <QElapsedTimer>

#include <cstdio>

namespace pilothouse::ui::test {

void save(QWidget& widget, const QDir& directory, const QString& name) {
    widget.show();
    QElapsedTimer settling; // layouts in layouts take a few rounds
    settling.start();
    while (settling.elapsed() < 120) {
        QApplication::processEvents(QEventLoop::AllEvents, 20);
    }
    if (!widget.grab().save(directory.filePath(name + QStringLiteral(".png")))) {
        std::fprintf(stderr, "cannot write %s\n", qPrintable(name));
    }
}

void shootWindow(Theme& theme, const QDir& directory, const QString& name,
                 const std::function<models::ClusterView()>& make, const QString& look, QSize size) {
    Sessions sessions;
    MainWindow window(theme, sessions);
    for (const models::ClusterView& view : {make(), unreachableThree(), healthySandbox()}) {
        if (sessions.find(view.key) == nullptr) {
            sessions.add(view.key, std::make_unique<ScriptedSession>(view));
        }
    }
    window.resize(size);
    window.show();
    if (name == QLatin1String("refused")) {
        window.clusterPage()->select(sessions.find(make().key)->view().replicas[1].id);
    }
    window.clusterPage()->topologyPage()->topology()->setFocus();
    save(window, directory, QStringLiteral("%1-%2").arg(name, look));
    if (window.size() != size) {
        std::printf("%s: %d x %d\n", qPrintable(name), window.width(), window.height());
    }
}

} // namespace pilothouse::ui::test
