// SPDX-License-Identifier: GPL-3.0-or-later
// The clusters that someone saved: one JSON file of mode 0600, without secrets.
#pragma once

#include "client/addresses.h"
#include "client/trust.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>

#include <optional>

namespace pilothouse::client {

struct SavedCluster {
    QString name; // unique; the key
    QList<QUrl> seeds;
    QByteArray authorityPem;
    QString clusterId; // empty until it is known
    QString user;
    QString passwordFile; // empty: the keyring has the secret, or it is asked for
    QList<KnownMember> members;
    friend bool operator==(const SavedCluster&, const SavedCluster&) = default;
};

// Reads and writes whole; another process that writes in between loses nothing but its last change to the
// same name. Lives on one thread; its file is small.
class ClusterStore {
public:
    // `file` need not exist. The usual one: defaultFile().
    explicit ClusterStore(QString file) : m_file(std::move(file)) {}
    // <config home>/pilothouse/clusters.json
    [[nodiscard]] static QString defaultFile();

    // By name. Fails with ErrorCode::corrupt, naming the file, if it cannot be what was written.
    [[nodiscard]] Result<QList<SavedCluster>> load() const;
    [[nodiscard]] Result<SavedCluster> find(const QString& name) const;
    // Adds it, or replaces the one of that name. A corrupt file is kept aside under another name first.
    [[nodiscard]] Status save(const SavedCluster& cluster);
    [[nodiscard]] Status remove(const QString& name);

private:
    QString m_file;
};

} // namespace pilothouse::client
