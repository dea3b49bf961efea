// SPDX-License-Identifier: GPL-3.0-or-later
#include "history_shots.h"

#include "models/describe.h"
#include "scripted_session.h"
#include "shooting.h"
#include "ui/pages/cluster_page.h"
#include "ui/pages/operations_page.h"
#include "ui/session/sessions.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "views.h"

#include <QListView>
#include <QTabBar>

namespace pilothouse::ui::test {
namespace {

models::ClusterView viewOf(const std::optional<api::Operation>& running) {
    models::ClusterView view = healthyFive();
    if (running) {
        view.operation = models::describe(api::RunningOperation{running->id,
                                                                running->kind,
                                                                running->replica,
                                                                running->name,
                                                                running->phase,
                                                                false,
                                                                "complete_copies",
                                                                5,
                                                                7,
                                                                running->waiting,
                                                                {}});
    }
    return view;
}

} // namespace

void shootHistory(Theme& theme, const QDir& directory, const QString& look, QSize size) {
    ScriptedOperations operations;
    operations.listed = listOfSix();
    const auto named = [&](const char* name) {
        return QStringLiteral("operations-%1-%2").arg(QLatin1String(name), look);
    };
    Sessions sessions;
    MainWindow window(theme, sessions);
    const models::ClusterView view = viewOf(operations.listed->running);
    auto added = std::make_unique<ScriptedSession>(view);
    added->operationsOf = &operations;
    sessions.add(view.key, std::move(added));
    window.resize(size);
    window.show();
    QTabBar* tabs = window.clusterPage()->tabs();
    const auto showAnew = [&] {
        tabs->setCurrentIndex(0);
        tabs->setCurrentIndex(static_cast<int>(models::Page::operations));
    };
    showAnew();
    save(window, directory, named("running"));
    QListView* list = window.clusterPage()->operationsPage()->list();
    const char* const names[] = {"done", "cancelled", "refused", "repair", "unknown"};
    for (int row = 1; row < 6; ++row) {
        list->setCurrentIndex(list->model()->index(row, 0));
        list->setFocus();
        save(window, directory, named(names[row - 1]));
    }
    operations.listed = fail(ErrorCode::unavailable, "no replica answers");
    showAnew();
    save(window, directory, named("old"));
    operations.listed = api::OperationList{};
    static_cast<ScriptedSession*>(sessions.find(view.key))->show(healthyFive());
    showAnew();
    save(window, directory, named("none"));
}

} // namespace pilothouse::ui::test
