// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/live_session.h"

#include "ui/console/kept_samples.h"

#include <QFutureWatcher>

#include <algorithm>
#include <utility>

namespace pilothouse::ui {
namespace {

using models::Feed;

constexpr int gatherMs = 500; // two looks a second at what changes all the time
constexpr int agesEveryMs = 2000;
constexpr int agesEveryMsInCalm = 5000; // each is a layout of the inspector and a drawing of the timeline

Feed feedOf(client::Liveness liveness) {
    switch (liveness) {
    case client::Liveness::stream:
        return Feed::stream;
    case client::Liveness::polling:
        return Feed::polling;
    case client::Liveness::none:
        break;
    }
    return Feed::none;
}

// A fingerprint of 32 pairs in lines that fit into the inspector; an id as it is.
QString inShortLines(const QString& fingerprint) {
    const QStringList pairs = fingerprint.split(QLatin1Char(':'));
    QStringList lines;
    for (qsizetype at = 0; at < pairs.size(); at += 8) {
        lines.append(pairs.mid(at, 8).join(QLatin1Char(':')));
    }
    return lines.join(QLatin1Char('\n'));
}

// Without the numbers that change all the time: they are shown with the next tick, a change of state at once.
models::ClusterView withoutAges(models::ClusterView view) {
    view.facts.clear();
    for (models::ReplicaView& replica : view.replicas) {
        replica.ageMs.reset();
        replica.roundTripMs.reset();
        replica.lagEntries.reset();
        replica.detail.clear();
        replica.seen.clear();
        replica.description.clear();
        replica.fields.clear();
    }
    return view;
}

// Of one replica's observation what makes a difference to its card; no ages, no counters.
struct Signs {
    domain::Reach reach = domain::Reach::unknown;
    domain::Unhealthy health = domain::Unhealthy::none;
    domain::Role role = domain::Role::unknown;
    std::optional<ReplicaId> leader;
    bool quorum = false;
    friend bool operator==(const Signs&, const Signs&) = default;
};

std::vector<Signs> signsOf(const domain::ClusterObservation& observation) {
    std::vector<Signs> signs;
    for (const domain::ReplicaObservation& replica : observation.replicas) {
        Signs& one = signs.emplace_back();
        one.reach = replica.reach;
        if (replica.report) {
            one.health = replica.report->health;
            one.role = replica.report->consensus.role;
            one.leader = replica.report->consensus.leader;
            one.quorum = replica.report->consensus.quorum;
        }
    }
    return signs;
}

// Whether everybody has been tried, and something other than a number differs.
bool isNews(const domain::ClusterObservation& before, const domain::ClusterObservation& now) {
    const std::vector<Signs> signs = signsOf(now);
    const auto untried = [](const Signs& one) { return one.reach == domain::Reach::unknown; };
    return std::none_of(signs.begin(), signs.end(), untried) && signs != signsOf(before);
}

bool everybodyAnswers(const domain::ClusterObservation& observation) {
    return std::all_of(observation.replicas.begin(), observation.replicas.end(),
                       [](const auto& replica) { return replica.reach == domain::Reach::ok; });
}

bool hasFreshView(const domain::ClusterObservation& observation, const domain::Limits& limits) {
    return std::any_of(observation.replicas.begin(), observation.replicas.end(), [&](const auto& replica) {
        return replica.reach == domain::Reach::ok && replica.report && replica.lastByteAt &&
               observation.now - *replica.lastByteAt < limits.lateAfter;
    });
}

} // namespace

LiveSession::LiveSession(QString key, client::WatchTarget target, std::unique_ptr<SandboxControl> sandbox,
                         const Clock& clock, history::History* history, QObject* parent)
    : ClusterSession(parent), m_key(std::move(key)), m_givenName(target.name), m_sandbox(std::move(sandbox)),
      m_clock(clock), m_registry(m_watcher, target.credentials.user, target.passwordFile),
      m_operations(m_watcher), m_watcher(std::move(target), clock), m_repairs(m_watcher), m_history(history) {
    m_ages.setInterval(agesEveryMs);
    m_ages.setTimerType(Qt::CoarseTimer);
    connect(&m_ages, &QTimer::timeout, this, [this] { refresh(true); });
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, [this] { refresh(false); });
    connect(&m_watcher, &client::ClusterWatcher::changed, this, [this] {
        if (isNews(m_shown, m_watcher.observation())) {
            m_soon.start(0);
        } else if (!m_soon.isActive()) {
            m_soon.start(gatherMs);
        }
    });
    connect(&m_putBack, &PutBackWatch::changed, this, [this] { m_soon.start(0); });
    m_eventsSoon.setSingleShot(true);
    connect(&m_eventsSoon, &QTimer::timeout, this, &LiveSession::refreshEvents);
    connect(&m_watcher, &client::ClusterWatcher::eventArrived, this, [this] { m_eventsSoon.start(0); });
    m_view = models::describe(takeSnapshot());
}

