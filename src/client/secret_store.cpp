// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/secret_store.h"

#include "client/text.h"

#include <QFile>
#include <QPointer>
#include <QPromise>
#include <QTimer>
#include <qt6keychain/keychain.h>

#include <memory>

namespace pilothouse::client {

namespace {

const QString service = QStringLiteral("pilothouse");

QString keyOf(const QString& cluster, const QString& user) {
    return user + u'@' + cluster;
}

// Calls `done` once with the job when it ends, or with null when the keyring does not answer in time: a
// locked one may wait for a person for ever.
void run(QKeychain::Job* job, std::chrono::milliseconds timeout, QObject* context,
         std::function<void(QKeychain::Job*)> done) {
    auto once = std::make_shared<std::function<void(QKeychain::Job*)>>(std::move(done));
    const auto finish = [once](QKeychain::Job* ended) {
        if (auto call = std::exchange(*once, nullptr)) {
            call(ended);
        }
    };
    job->setInsecureFallback(false);
    job->setAutoDelete(true);
    QObject::connect(job, &QKeychain::Job::finished, context,
                     [finish](QKeychain::Job* ended) { finish(ended); });
    QTimer::singleShot(timeout, context, [finish] { finish(nullptr); });
    job->start();
}

Error errorOf(QKeychain::Job* job) {
    if (job == nullptr) {
        return errorWith(ErrorCode::timeout, Text::tr("the keyring does not answer"),
                         Text::tr("Unlock it, or give the password again"));
    }
    if (job->error() == QKeychain::EntryNotFound) {
        return errorWith(ErrorCode::notFound, Text::tr("the keyring has no such password"));
    }
    return errorWith(ErrorCode::unavailable,
                     Text::tr("the keyring cannot be used: %1").arg(job->errorString()));
}

} // namespace

SecretStore::SecretStore(QObject* parent, std::chrono::milliseconds keyringTimeout)
    : QObject(parent), m_timeout(keyringTimeout) {}

QFuture<Result<QString>> SecretStore::read(const QString& cluster, const QString& user) {
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    const QString key = keyOf(cluster, user);
    if (const auto kept = m_session.constFind(key); kept != m_session.constEnd()) {
        promise->addResult(Result<QString>(*kept));
        promise->finish();
        return promise->future();
    }
    auto* job = new QKeychain::ReadPasswordJob(service);
    job->setKey(key);
    run(job, m_timeout, this, [promise](QKeychain::Job* ended) {
        auto* read = static_cast<QKeychain::ReadPasswordJob*>(ended);
        const bool good = read != nullptr && read->error() == QKeychain::NoError;
        promise->addResult(good ? Result<QString>(read->textData()) : Result<QString>(fail(errorOf(ended))));
        promise->finish();
    });
    return promise->future();
}

QFuture<SecretKept> SecretStore::write(const QString& cluster, const QString& user, const QString& secret,
                                       bool lasting) {
    auto promise = std::make_shared<QPromise<SecretKept>>();
    promise->start();
    const QString key = keyOf(cluster, user);
    m_session.insert(key, secret);
    const auto finish = [promise](SecretKept kept) {
        promise->addResult(kept);
        promise->finish();
    };
    if (!lasting) {
        finish(SecretKept::session);
        return promise->future();
    }
    auto* job = new QKeychain::WritePasswordJob(service);
    job->setKey(key);
    job->setTextData(secret);
    run(job, m_timeout, this, [finish](QKeychain::Job* ended) {
        finish(ended != nullptr && ended->error() == QKeychain::NoError ? SecretKept::keyring
                                                                        : SecretKept::session);
    });
    return promise->future();
}

QFuture<Status> SecretStore::remove(const QString& cluster, const QString& user) {
    auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    const QString key = keyOf(cluster, user);
    m_session.remove(key);
    auto* job = new QKeychain::DeletePasswordJob(service);
    job->setKey(key);
    run(job, m_timeout, this, [promise](QKeychain::Job* ended) {
        const bool gone = ended != nullptr && (ended->error() == QKeychain::NoError ||
                                               ended->error() == QKeychain::EntryNotFound);
        promise->addResult(gone ? Status() : Status(fail(errorOf(ended))));
        promise->finish();
    });
    return promise->future();
}

Result<QString> readPasswordFile(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failWith(ErrorCode::invalid,
                        Text::tr("cannot read the password file %1: %2").arg(path, file.errorString()));
    }
    constexpr auto others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    if (file.permissions() & others) {
        return failWith(ErrorCode::forbidden,
                        Text::tr("others may read or write the password file %1").arg(path),
                        Text::tr("chmod 600 it"));
    }
    QString secret = QString::fromUtf8(file.readLine(4096));
    while (secret.endsWith(u'\n') || secret.endsWith(u'\r')) {
        secret.chop(1);
    }
    if (secret.isEmpty()) {
        return failWith(ErrorCode::invalid,
                        Text::tr("the password file %1 has an empty first line").arg(path));
    }
    return secret;
}

} // namespace pilothouse::client
