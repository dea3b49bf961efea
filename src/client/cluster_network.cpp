// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cluster_network.h"

#include "client/text.h"

#include <QNetworkProxy>
#include <QTimer>

#include <utility>

namespace pilothouse::client {

namespace {

constexpr qint64 mostBytes = qint64{16} << 20;

int statusOf(const QNetworkReply& reply) {
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

} // namespace

void abort(QNetworkReply& reply) {
    if (!reply.isFinished() && reply.error() == QNetworkReply::NoError) {
        reply.abort();
    }
}

ClusterNetwork::ClusterNetwork(TrustAnchor anchor, QObject* parent)
    : QObject(parent), m_anchor(std::move(anchor)) {
    m_manager.setProxy(QNetworkProxy::NoProxy); // each replica is asked by itself
    m_manager.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    connect(&m_manager, &QNetworkAccessManager::encrypted, this, &ClusterNetwork::checkPeer);
    connect(&m_manager, &QNetworkAccessManager::sslErrors, this, &ClusterNetwork::onSslErrors);
}

QNetworkRequest ClusterNetwork::makeRequest(const Endpoint& to, const QString& path) const {
    QUrl url = to.url;
    url.setPath(path.section(u'?', 0, 0), QUrl::StrictMode);
    if (path.contains(u'?')) {
        url.setQuery(path.section(u'?', 1), QUrl::StrictMode);
    }
    QNetworkRequest request(url);
    request.setSslConfiguration(pinnedConfiguration(m_anchor));
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Pilothouse/" PILOTHOUSE_VERSION));
    if (!m_credentials.empty()) {
        const QString pair = m_credentials.user + u':' + m_credentials.secret;
        request.setRawHeader("Authorization", "Basic " + pair.toUtf8().toBase64());
    }
    return request;
}

void ClusterNetwork::track(QNetworkReply* reply, const Endpoint& to) {
    Tracked tracked;
    tracked.to = to;
    tracked.sent.start();
    m_tracked.insert(reply, tracked);
    connect(reply, &QNetworkReply::metaDataChanged, this, [this, reply] { onHeaders(reply); });
    connect(reply, &QObject::destroyed, this, [this, reply] { m_tracked.remove(reply); });
}

// Qt holds the request back until this slot has returned, so a peer that is refused here gets no credentials.
void ClusterNetwork::checkPeer(QNetworkReply* reply) {
    const auto it = m_tracked.find(reply);
    if (it == m_tracked.end()) {
        return;
    }
    it->sent.restart();
    it->problem = checkIdentity(reply->sslConfiguration().peerCertificate(), m_anchor, it->to.id);
    if (it->problem) {
        reply->abort(); // whatever else has happened to it
    }
}

void ClusterNetwork::onSslErrors(QNetworkReply* reply, const QList<QSslError>& errors) {
    const auto it = m_tracked.find(reply);
    if (it == m_tracked.end()) {
        return;
    }
    it->problem = judgeSslErrors(errors, reply->sslConfiguration().peerCertificateChain(), m_anchor);
    if (!it->problem) {
        reply->ignoreSslErrors(errors); // names only; checkPeer() follows
    }
}

void ClusterNetwork::onHeaders(QNetworkReply* reply) {
    const auto it = m_tracked.find(reply);
    if (it == m_tracked.end() || it->roundTripMs) {
        return;
    }
    it->roundTripMs = static_cast<double>(it->sent.nsecsElapsed()) / 1e6;
    it->problem = checkIdentity(reply->sslConfiguration().peerCertificate(), m_anchor, it->to.id);
    if (it->problem) {
        abort(*reply);
    }
}

void ClusterNetwork::abortAfter(QNetworkReply* reply, std::chrono::milliseconds deadline) {
    QTimer::singleShot(deadline, reply, [this, reply] {
        if (const auto it = m_tracked.find(reply); it != m_tracked.end() && !reply->isFinished()) {
            it->timedOut = true;
            abort(*reply);
        }
    });
}

void ClusterNetwork::send(const Endpoint& to, const Request& request, QObject* context,
                          std::function<void(AnswerOrFailure)> done) {
    auto wire = makeRequest(to, request.path);
    QNetworkReply* reply = nullptr;
    if (request.method == "GET") {
        reply = m_manager.get(wire);
    } else {
        wire.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        reply = m_manager.sendCustomRequest(wire, request.method, request.body);
    }
    track(reply, to);
    abortAfter(reply, request.deadline);
    connect(reply, &QNetworkReply::readyRead, this, [this, reply] {
        if (const auto it = m_tracked.find(reply);
            it != m_tracked.end() && reply->bytesAvailable() > mostBytes) {
            it->tooLarge = true;
            abort(*reply);
        }
    });
    const auto finished = connect(reply, &QNetworkReply::finished, context,
                                  [this, reply, done = std::move(done)] { done(outcomeOf(*reply)); });
    connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
    // abort() says finished at once, and the context's connections outlive its destroyed(): `done` must not
    // see it.
    connect(context, &QObject::destroyed, reply, [reply, finished] {
        QObject::disconnect(finished);
        abort(*reply);
    });
}

QNetworkReply* ClusterNetwork::openStream(const Endpoint& to, const QString& path,
                                          const QByteArray& lastEventId) {
    auto request = makeRequest(to, path);
    request.setRawHeader("Accept", "text/event-stream");
    request.setRawHeader("Accept-Encoding", "identity"); // Qt would hold compressed pieces back
    if (!lastEventId.isEmpty()) {
        request.setRawHeader("Last-Event-ID", lastEventId);
    }
    auto* reply = m_manager.get(request);
    track(reply, to);
    return reply;
}

std::optional<Failure> ClusterNetwork::failureOf(QNetworkReply& reply) const {
    const auto it = m_tracked.find(&reply);
    const auto url = reply.url();
    if (it != m_tracked.end() && it->problem) {
        return trustFailure(url, *it->problem);
    }
    if (it != m_tracked.end() && it->timedOut) {
        return timeoutFailure(url);
    }
    if (const int status = statusOf(reply); status >= 300) {
        auto failure = statusFailure(url, status, reply.readAll());
        failure.roundTripMs = it != m_tracked.end() ? it->roundTripMs : std::nullopt;
        return failure;
    }
    if (reply.isFinished() && reply.error() != QNetworkReply::NoError) {
        return networkFailure(url, reply.error(), reply.errorString());
    }
    return std::nullopt;
}

AnswerOrFailure ClusterNetwork::outcomeOf(QNetworkReply& reply) const {
    if (const auto it = m_tracked.find(&reply); it != m_tracked.end() && it->tooLarge) {
        return tl::unexpected(
            protocolFailure(reply.url(), Text::tr("the answer is larger than 16 MiB").toStdString()));
    }
    if (auto failure = failureOf(reply)) {
        return tl::unexpected(*std::move(failure));
    }
    Answer answer;
    answer.url = reply.url();
    answer.status = statusOf(reply);
    answer.body = reply.readAll();
    if (const auto identity = identityOf(reply.sslConfiguration().peerCertificate())) {
        answer.replica = identity->replica;
    }
    answer.roundTripMs = m_tracked.value(&reply).roundTripMs.value_or(0);
    return answer;
}

} // namespace pilothouse::client