LiveSession::~LiveSession() = default;

void LiveSession::logIn(client::Credentials credentials) {
    m_registry.setUser(credentials.user);
    m_watcher.setCredentials(std::move(credentials));
    start();
}

void LiveSession::start() {
    if (std::exchange(m_started, true)) {
        return;
    }
    m_watcher.start();
    if (!m_hidden) {
        m_ages.start();
    }
    refreshProcesses();
}

models::ClusterSnapshot LiveSession::takeSnapshot() {
    models::ClusterSnapshot snapshot;
    snapshot.key = m_key;
    snapshot.sandbox = m_sandbox != nullptr;
    snapshot.observation = m_watcher.observation();
    snapshot.observation.sandbox = snapshot.sandbox;
    for (domain::ReplicaObservation& replica : snapshot.observation.replicas) {
        const auto process = m_processes.constFind(QString::fromStdString(replica.id.str()));
        replica.paused = process != m_processes.cend() && *process == ProcessState::paused;
    }
    snapshot.observation.sandboxStopped =
        !m_processes.isEmpty() && std::all_of(m_processes.cbegin(), m_processes.cend(),
                                              [](ProcessState one) { return one == ProcessState::stopped; });
    if (snapshot.observation.clusterName.empty()) {
        snapshot.observation.clusterName = m_givenName.toStdString();
    }
    snapshot.assessment = domain::assess(snapshot.observation, m_watcher.limits());
    // Of a console that is cut off nothing is remembered as the cluster's.
    if (snapshot.observation.observerOnline) {
        snapshot.assessment = m_damping.show(std::move(snapshot.assessment), snapshot.observation.now);
    }
    for (const domain::ReplicaObservation& replica : snapshot.observation.replicas) {
        if (const api::ClusterStatus* status = m_watcher.status(replica.id)) {
            snapshot.statuses[replica.id] = status;
        }
    }
    for (const client::LinkInfo& link : m_watcher.links()) {
        snapshot.feeds[link.id] = feedOf(link.liveness);
        if (link.trustProblem) {
            QList<models::Field>& refusal = snapshot.refusals[link.id];
            refusal.append({tr("Refused"), QString(link.trustProblem->message), models::Tone::bad});
            if (!link.trustProblem->expected.isEmpty()) {
                refusal.append({tr("Expected"), inShortLines(link.trustProblem->expected)});
                refusal.append({tr("Presented"), inShortLines(link.trustProblem->presented)});
                refusal.append({tr("Compare with"), tr("sudo pilothouse-replica fingerprint, on its host")});
            }
            if (link.trustProblem->fault == client::TrustFault::authority) {
                refusal.append({tr("If it is right"), tr("connect to it again and trust the new one")});
            }
        }
    }
    return snapshot;
}

void LiveSession::refresh(bool agesToo) {
    const models::ClusterSnapshot snapshot = takeSnapshot();
    models::ClusterView view = models::describe(snapshot);
    m_joinShown.addTo(view, snapshot);
    m_putBack.take(snapshot);
    view.putBack = m_putBack.shown();
    m_shown = snapshot.observation;
    if (snapshot.observation.observerOnline) {
        // While all are late it is not known yet who is cut off from whom.
        m_lastLive = hasFreshView(snapshot.observation, m_watcher.limits()) ? view : m_lastLive;
    } else if (!m_lastLive.key.isEmpty()) {
        MonotonicTime newest{};
        for (const domain::ReplicaObservation& replica : snapshot.observation.replicas) {
            newest = std::max(newest, replica.lastByteAt.value_or(MonotonicTime{}));
        }
        const auto ago = std::chrono::duration_cast<Milliseconds>(snapshot.observation.now - newest);
        view = models::asLastKnown(m_lastLive, snapshot.observation.wallNow - ago, ago);
    }
    const bool news = !(withoutAges(view) == withoutAges(m_view));
    if ((agesToo || news) && snapshot.observation.observerOnline) {
        record(snapshot);
    }
    const bool calm = view.verdict == domain::Verdict::healthy && everybodyAnswers(m_shown);
    if (const int every = calm ? agesEveryMsInCalm : agesEveryMs; every != m_ages.interval()) {
        m_ages.setInterval(every); // which starts it anew
    }
    if (news || (agesToo && !(view == m_view))) {
        m_view = std::move(view);
        Q_EMIT changed();
    }
    if (news || !everybodyAnswers(m_shown)) {
        refreshProcesses();
    }
}

