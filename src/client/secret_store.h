// SPDX-License-Identifier: GPL-3.0-or-later
// Passwords and access tokens: in the system's keyring, or, when that does not work, in memory until the
// program ends.
#pragma once

#include "base/result.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QString>

#include <chrono>

namespace pilothouse::client {

// Where a secret was put.
enum class SecretKept { keyring, session };

// Lives on one thread and never blocks. A keyring that is locked or absent is given up after the time-out;
// the answer then comes from memory.
class SecretStore : public QObject {
    Q_OBJECT
public:
    explicit SecretStore(QObject* parent = nullptr,
                         std::chrono::milliseconds keyringTimeout = std::chrono::seconds(3));

    // Errors: notFound (no such secret here), timeout (the keyring did not answer), unavailable (there is
    // none).
    [[nodiscard]] QFuture<Result<QString>> read(const QString& cluster, const QString& user);
    // Always kept for the session; in the keyring too if `lasting` and if that works.
    [[nodiscard]] QFuture<SecretKept> write(const QString& cluster, const QString& user,
                                            const QString& secret, bool lasting);
    [[nodiscard]] QFuture<Status> remove(const QString& cluster, const QString& user);

private:
    std::chrono::milliseconds m_timeout;
    QHash<QString, QString> m_session;
};

// The first line of a password file. Refused when others than its owner may read it.
[[nodiscard]] Result<QString> readPasswordFile(const QString& file);

} // namespace pilothouse::client
