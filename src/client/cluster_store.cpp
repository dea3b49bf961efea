// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cluster_store.h"

#include "client/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>

namespace pilothouse::client {

namespace {

constexpr int lockDeadlineMs = 2000;

QJsonObject toJson(const SavedCluster& cluster) {
    QJsonArray seeds;
    for (const auto& seed : cluster.seeds) {
        seeds.append(seed.toString());
    }
    QJsonArray members;
    for (const auto& member : cluster.members) {
        members.append(QJsonObject{{QStringLiteral("id"), QString::fromStdString(member.id.str())},
                                   {QStringLiteral("name"), member.name},
                                   {QStringLiteral("url"), member.url.toString()}});
    }
    return {{QStringLiteral("name"), cluster.name},
            {QStringLiteral("seeds"), seeds},
            {QStringLiteral("ca"), QString::fromLatin1(cluster.authorityPem)},
            {QStringLiteral("cluster_id"), cluster.clusterId},
            {QStringLiteral("user"), cluster.user},
            {QStringLiteral("password_file"), cluster.passwordFile},
            {QStringLiteral("members"), members}};
}

SavedCluster fromJson(const QJsonObject& json) {
    SavedCluster cluster;
    const auto text = [&](const char* key) { return json.value(QLatin1String(key)).toString(); };
    cluster.name = text("name");
    cluster.authorityPem = text("ca").toLatin1();
    cluster.clusterId = text("cluster_id");
    cluster.user = text("user");
    cluster.passwordFile = text("password_file");
    for (const auto& seed : json.value(QLatin1String("seeds")).toArray()) {
        cluster.seeds += QUrl(seed.toString());
    }
    for (const auto& value : json.value(QLatin1String("members")).toArray()) {
        const auto member = value.toObject();
        cluster.members += {ReplicaId(member.value(QLatin1String("id")).toString().toStdString()),
                            member.value(QLatin1String("name")).toString(),
                            QUrl(member.value(QLatin1String("url")).toString())};
    }
    return cluster;
}

Status writeAll(const QString& path, const QList<SavedCluster>& clusters) {
    QJsonArray array;
    for (const auto& cluster : clusters) {
        array.append(toJson(cluster));
    }
    QSaveFile file(path);
    const auto text =
        QJsonDocument(QJsonObject{{QStringLiteral("schema"), 1}, {QStringLiteral("clusters"), array}})
            .toJson();
    const bool written = file.open(QIODevice::WriteOnly) &&
                         file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                         file.write(text) == text.size() && file.commit();
    if (!written) {
        return failWith(ErrorCode::internal, Text::tr("cannot write %1: %2").arg(path, file.errorString()),
                        Text::tr("Check that the disk has room and the folder is yours"));
    }
    return {};
}

// A file that cannot be what was written is somebody's work all the same: it is renamed, not overwritten.
Status keepAside(const QString& path) {
    QString aside = path + QStringLiteral(".corrupt");
    for (int number = 2; QFile::exists(aside); ++number) {
        aside = path + QStringLiteral(".corrupt-%1").arg(number);
    }
    if (!QFile::rename(path, aside)) {
        return failWith(ErrorCode::internal, Text::tr("cannot rename %1 to %2").arg(path, aside),
                        Text::tr("Check that the folder is yours"));
    }
    return {};
}

// Reads, changes and writes under a lock, so that two programs lose nothing of each other's.
Status change(const ClusterStore& store, const QString& path,
              const std::function<Status(QList<SavedCluster>&)>& edit) {
    QDir().mkpath(QFileInfo(path).path());
    QLockFile lock(path + QStringLiteral(".lock"));
    if (!lock.tryLock(lockDeadlineMs)) {
        if (lock.error() != QLockFile::LockFailedError) {
            return failWith(ErrorCode::internal, Text::tr("cannot write %1").arg(path),
                            Text::tr("Check that the disk has room and the folder is yours"));
        }
        return failWith(ErrorCode::conflict, Text::tr("another program is writing %1").arg(path),
                        Text::tr("Try again"));
    }
    auto clusters = store.load();
    if (!clusters && clusters.error().code == ErrorCode::corrupt) {
        if (auto kept = keepAside(path); !kept) {
            return kept;
        }
        clusters = store.load();
    }
    if (!clusters) {
        return fail(clusters.error());
    }
    if (auto edited = edit(*clusters); !edited) {
        return edited;
    }
    return writeAll(path, *clusters);
}

tl::unexpected<Error> damaged(const QString& sentence) {
    return failWith(
        ErrorCode::corrupt, sentence,
        Text::tr("Mend it, or begin anew: saving a cluster keeps it aside as clusters.json.corrupt"));
}

tl::unexpected<Error> noneCalled(const QString& name) {
    return failWith(ErrorCode::notFound, Text::tr("no saved cluster is called \"%1\"").arg(name));
}

} // namespace

QString ClusterStore::defaultFile() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/pilothouse/clusters.json");
}

Result<QList<SavedCluster>> ClusterStore::load() const {
    QFile file(m_file);
    if (!file.exists()) {
        return QList<SavedCluster>{};
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return failWith(ErrorCode::forbidden, Text::tr("cannot read %1: %2").arg(m_file, file.errorString()));
    }
    const auto document = QJsonDocument::fromJson(file.readAll());
    const auto array = document.object().value(QLatin1String("clusters"));
    if (!array.isArray()) {
        return damaged(Text::tr("%1 is not a list of clusters").arg(m_file));
    }
    QList<SavedCluster> clusters;
    for (const auto& value : array.toArray()) {
        auto cluster = fromJson(value.toObject());
        if (cluster.name.isEmpty() || cluster.seeds.isEmpty()) {
            return damaged(Text::tr("%1 holds a cluster without name or address").arg(m_file));
        }
        clusters += std::move(cluster);
    }
    std::sort(clusters.begin(), clusters.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return clusters;
}

Result<SavedCluster> ClusterStore::find(const QString& name) const {
    const auto clusters = load();
    if (!clusters) {
        return fail(clusters.error());
    }
    const auto found =
        std::find_if(clusters->begin(), clusters->end(), [&](const auto& c) { return c.name == name; });
    if (found == clusters->end()) {
        return noneCalled(name);
    }
    return *found;
}

Status ClusterStore::save(const SavedCluster& cluster) {
    return change(*this, m_file, [&](QList<SavedCluster>& clusters) {
        clusters.removeIf([&](const auto& c) { return c.name == cluster.name; });
        clusters += cluster;
        return Status();
    });
}

Status ClusterStore::remove(const QString& name) {
    if (const auto clusters = load(); !clusters) {
        return fail(clusters.error());
    }
    return change(*this, m_file, [&](QList<SavedCluster>& clusters) {
        return clusters.removeIf([&](const auto& c) { return c.name == name; }) > 0
                   ? Status()
                   : Status(noneCalled(name));
    });
}

} // namespace pilothouse::client
