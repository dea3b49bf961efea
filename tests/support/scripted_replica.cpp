// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scripted_replica.h"

#include "api/json.h"
#include "base/clock.h"

#include <QSslConfiguration>
#include <QUrlQuery>

#include <utility>

namespace pilothouse::test {

namespace {

constexpr auto commentEvery = std::chrono::milliseconds(200);

QByteArray bytes(const std::string& text) {
    return QByteArray::fromStdString(text);
}

QByteArray frame(const api::Event& event) {
    return "id: " + QByteArray::number(qint64(event.revision)) +
           "\nevent: event\ndata: " + bytes(api::toJson(event)) + "\n\n";
}

QByteArray methodAndPathOf(const RecordedRequest& request) {
    return request.method + ' ' + request.path.section(u'?', 0, 0).toUtf8();
}

// Takes one whole request off the front of `buffer`; false if there is none yet.
bool takeRequest(QByteArray& buffer, RecordedRequest& out) {
    const auto end = buffer.indexOf("\r\n\r\n");
    if (end < 0) {
        return false;
    }
    const auto lines = buffer.left(end).split('\n');
    const auto first = lines.first().trimmed().split(' ');
    out.method = first.value(0);
    out.path = QString::fromUtf8(first.value(1));
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const auto colon = lines[i].indexOf(':');
        out.headers.insert(lines[i].left(colon).toLower(), lines[i].mid(colon + 1).trimmed());
    }
    const auto length = out.headers.value("content-length").toLongLong();
    if (buffer.size() < end + 4 + length) {
        return false;
    }
    out.body = buffer.mid(end + 4, length);
    buffer.remove(0, end + 4 + length);
    return true;
}

} // namespace

ScriptedReplica::ScriptedReplica(const TestAuthority& authority, std::string id, std::string name)
    : m_authorityPem(authority.pem()), m_id(std::move(id)), m_leaf(authority.issueReplica(m_id)) {
    status.cluster.id = TestAuthority::clusterId;
    status.cluster.name = "test";
    status.observer = m_id;
    status.membership = {1, "stable"};
    status.self.id = m_id;
    status.self.name = std::move(name);
    status.self.started_at = toRfc3339(systemClock().wall());
    status.self.health = {true, api::Unhealthy::none, ""};
    setCredentials("admin", "secret");
    connect(&m_commentTimer, &QTimer::timeout, this, [this] { toStreams(": alive\n\n"); });
    m_commentTimer.start(commentEvery);
}

ScriptedReplica::~ScriptedReplica() {
    kill();
}

bool ScriptedReplica::start() {
    listenOn(m_port);
    m_port = m_server->serverPort();
    status.self.url = url();
    return m_server->isListening();
}

void ScriptedReplica::listenOn(quint16 port) {
    m_server = std::make_unique<QSslServer>();
    auto configuration = QSslConfiguration();
    configuration.setLocalCertificateChain(QList<QSslCertificate>{m_leaf.certificate} + m_chain);
    configuration.setPrivateKey(m_leaf.key);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_server->setSslConfiguration(configuration);
    connect(m_server.get(), &QSslServer::pendingConnectionAvailable, this, &ScriptedReplica::onConnection);
    m_server->listen(QHostAddress::LocalHost, port);
}

void ScriptedReplica::kill() {
    m_openStreams.clear();
    for (auto* socket : m_buffers.keys()) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
    m_buffers.clear();
    if (m_server) {
        m_server->close();
        m_server->disconnect(this);        // a handshake may still end before it goes
        m_server.release()->deleteLater(); // its handshakes end with it
    }
}

std::string ScriptedReplica::url() const {
    return "https://127.0.0.1:" + std::to_string(m_port);
}

void ScriptedReplica::setCertificate(const Leaf& leaf, const QList<QSslCertificate>& chain) {
    m_leaf = leaf;
    m_chain = chain;
}

void ScriptedReplica::setCredentials(const QByteArray& user, const QByteArray& password) {
    m_authorization = "Basic " + (user + ':' + password).toBase64();
}

void ScriptedReplica::setAnswer(const QByteArray& methodAndPath, ScriptedAnswer answer) {
    m_answers.insert(methodAndPath, std::move(answer));
}

int ScriptedReplica::count(const QByteArray& methodAndPath) const {
    return static_cast<int>(
        std::count_if(m_requests.begin(), m_requests.end(), [&](const RecordedRequest& request) {
            return methodAndPathOf(request) == methodAndPath;
        }));
}

const RecordedRequest* ScriptedReplica::last(const QByteArray& methodAndPath) const {
    const auto it = std::find_if(m_requests.rbegin(), m_requests.rend(), [&](const RecordedRequest& request) {
        return methodAndPathOf(request) == methodAndPath;
    });
    return it == m_requests.rend() ? nullptr : &*it;
}

// --- connections

void ScriptedReplica::onConnection() {
    while (auto* socket = qobject_cast<QSslSocket*>(m_server->nextPendingConnection())) {
        ++m_handshakes;
        socket->setParent(this);
        m_buffers.insert(socket, {});
        connect(socket, &QSslSocket::readyRead, this, [this, socket] { onBytes(socket); });
        connect(socket, &QSslSocket::disconnected, this, [this, socket] {
            m_buffers.remove(socket);
            m_openStreams.removeAll(socket);
            socket->deleteLater();
        });
        onBytes(socket);
    }
}

