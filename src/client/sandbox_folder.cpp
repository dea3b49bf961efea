// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sandbox_folder.h"

#include "api/json.h"
#include "client/secret_store.h"
#include "client/text.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace pilothouse::client {

namespace {

constexpr std::chrono::milliseconds settleFor{50};
const QString recordName = QStringLiteral("sandbox.json");

std::optional<api::Sandbox> readRecord(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    auto record = api::fromJson<api::Sandbox>(file.readAll().toStdString());
    return record ? std::optional(std::move(*record)) : std::nullopt;
}

bool same(const std::map<QString, api::Sandbox>& a, const std::map<QString, api::Sandbox>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.first == y.first && api::toJson(x.second) == api::toJson(y.second);
    });
}

// Nobody gave these files: the sandbox's making did.
Error notAsWritten(Error error) {
    error.code = error.code == ErrorCode::invalid ? ErrorCode::corrupt : error.code;
    return error;
}

} // namespace

SandboxFolder::SandboxFolder(QString folder, QObject* parent) : QObject(parent), m_folder(std::move(folder)) {
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleFor);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(&m_settle, &QTimer::timeout, this, &SandboxFolder::rescan);
    rescan();
}

QString SandboxFolder::defaultFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/pilothouse/sandboxes");
}

void SandboxFolder::rescan() {
    std::map<QString, api::Sandbox> found;
    const QDir folder(m_folder);
    for (const auto& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (auto record = readRecord(folder.filePath(name + u'/' + recordName))) {
            found.emplace(name, std::move(*record));
        }
    }
    const bool differs = !same(found, m_sandboxes);
    m_sandboxes = std::move(found);
    watch();
    if (differs) {
        Q_EMIT changed();
    }
}

// A folder that does not exist yet cannot be watched: its nearest ancestor that does tells when it comes.
void SandboxFolder::watch() {
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    if (!watched.isEmpty()) {
        m_watcher.removePaths(watched);
    }
    QDir nearest(m_folder);
    while (!nearest.exists() && nearest.path() != QDir::rootPath()) {
        nearest.setPath(QFileInfo(nearest.path()).path());
    }
    QStringList paths{nearest.path()};
    if (QDir(m_folder).exists()) {
        for (const auto& name : QDir(m_folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            paths += m_folder + u'/' + name;
            const QString record = m_folder + u'/' + name + u'/' + recordName;
            if (QFile::exists(record)) { // broken or not: it may be whole at the next look
                paths += record;
            }
        }
    }
    m_watcher.addPaths(paths);
}

Result<WatchTarget> targetOf(const api::Sandbox& sandbox) {
    QFile file(QString::fromStdString(sandbox.ca_file));
    if (!file.open(QIODevice::ReadOnly)) {
        return failWith(ErrorCode::notFound,
                        Text::tr("cannot read %1: %2").arg(file.fileName(), file.errorString()));
    }
    const auto anchor = anchorFromPem(file.readAll());
    if (!anchor) {
        return failIn(sandbox.ca_file, notAsWritten(anchor.error()));
    }
    const auto secret = readPasswordFile(QString::fromStdString(sandbox.password_file));
    if (!secret) {
        return fail(notAsWritten(secret.error()));
    }
    WatchTarget target;
    target.name = QString::fromStdString(sandbox.name);
    target.trust = *anchor;
    target.credentials = {QString::fromStdString(sandbox.username), *secret};
    target.passwordFile = QString::fromStdString(sandbox.password_file);
    for (const auto& replica : sandbox.replicas) {
        const QUrl url(QString::fromStdString(replica.url));
        target.seeds += url;
        target.members += {ReplicaId(replica.id), QString::fromStdString(replica.name), url};
    }
    return target;
}

} // namespace pilothouse::client
