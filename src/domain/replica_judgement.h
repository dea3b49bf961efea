// SPDX-License-Identifier: GPL-3.0-or-later
// The judgement of one replica within its situation.
#pragma once

#include "domain/situation.h"

namespace pilothouse::domain {

// How a member stands, as far as the sentence tells them apart.
enum class Standing {
    // It answers us:
    well,
    behind, // well, but lacks entries or blobs
    draining,
    unwell,     // says why it takes no traffic
    starting,   // … or says that it cannot tell anything yet
    leaderless, // sees no leader, or its linearizable reads fail
    // It does not:
    toldWell,   // peers say that it is fine
    toldUnwell, // peers hear it, and it is not fine
    contested,  // some peers hear it, others do not
    engineOnly, // a peer says that its engine still votes
    notAsked,   // not tried yet, and nobody says anything
    down,       // nobody reaches it
};

[[nodiscard]] Standing standingOf(const Sighted& replica, const Situation& situation);

[[nodiscard]] ReplicaAssessment judgeReplica(const Sighted& replica, const Situation& situation);

// Whether its vote counts now, by its own word or by a peer's. Draining and other faults do not take the
// vote.
[[nodiscard]] bool votes(const Sighted& replica);
// Whether it takes traffic: by its own word, now, or by its peers' when all that speak of it agree. Draining
// is not a fault, and not healthy either.
[[nodiscard]] bool healthy(const Sighted& replica);

} // namespace pilothouse::domain
