// SPDX-License-Identifier: GPL-3.0-or-later
// Changes to who is a member: the engine's list, and the record that mirrors it.
#pragma once

#include "base/log.h"
#include "replica/state/membership_situation.h"
#include "replica/state/state_writer.h"

#include <atomic>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::state {

// The engine's list is no key that a transaction can compare, so a record of ours mirrors it: it says
// "changing" before the engine's list changes, and "stable" with the next generation after it. Whoever
// changes it holds a lock under a lease of half a minute. After a crash reconcile() brings the record in line
// with the engine.
class MembershipService {
public:
    // No verb takes longer, so that none outlives its lock.
    static constexpr Milliseconds longestDeadline{20'000};

    // One for each replica process.
    MembershipService(StateWriter& writer, Logger logger);

    // A record that must not have changed, for a change that is made on its behalf.
    struct Guard {
        std::string key;
        Revision modified;
    };
    // Adds a replica as a learner. Harmless when it is a member already. `guard`: the running operation that
    // it is for; nullopt: for none, and none may run. ErrorCode::conflict while another change is being made
    // or another learner is still joining, and when the guard does not hold; ErrorCode::unavailable or
    // conflict, in the engine's words, until all members have been connected for a while (trying again
    // helps); ErrorCode::unauthorized when there is no join token for it any more.
    [[nodiscard]] engine::Awaitable<Result<MembershipRecord>>
    addLearner(MemberRecord member, std::optional<Guard> guard, Milliseconds deadline);
    // The guard of the running operation that joins this replica; nullopt when none runs. ErrorCode::conflict
    // when that one was cancelled, or is another.
    [[nodiscard]] engine::Awaitable<Result<std::optional<Guard>>> joinGuard(std::string replica,
                                                                            Milliseconds deadline);
    // From the revision on that is returned, every blob that is recorded is on a majority of `voters`, too;
    // what was recorded before must get there some other way. nullopt: the voters of now are enough again.
    // Harmless when it is so already. `guard`: the running operation that it is for; nullopt: for none, and
    // none may run. ErrorCode::unavailable while the membership is being changed, ErrorCode::conflict when
    // the guard does not hold.
    [[nodiscard]] engine::Awaitable<Result<Revision>> setNext(std::optional<std::vector<std::string>> voters,
                                                              std::optional<Guard> guard,
                                                              Milliseconds deadline);

    // Makes a learner a voter. Harmless when it is one. `prepared`: what setNext() gave, by which copies were
    // counted; ErrorCode::unavailable when the membership has changed since. `guard`: as for addLearner().
    // ErrorCode::conflict while it is not in sync.
    [[nodiscard]] engine::Awaitable<Result<MembershipRecord>>
    promote(ReplicaId replica, Revision prepared, std::optional<Guard> guard, Milliseconds deadline);

    struct Removal {
        Guard guard; // the operation's record
        // What setNext() gave, by which it was seen that the others make up for its copies. Needed for a
        // voter that is not dead.
        std::optional<Revision> prepared = {};
        bool dead = false;
    };
    // Removes a replica. Harmless when it is gone. ErrorCode::conflict for the last voter, and when the guard
    // does not hold; ErrorCode::unavailable when it votes and the membership has changed since it was
    // prepared. The caller hands leadership over first.
    [[nodiscard]] engine::Awaitable<Result<MembershipRecord>> remove(ReplicaId replica, Removal removal,
                                                                     Milliseconds deadline);

    // Brings the record in line with the engine's list when nobody is changing it: after a crash in the
    // middle of a change, after an answer that never came, and at the first start (to learn the engine's
    // ids). To be called every few seconds by the leader's replica, and at start. ErrorCode::conflict while a
    // change is being made.
    [[nodiscard]] engine::Awaitable<Result<MembershipRecord>> reconcile(Milliseconds deadline);

private:
    struct Wanted {
        MembershipChange change;
        std::optional<MemberRecord> added = {};
        std::optional<Guard> guard = {};       // nullopt: no operation may run
        std::optional<Revision> prepared = {}; // of the membership record
        bool counts = false;                   // whether a voter's copies were counted by that
    };
    [[nodiscard]] engine::Awaitable<Result<MembershipSituation>> look(const Deadline& deadline);
    [[nodiscard]] engine::Awaitable<Result<MembershipRecord>> change(Wanted wanted, const Deadline& deadline);
    [[nodiscard]] engine::Awaitable<Status> begin(const Wanted& wanted, const Deadline& deadline);
    [[nodiscard]] engine::Awaitable<Result<Change>> prepareBegin(const Wanted& wanted, std::int64_t lease,
                                                                 const Deadline& deadline);
    // Adds to `change` that the guard holds, or without one that no operation runs.
    [[nodiscard]] engine::Awaitable<Status> hold(const std::optional<Guard>& guard, Change& change,
                                                 const Deadline& deadline);
    [[nodiscard]] engine::Awaitable<Status> changeEngine(const MembershipChange& change,
                                                         const std::string& peerUrl,
                                                         std::uint64_t engineMember,
                                                         const Deadline& deadline);
    [[nodiscard]] engine::Awaitable<Result<MembershipRecord>> settle(const Deadline& deadline);
    [[nodiscard]] engine::Awaitable<Result<MembershipMirror>> mirror(const MembershipSituation& situation,
                                                                     const Deadline& deadline);
    [[nodiscard]] Status mayTouch(const MembershipSituation& situation) const;

    StateWriter& m_writer;
    Logger m_logger;
    std::string m_lockValue; // this process; another life of this replica has another
    std::atomic<bool> m_busy = false;
};

} // namespace pilothouse::state