void ScriptedReplica::setSilent(bool silent) {
    m_silent = silent;
    if (!m_server) {
        return;
    }
    if (silent) {
        m_server->pauseAccepting();
        return;
    }
    m_server->resumeAccepting();
    for (auto* socket : m_buffers.keys()) {
        onBytes(socket);
    }
}

void ScriptedReplica::onBytes(QSslSocket* socket) {
    if (m_silent || !m_buffers.contains(socket)) {
        return;
    }
    auto& buffer = m_buffers[socket];
    buffer += socket->readAll();
    RecordedRequest request;
    while (takeRequest(buffer, request)) {
        m_requests.push_back(request);
        if (m_delay.count() > 0) {
            QTimer::singleShot(m_delay, socket, [this, socket, request] { answer(socket, request); });
        } else {
            answer(socket, request);
        }
        request = {};
    }
}

// --- answers

void ScriptedReplica::answer(QSslSocket* socket, const RecordedRequest& request) {
    const auto what = methodAndPathOf(request);
    const bool open = what == "GET /ca" || what == "GET /_ping";
    if (!open && request.headers.value("authorization") != m_authorization) {
        reply(socket, {401,
                       R"({"type":"about:blank","title":"Unauthorized","status":401,)"
                       R"("detail":"The user name or the password is wrong","code":"unauthorized"})",
                       "application/problem+json"});
    } else if (what == "GET /api/v0/stream" && m_streams && !m_answers.contains(what)) {
        openStream(socket, request);
    } else {
        reply(socket, answerTo(request));
    }
}

ScriptedAnswer ScriptedReplica::answerTo(const RecordedRequest& request) const {
    const auto what = methodAndPathOf(request);
    const QByteArray whole = request.method + ' ' + request.path.toUtf8();
    if (const auto it = m_answers.find(m_answers.contains(whole) ? whole : what); it != m_answers.end()) {
        return *it;
    }
    if (what == "GET /api/v0/cluster") {
        auto now = status;
        now.observed_at = toRfc3339(systemClock().wall());
        return {200, bytes(api::toJson(now))};
    }
    if (what == "GET /api/v0/events") {
        return {200, eventPage(request.path)};
    }
    if (what == "GET /_ping") {
        return {200, R"({"Error":"","Healthy":true})"};
    }
    if (what == "GET /ca") {
        return {200, m_authorityPem, "application/x-pem-file"};
    }
    return {404,
            R"({"type":"about:blank","title":"Not Found","status":404,)"
            R"("detail":"There is nothing at this address","code":"notFound"})",
            "application/problem+json"};
}

QByteArray ScriptedReplica::eventPage(const QString& path) const {
    const QUrlQuery query(path.section(u'?', 1));
    const auto limit = query.queryItemValue(QStringLiteral("limit")).toULongLong();
    api::EventPage page;
    const auto take = [&](const api::Event& event, bool wanted) {
        if (wanted && page.events.size() < limit) {
            page.events.push_back(event);
        } else if (wanted) {
            page.more = true;
        }
    };
    if (query.hasQueryItem(QStringLiteral("before"))) {
        const auto before = query.queryItemValue(QStringLiteral("before")).toLongLong();
        for (auto it = m_events.rbegin(); it != m_events.rend(); ++it) {
            take(*it, before == 0 || it->revision < before);
        }
    } else {
        const auto after = query.queryItemValue(QStringLiteral("after")).toLongLong();
        for (const auto& event : m_events) {
            take(event, event.revision > after);
        }
    }
    return bytes(api::toJson(page));
}

void ScriptedReplica::reply(QSslSocket* socket, const ScriptedAnswer& answer) {
    socket->write("HTTP/1.1 " + QByteArray::number(answer.status) + " Scripted\r\nContent-Type: " +
                  answer.contentType + "\r\nContent-Length: " + QByteArray::number(answer.body.size()) +
                  "\r\nPilothouse-Replica: " + bytes(m_id) + "\r\n\r\n" + answer.body);
}

// --- streams

void ScriptedReplica::openStream(QSslSocket* socket, const RecordedRequest& request) {
    m_openStreams.append(socket);
    socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
                  "Pilothouse-Replica: " +
                  bytes(m_id) + "\r\n\r\n");
    const auto lastId = request.headers.constFind("last-event-id");
    if (lastId != request.headers.constEnd()) {
        for (const auto& event : m_events) {
            if (event.revision > lastId->toLongLong()) {
                toStreams(frame(event));
            }
        }
    }
    publish();
}

void ScriptedReplica::toStreams(const QByteArray& text) {
    if (m_silent || m_streamsHeldBack) {
        return;
    }
    for (auto* socket : m_openStreams) {
        socket->write(QByteArray::number(text.size(), 16) + "\r\n" + text + "\r\n");
    }
}

void ScriptedReplica::publish() {
    status.observed_at = toRfc3339(systemClock().wall());
    toStreams("event: status\ndata: " + bytes(api::toJson(status)) + "\n\n");
}

void ScriptedReplica::addEvent(const api::Event& event) {
    m_events.push_back(event);
    toStreams(frame(event));
}

void ScriptedReplica::cutStreams() {
    for (auto* socket : std::exchange(m_openStreams, {})) {
        socket->abort();
    }
}

} // namespace pilothouse::test
