// SPDX-License-Identifier: GPL-3.0-or-later
// All requests to one cluster's replicas: one network manager, the pinned authority, one deadline per
// request.
#pragma once

#include "client/credentials.h"
#include "client/failure.h"
#include "client/trust.h"

#include <QElapsedTimer>
#include <QHash>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <functional>
#include <optional>

namespace pilothouse::client {

// Where to send a request and who must answer there.
struct Endpoint {
    QUrl url;                    // https://HOST[:PORT]
    std::optional<ReplicaId> id; // empty: any replica of the cluster
};

struct Request {
    QByteArray method = "GET";
    QString path;    // with query, "/api/v0/cluster"
    QByteArray body; // JSON; empty: none
    std::chrono::milliseconds deadline{2500};
};

struct Answer {
    QUrl url; // that was asked
    int status = 0;
    QByteArray body;
    std::optional<ReplicaId> replica; // who answered, by its certificate
    double roundTripMs = 0;           // to the answer's first byte, without connecting
};

using AnswerOrFailure = tl::expected<Answer, Failure>;

// Aborts a reply that still runs; nothing happens to one that has failed already and only has not said so.
void abort(QNetworkReply& reply);

// Lives on one thread. Credentials go out only on connections whose peer passed checkIdentity(). A connection
// that is kept alive and used for another expected id (an address that changed hands) still ends at a replica
// of the cluster; its answer is then refused.
class ClusterNetwork : public QObject {
    Q_OBJECT
public:
    explicit ClusterNetwork(TrustAnchor anchor, QObject* parent = nullptr);

    [[nodiscard]] const TrustAnchor& anchor() const { return m_anchor; }
    void setCredentials(Credentials credentials) { m_credentials = std::move(credentials); }
    [[nodiscard]] bool hasCredentials() const { return !m_credentials.empty(); }

    // Sends and reads the whole answer (at most 16 MiB). `done` is called once, later; not at all if
    // `context` is destroyed first, which aborts the request. A status of 400 and above is a failure.
    void send(const Endpoint& to, const Request& request, QObject* context,
              std::function<void(AnswerOrFailure)> done);

    // Opens an event stream. The caller owns the reply, its deadlines and its end.
    [[nodiscard]] QNetworkReply* openStream(const Endpoint& to, const QString& path,
                                            const QByteArray& lastEventId);
    // What a reply of this object that has ended, or has headers of 400 and above, failed with; nothing if
    // all is well.
    [[nodiscard]] std::optional<Failure> failureOf(QNetworkReply& reply) const;

private:
    struct Tracked {
        Endpoint to;
        std::optional<TrustProblem> problem;
        bool timedOut = false;
        bool tooLarge = false;
        QElapsedTimer sent;                // or the handshake's end
        std::optional<double> roundTripMs; // to the headers
    };

    [[nodiscard]] QNetworkRequest makeRequest(const Endpoint& to, const QString& path) const;
    void track(QNetworkReply* reply, const Endpoint& to);
    void abortAfter(QNetworkReply* reply, std::chrono::milliseconds deadline);
    void checkPeer(QNetworkReply* reply);
    void onSslErrors(QNetworkReply* reply, const QList<QSslError>& errors);
    void onHeaders(QNetworkReply* reply);
    [[nodiscard]] AnswerOrFailure outcomeOf(QNetworkReply& reply) const;

    TrustAnchor m_anchor;
    Credentials m_credentials;
    QHash<QNetworkReply*, Tracked> m_tracked;
    QNetworkAccessManager m_manager; // last: its replies are untracked as they go with it
};

} // namespace pilothouse::client
