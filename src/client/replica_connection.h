// SPDX-License-Identifier: GPL-3.0-or-later
// The watch on one replica: its event stream first, polling as the fallback, back-off with jitter between
// attempts.
#pragma once

#include "api/admin.h"
#include "api/status.h"
#include "base/clock.h"
#include "client/back_off.h"
#include "client/cluster_network.h"
#include "client/sse_parser.h"
#include "client/timing.h"
#include "domain/observation.h"

#include <QObject>
#include <QRandomGenerator>
#include <QTimer>

#include <memory>
#include <optional>

namespace pilothouse::client {

// How what is shown gets here.
enum class Liveness { none, polling, stream };

// Lives on one thread and never blocks. Whoever reads observation() judges the silence by the age of the last
// byte; changed() is also emitted when it passes Timing::lateAfter and silentAfter.
class ReplicaConnection : public QObject {
    Q_OBJECT
public:
    // `network` and `clock` outlive the connection.
    ReplicaConnection(ClusterNetwork& network, Endpoint endpoint, const Clock& clock, const Timing& timing,
                      QObject* parent = nullptr);
    ~ReplicaConnection() override;

    void start();
    void stop();
    // Tries at once, if an attempt is only being waited for.
    void retryNow();
    // Drops an attempt that has not come to an answer, and tries at once: it began with what is out of date.
    void tryAnew();
    // While hidden the round trip is not measured and polls are rare; showing again polls at once.
    void setHidden(bool hidden);
    // Where the stream resumes, unless this connection has seen a later event itself.
    void setResumeAfter(Revision revision);

    // Its id is filled in by the first answer.
    [[nodiscard]] const Endpoint& endpoint() const { return m_endpoint; }
    [[nodiscard]] const domain::ReplicaObservation& observation() const { return m_observation; }
    [[nodiscard]] Liveness liveness() const { return m_liveness; }
    // The last whole status, however old; its age is that of observation().reportAt.
    [[nodiscard]] const std::optional<api::ClusterStatus>& status() const { return m_status; }
    // Of the latest attempt, when it failed.
    [[nodiscard]] const std::optional<Failure>& failure() const { return m_failure; }

Q_SIGNALS:
    // Reach, liveness, silence, round trip or status changed.
    void changed();
    void statusArrived();
    void eventArrived(const pilothouse::api::Event& event);

private:
    void attempt();
    void onStreamBytes();
    void onStreamFinished();
    bool acceptStreamHeaders();
    bool takeStreamEvents(const std::vector<ServerSentEvent>& events);
    void poll();
    void onPolled(const AnswerOrFailure& outcome);
    void waitForPoll();
    void startPolling();
    void measure();
    void ping();
    bool takeStatus(const QByteArray& json, const std::optional<ReplicaId>& answeredBy);
    bool takeEvent(const QByteArray& json);
    void takeRoundTrip(std::optional<double> roundTripMs);
    void noteByte();
    void noteGood();
    void fail(const Failure& failure);
    void tearDown();
    void dropStream();
    void watchQuiet(Milliseconds time);
    void onQuiet();
    [[nodiscard]] bool streamDelivers() const;

    ClusterNetwork& m_network;
    Endpoint m_endpoint;
    const Clock& m_clock;
    Timing m_timing;
    QRandomGenerator m_random;
    BackOff m_backOff;

    domain::ReplicaObservation m_observation;
    Liveness m_liveness = Liveness::none;
    std::optional<api::ClusterStatus> m_status;
    std::optional<Failure> m_failure;

    // Of the present attempt. Requests end with the scope.
    std::unique_ptr<QObject> m_scope;
    QNetworkReply* m_stream = nullptr;
    std::optional<ReplicaId> m_streamReplica;
    SseParser m_parser;
    MonotonicTime m_attemptAt;
    std::optional<MonotonicTime> m_streamByteAt;
    MonotonicTime m_quietFrom; // no silence counts that was before
    bool m_pollRunning = false;

    Revision m_resumeAfter;
    bool m_running = false;
    bool m_hidden = false;
    bool m_saidLate = false; // changed() was emitted for the present silence
    QTimer m_retryTimer;
    QTimer m_pollTimer;
    QTimer m_streamAgainTimer;
    QTimer m_pingTimer;
    QTimer m_quietTimer;
    MonotonicTime m_quietDue; // when it should come
};

} // namespace pilothouse::client