void LiveSession::record(const models::ClusterSnapshot& snapshot) {
    const bool taken = m_recorder.take(snapshot);
    const ClusterId cluster = m_watcher.clusterId();
    if (m_history == nullptr || cluster.empty()) {
        return; // it has not said yet which one it is
    }
    if (taken) {
        keepNewest(*m_history, cluster, m_recorder, m_view);
    }
    if (!std::exchange(m_recalled, true)) {
        recall(cluster);
    }
}

// The plots' earlier part comes when it is read; nothing waits for it.
void LiveSession::recall(const ClusterId& cluster) {
    using Kept = Result<std::vector<history::Sample>>;
    auto* reading = new QFutureWatcher<Kept>(this);
    connect(reading, &QFutureWatcherBase::finished, this, [this, reading] {
        reading->deleteLater();
        if (reading->future().resultCount() == 0) {
            return;
        }
        if (const Kept kept = reading->result()) {
            restoreInto(m_recorder, *kept);
            Q_EMIT changed();
        }
    });
    reading->setFuture(m_history->since(cluster.str(), m_clock.wall() - models::SampleRecorder::reach));
}

void LiveSession::refreshEvents() {
    QList<models::EventView> events;
    for (const api::Event& event : m_watcher.events()) {
        events.append(models::describe(event));
        events.last().observer = nameOf(events.last().observer);
    }
    m_events = events;
    Q_EMIT changed();
}

void LiveSession::refreshProcesses() {
    if (m_sandbox == nullptr) {
        return;
    }
    const Processes processes = m_sandbox->processes();
    if (processes != m_processes) {
        m_processes = processes;
        Q_EMIT processesChanged();
    }
}

QString LiveSession::nameOf(const QString& replicaId) const {
    const models::ReplicaView* replica = m_view.find(replicaId);
    return replica == nullptr ? replicaId : replica->name;
}

QList<TimedValue> LiveSession::answerTimes(const QString& replicaId) const {
    QList<TimedValue> values;
    for (const models::AnswerTime& time : m_recorder.answerTimes(replicaId)) {
        values.append({time.atMs, time.ms});
    }
    return values;
}

void LiveSession::run(const Verb& verb) {
    const ReplicaId replica(verb.replicaId.toStdString());
    switch (verb.kind) {
    case VerbKind::logIn:
        Q_EMIT loginWanted();
        return;
    case VerbKind::makeLeader:
        return await(m_watcher.commands().makeLeader(replica), verb);
    case VerbKind::drain:
        return await(m_watcher.commands().setDraining(replica, true), verb);
    case VerbKind::undrain:
        return await(m_watcher.commands().setDraining(replica, false), verb);
    case VerbKind::remove:
    case VerbKind::forget:
    case VerbKind::replace:
    case VerbKind::join:
    case VerbKind::repair:
    case VerbKind::putBack:
    case VerbKind::diagnose:
    case VerbKind::check:
        return; // asked for by a dialog of its own
    case VerbKind::start:
    case VerbKind::stop:
    case VerbKind::kill:
    case VerbKind::pause:
    case VerbKind::resume:
        break;
    }
    if (m_sandbox != nullptr) {
        await(m_sandbox->run(verb.kind, verb.replicaId), verb);
    }
}

void LiveSession::await(QFuture<Status> outcome, const Verb& verb) {
    auto* watcher = new QFutureWatcher<Status>(this);
    const QString what =
        verb.replicaId.isEmpty() ? verb.label : tr("%1: %2").arg(nameOf(verb.replicaId), verb.label);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, what] {
        watcher->deleteLater();
        refreshProcesses();
        m_watcher.retryNow();
        if (watcher->future().resultCount() == 0) {
            return;
        }
        const Status status = watcher->result();
        if (status) {
            Q_EMIT verbDone(tr("%1, done.").arg(what));
        } else {
            Q_EMIT verbFailed(tr("%1 failed: %2").arg(what, QString::fromStdString(status.error().text())));
        }
    });
    watcher->setFuture(outcome);
}

void LiveSession::retryNow() {
    m_watcher.retryNow();
}

void LiveSession::setHidden(bool hidden) {
    m_hidden = hidden;
    m_watcher.setHidden(hidden);
    if (hidden) {
        m_ages.stop();
    } else if (m_started && !m_ages.isActive()) {
        m_ages.start();
        refresh(true);
    }
}

} // namespace pilothouse::ui
