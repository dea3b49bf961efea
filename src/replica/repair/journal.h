// SPDX-License-Identifier: GPL-3.0-or-later
// The journal of the last repair from this replica: repair.json in its data folder. It is what a repair goes
// on by after a crash, and what is told of it, since the cluster's state can take no word of it.
#pragma once

#include "api/repair.h"
#include "base/clock.h"
#include "base/result.h"
#include "domain/repair.h"
#include "replica/provision/layout.h"

#include <cstdint>
#include <optional>
#include <string>

namespace pilothouse::repair {

struct Journal {
    std::int64_t schema = 1;
    api::Repair repair;
    std::string order_id; // of the request that ordered what is being done, or was done last
    // Of the new epoch's engine peers, once made: PEM, and its key sealed with the cluster key for
    // provision::peerCaKeySecret.
    std::string peer_ca;
    std::string sealed_peer_ca_key;
    // Something went wrong, for repair.error: what was changed is being taken back.
    bool undoing = false;
    std::int64_t revision = 0; // of the state right after the new epoch was recorded
    bool merged = false;       // the state has a record of it
};

// nullopt when there never was one. ErrorCode::corrupt when it cannot be read.
[[nodiscard]] Result<std::optional<Journal>> loadJournal(const provision::Layout& layout);
[[nodiscard]] Status saveJournal(const provision::Layout& layout, const Journal& journal);

[[nodiscard]] domain::RepairPhase phaseOf(const Journal& journal);
void setPhase(Journal& journal, domain::RepairPhase phase);
// Whether the data folder has to be worked on before a replica may start on it.
[[nodiscard]] bool isPending(const Journal& journal);

[[nodiscard]] bool isBegun(const Journal& journal, domain::RepairStep step);
[[nodiscard]] bool isDone(const Journal& journal, domain::RepairStep step);
void beginStep(Journal& journal, domain::RepairStep step, WallTime now);
void endStep(Journal& journal, domain::RepairStep step, WallTime now);
// One more line of it.
void note(Journal& journal, const char* what, std::string detail, WallTime now);

} // namespace pilothouse::repair
