// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cluster_watcher.h"

#include "api/events.h"

#include <algorithm>
#include <set>

namespace pilothouse::client {

namespace {

// Whether the membership names this address for that replica.
bool isOwnAddress(const QList<KnownMember>& members, const ReplicaId& id, const QUrl& url) {
    return std::any_of(members.begin(), members.end(),
                       [&](const KnownMember& member) { return member.id == id && member.url == url; });
}

} // namespace

// One address, or one replica once it has said who it is.
struct ClusterWatcher::Link {
    QString name;
    std::unique_ptr<ReplicaConnection> connection;
    std::optional<TrustProblem> toldProblem;
    std::set<ReplicaId> heard; // the peers that it heard, by its last status

    [[nodiscard]] const ReplicaId& id() const { return connection->observation().id; }
    [[nodiscard]] const QUrl& url() const { return connection->endpoint().url; }
    [[nodiscard]] bool answers() const { return connection->observation().reach == domain::Reach::ok; }

    // What its peers say of it changes nothing about that.
    [[nodiscard]] bool refusesUs() const {
        const auto& failure = connection->failure();
        return failure && (failure->reach == domain::Reach::rejected ||
                           failure->reach == domain::Reach::tls || failure->reach == domain::Reach::wrongId);
    }
    // Those of its peers that it hears, and did not by its last status.
    [[nodiscard]] std::vector<ReplicaId> takeHeard(const api::ClusterStatus& status) {
        std::vector<ReplicaId> returned;
        std::set<ReplicaId> now;
        for (const auto& peer : status.peers) {
            const ReplicaId peerId(peer.id);
            if (peer.reach == api::Reach::ok && now.insert(peerId).second && heard.count(peerId) == 0) {
                returned.push_back(peerId);
            }
        }
        heard = std::move(now);
        return returned;
    }
    // Ends it, but not at once: this may run inside one of its connection's signals.
    void retire(const ClusterWatcher* watcher) {
        connection->disconnect(watcher);
        connection->stop();
        connection.release()->deleteLater();
    }
};

ClusterWatcher::ClusterWatcher(WatchTarget target, const Clock& clock, const Timing& timing, QObject* parent)
    : QObject(parent), m_target(std::move(target)), m_clock(clock), m_timing(timing),
      m_network(m_target.trust), m_commands(m_network, [this] { return candidates(); }),
      m_lookAtNetwork([this] { return lookAtNetwork(addresses()); }), m_members(m_target.members),
      m_events(m_commands), m_name(m_target.name), m_cluster(m_target.trust.cluster) {
    m_network.setCredentials(m_target.credentials);
    connect(&m_events, &EventFollower::arrived, this, &ClusterWatcher::onEvent);
    m_coalesce.setSingleShot(true);
    connect(&m_coalesce, &QTimer::timeout, this, &ClusterWatcher::changed);
    for (const auto& member : m_members) {
        addLink({member.url, member.id.empty() ? std::nullopt : std::optional(member.id)}, member.name);
    }
    for (const auto& seed : m_target.seeds) {
        addLink({seed, std::nullopt}, {});
    }
}

ClusterWatcher::~ClusterWatcher() = default;

void ClusterWatcher::start() {
    m_running = true;
    for (const auto& link : m_links) {
        link->connection->start();
    }
}

void ClusterWatcher::stop() {
    m_running = false;
    m_coalesce.stop();
    for (const auto& link : m_links) {
        link->connection->stop();
    }
}

void ClusterWatcher::setHidden(bool hidden) {
    if (std::exchange(m_hidden, hidden) == hidden) {
        return;
    }
    for (const auto& link : m_links) {
        link->connection->setHidden(hidden);
    }
    if (!hidden) {
        m_shownAt = m_clock.monotonic();
        m_coalesce.start(0);
    }
}

void ClusterWatcher::setCredentials(Credentials credentials) {
    m_refusalTold = false;
    m_network.setCredentials(std::move(credentials));
    for (const auto& link : m_links) {
        link->connection->tryAnew(); // what is on its way has the old ones
    }
}

void ClusterWatcher::retryNow() {
    for (const auto& link : m_links) {
        link->connection->retryNow();
    }
}

// A replica may be tried under two addresses, its own and the one that led to it: the link that answers
// speaks for it, the one at its own address where both do or neither.
ClusterWatcher::Link* ClusterWatcher::linkOf(const ReplicaId& id) const {
    const auto rank = [this](const Link& link) {
        return (link.answers() ? 2 : 0) + (isOwnAddress(m_members, link.id(), link.url()) ? 1 : 0);
    };
    Link* best = nullptr;
    for (const auto& link : m_links) {
        if (link->id() == id && (best == nullptr || rank(*link) > rank(*best))) {
            best = link.get();
        }
    }
    return best;
}

void ClusterWatcher::addLink(const Endpoint& endpoint, const QString& name) {
    const auto sameAddress = [&](const auto& link) {
        return link->connection->endpoint().url == endpoint.url;
    };
    if (const auto known = std::find_if(m_links.begin(), m_links.end(), sameAddress);
        known != m_links.end()) {
        (*known)->name = (*known)->name.isEmpty() ? name : (*known)->name;
        return;
    }
    auto link = std::make_unique<Link>();
    link->name = name;
    link->connection = std::make_unique<ReplicaConnection>(m_network, endpoint, m_clock, m_timing);
    auto* raw = link.get();
    auto* connection = raw->connection.get();
    connect(connection, &ReplicaConnection::changed, this, [this, raw] { onLinkChanged(*raw); });
    connect(connection, &ReplicaConnection::statusArrived, this, [this, raw] { onStatus(*raw); });
    connect(connection, &ReplicaConnection::eventArrived, &m_events, &EventFollower::take);
    connection->setResumeAfter(m_events.log().newest());
    connection->setHidden(m_hidden);
    m_links.push_back(std::move(link));
    if (m_running) {
        connection->start();
    }
}

void ClusterWatcher::onLinkChanged(Link& link) {
    const auto& failure = link.connection->failure();
    const bool rejected = failure && failure->reach == domain::Reach::rejected;
    if (rejected && m_network.hasCredentials() && !std::exchange(m_refusalTold, true)) {
        Q_EMIT credentialsRefused();
    }
    if (failure && failure->trust && failure->trust != link.toldProblem) {
        link.toldProblem = failure->trust;
        Q_EMIT trustProblemFound(
            {link.id(), link.connection->endpoint().url, Liveness::none, failure->trust});
    }
    noteChange();
}

void ClusterWatcher::onStatus(Link& link) {
    const auto& status = *link.connection->status(); // outlives the link, if that is retired here
    const ReplicaId id = link.id();
    const auto returned = link.takeHeard(status);
    adoptIdentity(link);
    takeMembership(status);
    dropTwins(id);
    wakeReturned(returned);
    m_events.noteStatus(status, somethingStreams());
}

void ClusterWatcher::adoptIdentity(Link& link) {
    const auto& status = *link.connection->status();
    m_name = QString::fromStdString(status.cluster.name);
    m_cluster = ClusterId(status.cluster.id);
    link.name = QString::fromStdString(status.self.name);
}

// Of several addresses of one replica the member's own stays, once it answers; until then the one that does.
void ClusterWatcher::dropTwins(const ReplicaId& id) {
    const Link* const best = linkOf(id);
    if (best == nullptr || !best->answers()) {
        return;
    }
    const bool own = isOwnAddress(m_members, id, best->url());
    for (const auto& link : m_links) {
        if (link.get() != best && link->id() == id && (own || !isOwnAddress(m_members, id, link->url()))) {
            link->retire(this);
        }
    }
    std::erase_if(m_links, [](const auto& link) { return link->connection == nullptr; });
}

void ClusterWatcher::takeMembership(const api::ClusterStatus& status) {
    if (!m_age.take(status)) {
        return;
    }
    const QList<KnownMember> members = membersIn(status);
    const QList<KnownMember> former = formerIn(status, members);
    if (members == m_members && former == m_former &&
        m_links.size() == static_cast<std::size_t>(members.size() + former.size())) {
        return;
    }
    m_former = former;
    const QList<KnownMember> all = members + former;
    // Seeds that never said who they are go once the members are known by their own addresses; so do removed
    // members.
    const auto isWanted = [&all](const Link& link) {
        return std::any_of(all.begin(), all.end(), [&link](const KnownMember& one) {
            return one.id == link.id() || one.url == link.url();
        });
    };
    for (const auto& member : all) {
        // Known under another address: it has moved, or is reached from here by another name. Both are tried.
        const Link* const known = linkOf(member.id);
        if (known == nullptr || known->url() != member.url) {
            addLink({member.url, member.id}, member.name);
        }
    }
    for (const auto& link : m_links) {
        if (!isWanted(*link)) {
            link->retire(this);
        }
    }
    std::erase_if(m_links, [](const auto& link) { return link->connection == nullptr; });
    if (members != m_members) {
        m_members = members;
        Q_EMIT membersChanged();
    }
}

// A peer that another replica hears again is tried at once; only then, or one that answers its peers but not
// us would be tried with each status of theirs.
void ClusterWatcher::wakeReturned(const std::vector<ReplicaId>& returned) {
    for (const auto& id : returned) {
        const auto* link = linkOf(id);
        if (link != nullptr && !link->refusesUs()) {
            link->connection->retryNow();
        }
    }
}

void ClusterWatcher::onEvent(const api::Event& event) {
    for (const auto& link : m_links) {
        link->connection->setResumeAfter(m_events.log().newest()); // what others told need not be told again
    }
    Q_EMIT eventArrived(event);
    noteChange();
}

bool ClusterWatcher::somethingStreams() const {
    return std::any_of(m_links.begin(), m_links.end(),
                       [](const auto& link) { return link->connection->liveness() == Liveness::stream; });
}

void ClusterWatcher::noteChange() {
    if (m_running && !m_coalesce.isActive()) {
        m_coalesce.start(m_hidden ? m_timing.coalesceHidden : m_timing.coalesce);
    }
}

// Whether the replica has told us itself that it started after `stopped`; both by its own clock.
static bool hasStartedSince(const domain::ReplicaObservation& seen, const std::string& stopped) {
    const Result<WallTime> at = parseRfc3339(stopped);
    return seen.report && at && seen.report->startedAt > *at;
}

// One for each replica, by name; then addresses that nobody has answered at.
std::vector<const ClusterWatcher::Link*> ClusterWatcher::shownLinks() const {
    std::vector<const Link*> shown;
    for (const auto& link : m_links) {
        if (!link->answers() && isAmong(m_former, link->id())) {
            continue; // it is no lost member
        }
        if (link->id().empty() || linkOf(link->id()) == link.get()) {
            shown.push_back(link.get());
        }
    }
    std::stable_sort(shown.begin(), shown.end(), [](const Link* a, const Link* b) {
        return std::pair(a->id().empty(), a->name) < std::pair(b->id().empty(), b->name);
    });
    return shown;
}

domain::ClusterObservation ClusterWatcher::observation() const {
    domain::ClusterObservation observation;
    observation.now = m_clock.monotonic();
    observation.wallNow = m_clock.wall();
    observation.clusterName = m_name.toStdString();
    for (const auto* link : shownLinks()) {
        auto seen = link->connection->observation();
        if (seen.name.empty()) {
            seen.name = link->name.toStdString();
        }
        const auto last = std::find_if(events().rbegin(), events().rend(), [&](const api::Event& event) {
            return event.subject == seen.id.str() &&
                   (event.kind == api::event::replicaStopped || event.kind == api::event::replicaStarted ||
                    event.kind == api::event::replicaReturned);
        });
        seen.stoppedOnPurpose = last != events().rend() && last->kind == api::event::replicaStopped &&
                                !hasStartedSince(seen, last->at);
        observation.replicas.push_back(std::move(seen));
    }
    observation.observerOnline = !isCutOff(observation.replicas, observation.now, m_timing, m_lookAtNetwork);
    const auto elected = std::find_if(events().rbegin(), events().rend(), [](const api::Event& event) {
        return event.kind == api::event::leaderChanged;
    });
    if (elected != events().rend()) {
        if (const auto at = parseRfc3339(elected->at)) {
            observation.leaderSince = *at;
        }
    }
    return observation;
}

domain::Limits ClusterWatcher::limits() const {
    domain::Limits limits;
    const bool polls = std::any_of(m_links.begin(), m_links.end(), [](const auto& link) {
        return link->connection->liveness() == Liveness::polling;
    });
    const bool justShown = m_shownAt && m_clock.monotonic() - *m_shownAt < m_timing.silentAfter;
    if (polls && (m_hidden || justShown)) {
        limits.lateAfter += m_timing.pollHidden;
        limits.staleAfter += m_timing.pollHidden;
    }
    return limits;
}

QList<QUrl> ClusterWatcher::addresses() const {
    QList<QUrl> urls;
    for (const auto& link : m_links) {
        urls += link->url();
    }
    return urls;
}

std::vector<LinkInfo> ClusterWatcher::links() const {
    std::vector<LinkInfo> links;
    for (const auto* link : shownLinks()) {
        const auto& failure = link->connection->failure();
        links.push_back({link->id(), link->connection->endpoint().url, link->connection->liveness(),
                         failure ? failure->trust : std::nullopt});
    }
    return links;
}

const api::ClusterStatus* ClusterWatcher::status(const ReplicaId& replica) const {
    const auto* link = linkOf(replica);
    return link != nullptr && link->connection->status() ? &*link->connection->status() : nullptr;
}

Endpoint ClusterWatcher::endpointOf(const ReplicaId& replica) const {
    const auto* link = linkOf(replica);
    return link != nullptr ? link->connection->endpoint() : Endpoint{{}, replica};
}

QString ClusterWatcher::name() const {
    return m_name;
}

ClusterId ClusterWatcher::clusterId() const {
    return m_cluster;
}

// Those that answer first, and among them those with quorum.
std::vector<Endpoint> ClusterWatcher::candidates() const {
    std::vector<std::pair<int, Endpoint>> ranked;
    for (const auto& link : m_links) {
        const auto& seen = link->connection->observation();
        const bool answers = seen.reach == domain::Reach::ok;
        const bool quorum = answers && seen.report && seen.report->consensus.quorum;
        ranked.emplace_back(quorum ? 0 : answers ? 1 : 2, link->connection->endpoint());
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Endpoint> endpoints;
    for (auto& [rank, endpoint] : ranked) {
        endpoints.push_back(std::move(endpoint));
    }
    return endpoints;
}

} // namespace pilothouse::client
