// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/replica_connection.h"

#include "api/json.h"
#include "client/wire_mapping.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace pilothouse::client {

namespace {

constexpr Milliseconds heldUp{250};
const QString statusPath = QStringLiteral("/api/v0/cluster");
const QString streamPath = QStringLiteral("/api/v0/stream");
const QString pingPath = QStringLiteral("/_ping");

std::string_view view(const QByteArray& bytes) {
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

ReplicaConnection::ReplicaConnection(ClusterNetwork& network, Endpoint endpoint, const Clock& clock,
                                     const Timing& timing, QObject* parent)
    : QObject(parent), m_network(network), m_endpoint(std::move(endpoint)), m_clock(clock), m_timing(timing),
      m_random(QRandomGenerator::securelySeeded()), m_backOff(timing.backOffFirst, timing.backOffMost) {
    m_observation.id = m_endpoint.id.value_or(ReplicaId());
    m_observation.url = m_endpoint.url.toString().toStdString();
    for (auto* timer : {&m_retryTimer, &m_pollTimer, &m_streamAgainTimer, &m_pingTimer, &m_quietTimer}) {
        timer->setSingleShot(true);
    }
    m_pingTimer.setSingleShot(false);
    connect(&m_retryTimer, &QTimer::timeout, this, &ReplicaConnection::attempt);
    connect(&m_pollTimer, &QTimer::timeout, this, &ReplicaConnection::poll);
    connect(&m_streamAgainTimer, &QTimer::timeout, this, &ReplicaConnection::attempt);
    connect(&m_pingTimer, &QTimer::timeout, this, &ReplicaConnection::ping);
    connect(&m_quietTimer, &QTimer::timeout, this, &ReplicaConnection::onQuiet);
}

ReplicaConnection::~ReplicaConnection() {
    tearDown();
}

void ReplicaConnection::start() {
    if (!std::exchange(m_running, true)) {
        attempt();
    }
}

void ReplicaConnection::stop() {
    m_running = false;
    m_retryTimer.stop();
    tearDown();
    m_liveness = Liveness::none;
}

void ReplicaConnection::retryNow() {
    if (m_running && m_retryTimer.isActive()) {
        m_retryTimer.stop();
        m_backOff.reset();
        attempt();
    }
}

void ReplicaConnection::tryAnew() {
    if (m_running && m_observation.reach != domain::Reach::ok) {
        m_retryTimer.stop();
        m_backOff.reset();
        attempt();
    }
}

void ReplicaConnection::setHidden(bool hidden) {
    const bool shownAgain = std::exchange(m_hidden, hidden) && !hidden;
    measure();
    const bool polls = m_scope && !m_stream;
    if (polls && shownAgain) {
        m_pollTimer.stop();
        m_quietFrom = m_clock.monotonic();
        watchQuiet(m_timing.lateAfter);
        poll();
    } else if (polls && hidden && m_pollTimer.isActive()) {
        waitForPoll();
    }
}

// The round trip, again and again, as long as somebody looks.
void ReplicaConnection::measure() {
    if (m_hidden) {
        m_pingTimer.stop();
    } else if (m_liveness == Liveness::stream) {
        ping();
        m_pingTimer.start(m_timing.pingEvery);
    }
}

void ReplicaConnection::setResumeAfter(Revision revision) {
    m_resumeAfter = std::max(m_resumeAfter, revision);
}

// --- one attempt: a stream, helped out by polls when it stays quiet

void ReplicaConnection::attempt() {
    tearDown();
    m_scope = std::make_unique<QObject>();
    m_attemptAt = m_quietFrom = m_clock.monotonic();
    const auto lastId =
        m_resumeAfter.value() > 0 ? QByteArray::number(qint64(m_resumeAfter.value())) : QByteArray();
    m_stream = m_network.openStream(m_endpoint, streamPath, lastId);
    connect(m_stream, &QNetworkReply::readyRead, this, &ReplicaConnection::onStreamBytes);
    connect(m_stream, &QNetworkReply::finished, this, &ReplicaConnection::onStreamFinished);
    watchQuiet(m_timing.lateAfter);
}

// Ends the attempt's requests without a word.
void ReplicaConnection::tearDown() {
    for (auto* timer : {&m_pollTimer, &m_streamAgainTimer, &m_pingTimer, &m_quietTimer}) {
        timer->stop();
    }
    dropStream();
    m_scope.reset();
    m_parser = SseParser();
    m_streamReplica.reset();
    m_streamByteAt.reset();
    m_pollRunning = false;
}

void ReplicaConnection::dropStream() {
    if (auto* stream = std::exchange(m_stream, nullptr)) {
        stream->disconnect(this);
        abort(*stream);
        stream->deleteLater(); // this may run inside one of its signals
    }
}

void ReplicaConnection::fail(const Failure& failure) {
    tearDown();
    m_liveness = Liveness::none;
    m_failure = failure;
    m_observation.reach = failure.reach;
    m_observation.error = failure.error.text();
    if (!m_observation.failingSince) {
        m_observation.failingSince = m_clock.monotonic();
    }
    if (m_running) {
        const auto wait = m_backOff.next(m_random.generateDouble());
        m_retryTimer.start(
            failure.reach == domain::Reach::rejected ? std::max(wait, m_timing.rejectedAgainAfter) : wait);
    }
    Q_EMIT changed();
}

void ReplicaConnection::noteGood() {
    m_failure.reset();
    m_observation.reach = domain::Reach::ok;
    m_observation.error.clear();
    m_observation.failingSince.reset();
}

// --- silence

void ReplicaConnection::noteByte() {
    m_observation.lastByteAt = m_clock.monotonic();
    if (std::exchange(m_saidLate, false)) {
        Q_EMIT changed();
    }
}

void ReplicaConnection::watchQuiet(Milliseconds time) {
    m_quietDue = m_clock.monotonic() + time;
    m_quietTimer.start(time);
}

void ReplicaConnection::onQuiet() {
    const auto now = m_clock.monotonic();
    const auto since = std::max(m_quietFrom, m_observation.lastByteAt.value_or(m_quietFrom));
    const auto quiet = std::chrono::duration_cast<Milliseconds>(now - since);
    // When this timer itself comes late, this program was held up, and what it has not read yet is no silence
    // of the replica's.
    if (now - m_quietDue > heldUp && quiet < 2 * m_timing.silentAfter) {
        watchQuiet(heldUp);
        return;
    }
    if (quiet >= m_timing.silentAfter) {
        fail(timeoutFailure(m_endpoint.url));
        return;
    }
    if (quiet < m_timing.lateAfter) {
        watchQuiet(m_timing.lateAfter - quiet);
        return;
    }
    watchQuiet(m_timing.silentAfter - quiet);
    if (!std::exchange(m_saidLate, true)) {
        Q_EMIT changed();
    }
    poll(); // is it the stream or the replica that is quiet?
}

// --- the stream

bool ReplicaConnection::acceptStreamHeaders() {
    const auto type = m_stream->header(QNetworkRequest::ContentTypeHeader).toString();
    const int status = m_stream->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status != 200 || !type.startsWith(QStringLiteral("text/event-stream"))) {
        return false;
    }
    if (const auto identity = identityOf(m_stream->sslConfiguration().peerCertificate())) {
        m_streamReplica = identity->replica;
    }
    return true;
}

void ReplicaConnection::onStreamBytes() {
    if (!m_streamReplica && !acceptStreamHeaders()) {
        return; // onStreamFinished() says what it is
    }
    const auto bytes = m_stream->readAll();
    const bool first = !m_streamByteAt;
    m_streamByteAt = m_clock.monotonic();
    noteByte();
    const auto events = m_parser.feed(bytes);
    if (m_parser.overflowed()) {
        fail(protocolFailure(m_endpoint.url, "an event of its stream is larger than 16 MiB"));
        return;
    }
    if (!takeStreamEvents(events)) {
        return;
    }
    if (first && m_observation.reportAt < m_attemptAt) {
        poll(); // not every server begins with a status
    }
    if (m_liveness != Liveness::stream && m_observation.reach == domain::Reach::ok) {
        m_liveness = Liveness::stream;
        measure();
        Q_EMIT changed();
    }
}

// False if the attempt has ended for what they say.
bool ReplicaConnection::takeStreamEvents(const std::vector<ServerSentEvent>& events) {
    // Of several statuses that came together only the last matters.
    const auto isStatus = [](const ServerSentEvent& event) { return event.type == "status"; };
    const auto last = std::find_if(events.rbegin(), events.rend(), isStatus);
    for (const auto& event : events) {
        if (event.type == "event" && !takeEvent(event.data)) {
            return false;
        }
    }
    return last == events.rend() || takeStatus(last->data, m_streamReplica);
}

void ReplicaConnection::onStreamFinished() {
    const auto failure = m_network.failureOf(*m_stream);
    const bool delivered = m_streamByteAt.has_value();
    if (delivered) {
        // It worked and was cut. Is the replica gone, or only this connection? The next attempt tells at
        // once, but a stream that is cut again and again waits like any failure.
        const bool lasted = m_clock.monotonic() - m_attemptAt >= m_timing.lateAfter;
        if (lasted) {
            m_liveness = Liveness::none;
            m_backOff.reset();
            attempt();
            Q_EMIT changed();
        } else {
            fail(failure.value_or(protocolFailure(m_endpoint.url, "its stream ended at once")));
        }
        return;
    }
    const bool rejected = failure && failure->reach == domain::Reach::rejected;
    const bool answered = !failure || failure->status != 0;
    if (answered && !rejected) {
        startPolling(); // there is no stream here
    } else {
        fail(*failure);
    }
}

bool ReplicaConnection::streamDelivers() const {
    const auto since = m_streamByteAt.value_or(m_attemptAt);
    return m_stream && m_clock.monotonic() - since < m_timing.silentAfter;
}

// --- polling

void ReplicaConnection::startPolling() {
    dropStream();
    m_streamAgainTimer.start(m_timing.streamAgainAfter);
    poll();
}

void ReplicaConnection::poll() {
    if (std::exchange(m_pollRunning, true)) {
        return;
    }
    Request request;
    request.path = statusPath;
    request.deadline = m_timing.silentAfter;
    m_network.send(m_endpoint, request, m_scope.get(),
                   [this](const AnswerOrFailure& outcome) { onPolled(outcome); });
}

void ReplicaConnection::onPolled(const AnswerOrFailure& outcome) {
    m_pollRunning = false;
    if (!outcome) {
        takeRoundTrip(outcome.error().roundTripMs);
        // While the stream delivers, or may still begin to, only a word from the replica itself counts.
        if (!m_stream || outcome.error().status != 0) {
            fail(outcome.error());
        }
        return;
    }
    noteByte();
    takeRoundTrip(outcome->roundTripMs);
    if (!takeStatus(outcome->body, outcome->replica)) {
        return;
    }
    if (m_stream && !streamDelivers()) {
        startPolling(); // something on the way holds the stream's bytes back
        return;
    }
    if (!m_stream) {
        m_backOff.reset();
        waitForPoll();
    }
    if (m_liveness == Liveness::none) {
        m_liveness = Liveness::polling;
        Q_EMIT changed();
    }
}

// While hidden the polls themselves are all that is watched: they have a deadline.
void ReplicaConnection::waitForPoll() {
    m_pollTimer.start(m_hidden ? m_timing.pollHidden : m_timing.pollEvery);
    if (m_hidden) {
        m_quietTimer.stop();
    }
}

void ReplicaConnection::ping() {
    if (!m_scope) {
        return;
    }
    Request request;
    request.path = pingPath;
    request.deadline = m_timing.silentAfter;
    m_network.send(m_endpoint, request, m_scope.get(), [this](const AnswerOrFailure& outcome) {
        takeRoundTrip(outcome ? outcome->roundTripMs : outcome.error().roundTripMs);
    });
}

void ReplicaConnection::takeRoundTrip(std::optional<double> roundTripMs) {
    if (roundTripMs) {
        m_observation.roundTripMs = roundTripMs;
        Q_EMIT changed();
    }
}

// --- what it says

// False if it cannot be a replica's word, which ends the attempt.
bool ReplicaConnection::takeStatus(const QByteArray& json, const std::optional<ReplicaId>& answeredBy) {
    auto status = api::fromJson<api::ClusterStatus>(view(json));
    auto report =
        status ? toReport(*status) : Result<domain::ReplicaReport>(pilothouse::fail(status.error()));
    if (!report) {
        fail(protocolFailure(m_endpoint.url, report.error().message));
        return false;
    }
    if (report->id != answeredBy) {
        fail(protocolFailure(m_endpoint.url,
                             "it calls itself " + report->id.str() + ", which its certificate does not"));
        return false;
    }
    m_endpoint.id = report->id;
    m_observation.id = report->id;
    m_observation.name = report->name;
    m_observation.reportAt = m_clock.monotonic();
    m_observation.report = *std::move(report);
    m_status = *std::move(status);
    noteGood();
    Q_EMIT statusArrived();
    Q_EMIT changed();
    return true;
}

bool ReplicaConnection::takeEvent(const QByteArray& json) {
    const auto event = api::fromJson<api::Event>(view(json));
    if (!event) {
        fail(protocolFailure(m_endpoint.url, event.error().message));
        return false;
    }
    setResumeAfter(Revision(event->revision));
    Q_EMIT eventArrived(*event);
    return true;
}

} // namespace pilothouse::client
