// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/first_contact.h"

#include "client/failure.h"
#include "client/text.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QPromise>
#include <QTimer>

#include <memory>

namespace pilothouse::client {

namespace {

constexpr qint64 largestCa = 64 * 1024;

// Two looks, one after the other; deletes itself.
class FirstLook : public QObject {
public:
    FirstLook(const QUrl& address, std::chrono::milliseconds deadline) : m_address(address) {
        for (auto* manager : {&m_looking, &m_proving}) {
            manager->setProxy(QNetworkProxy::NoProxy);
            manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        }
        m_promise.start();
        QTimer::singleShot(deadline, this, [this] {
            end(failWith(ErrorCode::timeout, Text::tr("%1 does not answer in time").arg(m_address.toString()),
                         Text::tr("Check the address, and that the replica runs")));
        });
        askForAuthority();
    }

    [[nodiscard]] QFuture<Result<PresentedAuthority>> future() { return m_promise.future(); }

private:
    QNetworkReply* get(QNetworkAccessManager& manager, const QString& path, const QSslConfiguration& tls) {
        QUrl url = m_address;
        url.setPath(path);
        QNetworkRequest request(url);
        request.setSslConfiguration(tls);
        request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        return manager.get(request);
    }

    // Nothing is believed of this answer, and no secret goes with the question.
    void askForAuthority() {
        auto tls = QSslConfiguration::defaultConfiguration();
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        auto* reply = get(m_looking, QStringLiteral("/ca"), tls);
        connect(reply, &QNetworkReply::finished, this, [this, reply] {
            reply->deleteLater();
            if (reply->error() != QNetworkReply::NoError) {
                const auto failure = networkFailure(m_address, reply->error(), reply->errorString());
                const bool answered = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid();
                end(failWith(ErrorCode::unavailable, QString::fromStdString(failure.error.message),
                             answered
                                 ? Text::tr("Give a replica's own address, not the load balancer's")
                                 : Text::tr("Check the address and the port, and that the replica runs")));
                return;
            }
            const auto anchor = anchorFromPem(reply->read(largestCa));
            if (!anchor) {
                end(failWith(ErrorCode::corrupt,
                             Text::tr("%1 names no certificate authority at /ca").arg(m_address.toString())));
                return;
            }
            m_found.anchor = *anchor;
            proveAuthority();
        });
    }

    // Connects again with nothing but that authority: it must have signed the replica's certificate. By a
    // manager of its own, which cannot use the first connection, that nobody verified, once more.
    void proveAuthority() {
        auto* reply = get(m_proving, QStringLiteral("/_ping"), pinnedConfiguration(m_found.anchor));
        connect(reply, &QNetworkReply::sslErrors, this, [this, reply](const QList<QSslError>& errors) {
            m_problem =
                judgeSslErrors(errors, reply->sslConfiguration().peerCertificateChain(), m_found.anchor);
            if (!m_problem) {
                reply->ignoreSslErrors(errors); // the id in the certificate outweighs the name
            }
        });
        connect(reply, &QNetworkReply::finished, this, [this, reply] {
            reply->deleteLater();
            const auto identity = identityOf(reply->sslConfiguration().peerCertificate());
            const bool answered =
                reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid(); // 503 is an answer
            if (m_problem || !answered || !identity) {
                end(failWith(ErrorCode::corrupt,
                             m_problem ? m_problem->message
                                       : Text::tr("%1 is not signed by the authority that it names")
                                             .arg(m_address.toString())));
                return;
            }
            m_found.replica = *identity;
            m_found.anchor.cluster = identity->cluster;
            describe();
            end(m_found);
        });
    }

    void describe() {
        const auto& authority = m_found.anchor.authority;
        m_found.fingerprint = fingerprintOf(authority);
        m_found.name = authority.subjectInfo(QSslCertificate::CommonName).value(0);
        m_found.madeAt = authority.effectiveDate();
        m_found.validTo = authority.expiryDate();
    }

    void end(Result<PresentedAuthority> result) {
        if (!std::exchange(m_ended, true)) {
            m_promise.addResult(std::move(result));
            m_promise.finish();
            deleteLater();
        }
    }

    QUrl m_address;
    QNetworkAccessManager m_looking;
    QNetworkAccessManager m_proving;
    QPromise<Result<PresentedAuthority>> m_promise;
    PresentedAuthority m_found;
    std::optional<TrustProblem> m_problem;
    bool m_ended = false;
};

} // namespace

QFuture<Result<PresentedAuthority>> lookAtAuthority(const QUrl& address, std::chrono::milliseconds deadline) {
    return (new FirstLook(address, deadline))->future(); // deletes itself
}

} // namespace pilothouse::client
