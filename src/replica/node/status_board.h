// SPDX-License-Identifier: GPL-3.0-or-later
// What this replica knows of itself, its peers and its cluster, put together and published.
//
// Monitors write their part from any thread; readers take the published snapshot without waiting. A change
// that matters is published within `coalesceFor` and wakes those who wait; what only ages (times, host facts,
// round trips) is refreshed every `refreshEvery` and wakes them too.
#pragma once

#include "api/status.h"
#include "base/clock.h"
#include "base/ids.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace pilothouse::node {

// One published state of affairs. Immutable.
struct StatusSnapshot {
    std::uint64_t version = 0; // grows by one with each publication
    api::ClusterStatus status;
    std::string json; // of `status`
};

// The parts that monitors write. All of it is this replica's view.
struct StatusParts {
    api::ReplicaStatus self; // without uptime
    api::ClusterInfo cluster;
    api::Membership membership;
    std::vector<api::Member> members;           // role is filled in on publication
    std::vector<api::FormerMember> former;      // of earlier epochs
    std::map<std::string, api::PeerView> peers; // by replica id, of both
    std::vector<api::Alarm> alarms;
    std::optional<api::RunningOperation> operation;
    std::optional<api::NewerEpoch> newerEpoch;
};

class StatusBoard {
public:
    using SnapshotPtr = std::shared_ptr<const StatusSnapshot>;

    // `holdsFor`: see Look.
    StatusBoard(const Clock& clock, api::ReplicaStatus self, api::ClusterInfo cluster,
                MonotonicTime::duration holdsFor = std::chrono::seconds(2));

    // Asked at each publication: the revision up to which every recorded blob is here. To be set before
    // anything runs; must be quick.
    void askCompleteness(std::function<Revision()> completeUpTo) { m_completeUpTo = std::move(completeUpTo); }
    // Changes the parts under the board's lock. `urgent`: the change matters and is published at once.
    void update(const std::function<void(StatusParts&)>& change, bool urgent);
    // Publishes when something urgent is due or the rest has grown old. Called every coalescing interval.
    void publishIfDue();

    [[nodiscard]] SnapshotPtr snapshot() const;
    // The snapshot, and for how long nobody has looked whether it still holds: when that is longer than
    // `holdsFor`, this replica hangs, or was frozen until now.
    struct Look {
        SnapshotPtr snapshot;
        MonotonicTime::duration uncheckedFor{};
        MonotonicTime::duration holdsFor{};
    };
    [[nodiscard]] Look look() const;
    // Called after each publication, on the publishing thread, must be quick. Returns its id for forget().
    std::uint64_t subscribe(std::function<void()> listener);
    void unsubscribe(std::uint64_t id);

private:
    [[nodiscard]] api::ClusterStatus compose() const; // under m_mutex
    void addEpochs(api::ClusterStatus& status) const; // the same

    const Clock& m_clock;
    const MonotonicTime m_startedAt;
    const MonotonicTime::duration m_holdsFor;
    std::function<Revision()> m_completeUpTo;
    mutable std::mutex m_mutex;
    StatusParts m_parts;
    bool m_urgent = true;
    MonotonicTime m_publishedAt{};
    MonotonicTime m_checkedAt{};
    SnapshotPtr m_snapshot;
    std::map<std::uint64_t, std::function<void()>> m_listeners;
    std::uint64_t m_nextListener = 1;
};

} // namespace pilothouse::node
