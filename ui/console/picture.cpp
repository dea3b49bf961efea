// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/picture.h"

#include "ui/console/console.h"
#include "ui/pages/cluster_page.h"
#include "ui/pages/topology_page.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QImageWriter>
#include <QPixmap>

#include <algorithm>

namespace pilothouse::ui {

constexpr int settleMs = 700;

Picture::Picture(Console& console, OpenRequest request, QSize size, QString file, QObject* parent)
    : QObject(parent), m_console(console), m_request(std::move(request)), m_size(size),
      m_file(std::move(file)) {
    m_deadline.setSingleShot(true);
    m_settle.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &Picture::draw);
    connect(&m_settle, &QTimer::timeout, this, &Picture::draw);
    connect(&console.sessions(), &Sessions::changed, this, &Picture::look);
    connect(&console.wanted(), &Wanted::missing, this,
            &Picture::finish); // a picture of another would mislead
}

void Picture::start(int deadlineMs) {
    const QString cannot = whyNotWritable();
    if (!cannot.isEmpty()) {
        finish(cannot); // before anything is waited for
        return;
    }
    m_console.window().setAttribute(Qt::WA_DontShowOnScreen);
    m_console.window().resize(m_size);
    m_console.window().show(); // laid out as a window, on no screen
    m_console.wanted().set(m_request);
    m_console.watchAll();
    if (m_done) {
        return;
    }
    m_deadline.start(deadlineMs);
    look();
}

QString Picture::whyNotWritable() const {
    const QFileInfo file(m_file);
    const QFileInfo folder(file.absolutePath());
    if (!QImageWriter::supportedImageFormats().contains(file.suffix().toLower().toLatin1())) {
        return tr("cannot write %1: the name of a picture ends in .png").arg(m_file);
    }
    if (!folder.isDir()) {
        return tr("cannot write %1: there is no folder %2").arg(m_file, folder.filePath());
    }
    if (file.isDir() || !(file.exists() ? file.isWritable() : folder.isWritable())) {
        return tr("cannot write %1: no permission").arg(m_file);
    }
    return {};
}

// Later, so that whoever starts this can listen first.
void Picture::finish(const QString& error) {
    m_done = true;
    m_settle.stop();
    m_deadline.stop();
    QMetaObject::invokeMethod(
        this, [this, error] { Q_EMIT finished(error); }, Qt::QueuedConnection);
}

bool Picture::isKnown() const {
    const ClusterSession* session = m_console.window().shownSession();
    if (session == nullptr) {
        return m_console.sessions().empty(); // the first page is all there is
    }
    const models::ClusterView& view = session->view();
    const bool asked =
        std::none_of(view.replicas.begin(), view.replicas.end(), [](const models::ReplicaView& replica) {
            return replica.state == domain::ReplicaState::unknown;
        });
    return view.verdict != domain::Verdict::starting && asked && m_console.wanted().done();
}

void Picture::look() {
    if (isKnown() && !m_settle.isActive() && !m_done) {
        m_settle.start(settleMs);
    }
}

void Picture::draw() {
    if (m_done) {
        return;
    }
    m_done = true; // once
    m_console.window().resize(m_size);
    QGuiApplication::sync(); // the new size comes by an event of the window system
    // By what is there now, and not by what a window of another size was left with.
    m_console.window().clusterPage()->topologyPage()->shareRoom();
    QImageWriter writer(m_file);
    const bool saved = writer.write(m_console.window().grab().toImage());
    finish(saved ? QString() : tr("cannot write %1: %2").arg(m_file, writer.errorString()));
}

} // namespace pilothouse::ui
