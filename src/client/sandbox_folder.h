// SPDX-License-Identifier: GPL-3.0-or-later
// The sandboxes of this computer, whoever started them: each is trusted from its own files.
#pragma once

#include "api/sandbox.h"
#include "client/cluster_watcher.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>

#include <map>
#include <vector>

namespace pilothouse::client {

// Watches <folder>/<name>/sandbox.json. Lives on one thread.
class SandboxFolder : public QObject {
    Q_OBJECT
public:
    // `folder` need not exist yet. The usual one: defaultFolder().
    explicit SandboxFolder(QString folder, QObject* parent = nullptr);
    // <data home>/pilothouse/sandboxes
    [[nodiscard]] static QString defaultFolder();

    // By name. Records that cannot be read (yet) are left out.
    [[nodiscard]] const std::map<QString, api::Sandbox>& sandboxes() const { return m_sandboxes; }

Q_SIGNALS:
    // One appeared, went, or its record changed.
    void changed();

private:
    void rescan();
    void watch();

    QString m_folder;
    QFileSystemWatcher m_watcher;
    QTimer m_settle; // one rescan for a burst of changes
    std::map<QString, api::Sandbox> m_sandboxes;
};

// Whom to watch and with which password, from a sandbox's own record and files.
[[nodiscard]] Result<WatchTarget> targetOf(const api::Sandbox& sandbox);

} // namespace pilothouse::client
