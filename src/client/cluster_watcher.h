// SPDX-License-Identifier: GPL-3.0-or-later
// A cluster, watched: one connection per replica, found from any one address, and what they all say in one
// place.
#pragma once

#include "api/admin.h"
#include "api/status.h"
#include "base/clock.h"
#include "client/addresses.h"
#include "client/cluster_commands.h"
#include "client/cluster_network.h"
#include "client/cut_off.h"
#include "client/event_follower.h"
#include "client/membership.h"
#include "client/replica_connection.h"
#include "client/timing.h"
#include "domain/assessment.h"
#include "domain/observation.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace pilothouse::client {

// Whom to watch.
struct WatchTarget {
    QString name; // shown until the cluster says its own
    TrustAnchor trust;
    Credentials credentials;
    QList<QUrl> seeds;          // any replica's address
    QList<KnownMember> members; // from the last time; they help when every seed is dead
    QString passwordFile =
        {}; // that the secret is from, for lines that people copy; empty: it is from no file
};

// How one replica's values get here.
struct LinkInfo {
    ReplicaId id; // empty: an address that has not said who it is
    QUrl url;
    Liveness liveness = Liveness::none;
    std::optional<TrustProblem> trustProblem;
};

// Lives on one thread and never blocks. `clock` outlives it.
class ClusterWatcher : public QObject {
    Q_OBJECT
public:
    ClusterWatcher(WatchTarget target, const Clock& clock, const Timing& timing = {},
                   QObject* parent = nullptr);
    ~ClusterWatcher() override;

    void start();
    void stop();
    // While hidden changed() comes at most once a second, polls are rare and nothing is measured; a stream
    // that is open stays open. Where nothing streams a change is told up to pollHidden, silentAfter and
    // coalesceHidden late: 13.5 s. Showing again tells what has changed at once.
    void setHidden(bool hidden);
    void setCredentials(Credentials credentials);
    // How to find out about this computer's network; for tests, whose replicas all run on it.
    void setNetworkLook(std::function<OwnNetwork()> look) { m_lookAtNetwork = std::move(look); }
    // Tries every replica that does not answer now, without waiting for its turn.
    void retryNow();

    // Everything as of now: one entry for each member of the newest membership that anyone told, in that
    // order, then addresses that nobody has answered at.
    [[nodiscard]] domain::ClusterObservation observation() const;
    // By which silence is judged. Wider while polls are rare, and until those are answered that showing again
    // leads to.
    [[nodiscard]] domain::Limits limits() const;
    // In the same order.
    [[nodiscard]] std::vector<LinkInfo> links() const;
    // That replica's own last status, whole; null before the first. Valid until the event loop runs again.
    [[nodiscard]] const api::ClusterStatus* status(const ReplicaId& replica) const;
    // Oldest first, each once, at most 1000.
    [[nodiscard]] const std::vector<api::Event>& events() const { return m_events.log().events(); }
    [[nodiscard]] QString name() const;
    [[nodiscard]] ClusterId clusterId() const;
    // The members as last told, to be saved for the next start.
    [[nodiscard]] const QList<KnownMember>& members() const { return m_members; }
    [[nodiscard]] ClusterCommands& commands() { return m_commands; }
    // For what is asked of one replica and of no other.
    [[nodiscard]] ClusterNetwork& network() { return m_network; }
    // Where that replica is asked now. An empty address: nobody of that id is known.
    [[nodiscard]] Endpoint endpointOf(const ReplicaId& replica) const;

Q_SIGNALS:
    // observation(), links() or status() may differ; at most every 50 ms.
    void changed();
    // A new event, once for the cluster however many replicas told it. Also for those of the first page.
    void eventArrived(const pilothouse::api::Event& event);
    // members() changed: worth saving.
    void membersChanged();
    // A replica answered 401 to the present credentials; once for each set of them. Not without any: there is
    // nothing to refuse then.
    void credentialsRefused();
    // A replica was refused for its certificate; once for each new problem.
    void trustProblemFound(const pilothouse::client::LinkInfo& link);

private:
    struct Link;
    Link* linkOf(const ReplicaId& id) const;
    void addLink(const Endpoint& endpoint, const QString& name);
    void onLinkChanged(Link& link);
    void onStatus(Link& link);
    void adoptIdentity(Link& link);
    void dropTwins(const ReplicaId& id);
    [[nodiscard]] std::vector<const Link*> shownLinks() const;
    void takeMembership(const api::ClusterStatus& status);
    void wakeReturned(const std::vector<ReplicaId>& returned);
    void onEvent(const api::Event& event);
    [[nodiscard]] bool somethingStreams() const;
    void noteChange();
    [[nodiscard]] QList<QUrl> addresses() const;
    [[nodiscard]] std::vector<Endpoint> candidates() const;

    WatchTarget m_target;
    const Clock& m_clock;
    Timing m_timing;
    ClusterNetwork m_network;
    ClusterCommands m_commands;
    std::function<OwnNetwork()> m_lookAtNetwork;
    std::vector<std::unique_ptr<Link>> m_links;
    QList<KnownMember> m_members;
    QList<KnownMember> m_former;               // left behind by a repair; shown while they answer
    MembershipAge m_age; // of m_members
    EventFollower m_events;
    QString m_name;
    ClusterId m_cluster;
    bool m_running = false;
    bool m_hidden = false;
    std::optional<MonotonicTime> m_shownAt;
    bool m_refusalTold = false;
    QTimer m_coalesce;
};

} // namespace pilothouse::client
