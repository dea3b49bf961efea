// SPDX-License-Identifier: GPL-3.0-or-later
// What the state says about the membership at one revision, and what makes it agree with the engine. Pure.
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "replica/engine/engine.h"
#include "replica/state/membership_mirror.h"
#include "replica/state/state_writer.h"

#include <string>
#include <vector>

namespace pilothouse::state {

struct MembershipSituation {
    ClusterRecord cluster;
    MembershipRecord record;
    Revision modified; // of the membership record
    std::vector<MemberRecord> members;
    std::string lock; // empty: nobody holds it
    Revision lockModified;

    // The transaction that reads it, and its answer.
    [[nodiscard]] static engine::Transaction reads();
    // ErrorCode::notFound when the state holds no cluster yet.
    [[nodiscard]] static Result<MembershipSituation> from(const engine::TransactionResult& answer);

    // nullptr when there is none of this id.
    [[nodiscard]] const MemberRecord* member(const std::string& id) const;
    // Holds a voter or learner of this id.
    [[nodiscard]] bool isMember(const std::string& id) const;
    [[nodiscard]] bool votes(const std::string& id) const;
    // That neither the record nor the lock has changed since.
    [[nodiscard]] std::vector<engine::Compare> compares() const;
    // The record is stable and says the same as the engine's list.
    [[nodiscard]] bool agreesWith(const MembershipMirror& mirror) const;
};

// Makes the record agree with the mirror: stable, in the next generation when voters or learners differ, with
// an event for each replica that came, was promoted or went; frees the lock. `owner` is who does it, at `now`
// (RFC 3339). The outcome is the new record.
[[nodiscard]] Change settleMembership(const MembershipSituation& situation, const MembershipMirror& mirror,
                                      const ReplicaId& owner, const std::string& now);

} // namespace pilothouse::state
