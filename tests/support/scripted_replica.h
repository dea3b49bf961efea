// SPDX-License-Identifier: GPL-3.0-or-later
// A replica that says what a test tells it to say: real sockets and TLS on loopback, states and faults on
// command.
//
// It speaks GET /api/v0/cluster, /api/v0/stream (with Last-Event-ID), /api/v0/events, /_ping and /ca by
// itself; everything else is answered by setAnswer(). Lives on the test's thread.
#pragma once

#include "api/admin.h"
#include "api/status.h"
#include "support/test_authority.h"

#include <QHash>
#include <QObject>
#include <QSslServer>
#include <QSslSocket>
#include <QTimer>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace pilothouse::test {

struct RecordedRequest {
    QByteArray method;
    QString path;                          // with query
    QHash<QByteArray, QByteArray> headers; // names in lower case
    QByteArray body;
};

struct ScriptedAnswer {
    int status = 200;
    QByteArray body;
    QByteArray contentType = "application/json";
};

class ScriptedReplica : public QObject {
    Q_OBJECT
public:
    ScriptedReplica(const TestAuthority& authority, std::string id, std::string name);
    ~ScriptedReplica() override;

    // On a port that the system chooses the first time, on the same one later. False if that is taken now.
    bool start();
    // As if killed: nobody listens, and every connection ends.
    void kill();

    [[nodiscard]] const std::string& id() const { return m_id; }
    [[nodiscard]] std::string url() const; // https://127.0.0.1:PORT
    [[nodiscard]] quint16 port() const { return m_port; }

    // What it reports. Change it, then publish().
    api::ClusterStatus status;
    // Sends `status` to every open stream.
    void publish();
    // Records it and sends it to every open stream.
    void addEvent(const api::Event& event);

    // --- faults
    // As if stopped by a signal: the system accepts connections, nothing is answered. False: goes on with
    // what waits.
    void setSilent(bool silent);
    // Answers 404 at /api/v0/stream when off.
    void setStreams(bool on) { m_streams = on; }
    // Streams send headers and then hold everything back, as a buffering proxy does.
    void setStreamsHeldBack(bool heldBack) { m_streamsHeldBack = heldBack; }
    void cutStreams();
    void setDelay(std::chrono::milliseconds delay) { m_delay = delay; }
    void setCertificate(const Leaf& leaf, const QList<QSslCertificate>& chain = {});
    void setCredentials(const QByteArray& user, const QByteArray& password);
    // Whatever comes for "METHOD /path" (with this query, else with any) gets this answer.
    void setAnswer(const QByteArray& methodAndPath, ScriptedAnswer answer);
    void clearAnswer(const QByteArray& methodAndPath) { m_answers.remove(methodAndPath); }

    // --- what it saw
    [[nodiscard]] const std::vector<RecordedRequest>& requests() const { return m_requests; }
    [[nodiscard]] int count(const QByteArray& methodAndPath) const;
    [[nodiscard]] const RecordedRequest* last(const QByteArray& methodAndPath) const;
    [[nodiscard]] int openStreams() const { return static_cast<int>(m_openStreams.size()); }
    [[nodiscard]] int openConnections() const { return static_cast<int>(m_buffers.size()); }
    [[nodiscard]] int handshakes() const { return m_handshakes; }

private:
    void listenOn(quint16 port);
    void onConnection();
    void onBytes(QSslSocket* socket);
    void answer(QSslSocket* socket, const RecordedRequest& request);
    [[nodiscard]] ScriptedAnswer answerTo(const RecordedRequest& request) const;
    [[nodiscard]] QByteArray eventPage(const QString& path) const;
    void openStream(QSslSocket* socket, const RecordedRequest& request);
    void toStreams(const QByteArray& bytes);
    void reply(QSslSocket* socket, const ScriptedAnswer& answer);

    QByteArray m_authorityPem;
    std::string m_id;
    std::unique_ptr<QSslServer> m_server;
    Leaf m_leaf;
    QList<QSslCertificate> m_chain;
    quint16 m_port = 0;
    QHash<QSslSocket*, QByteArray> m_buffers;
    QList<QSslSocket*> m_openStreams;
    std::vector<api::Event> m_events;
    std::vector<RecordedRequest> m_requests;
    QHash<QByteArray, ScriptedAnswer> m_answers;
    QByteArray m_authorization;
    QTimer m_commentTimer;
    std::chrono::milliseconds m_delay{0};
    int m_handshakes = 0;
    bool m_streams = true;
    bool m_streamsHeldBack = false;
    bool m_silent = false;
};

} // namespace pilothouse::test
