// SPDX-License-Identifier: GPL-3.0-or-later
// What best explains that something is wrong with a cluster or with one of its replicas.
#pragma once

#include "domain/cluster_check.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::domain {

// In the order in which they explain: what stands first brings about what comes later. The first name is the
// replica's that it is about; beside each: what else it carries.
enum class CauseId {
    notFromHere,      // names: who reaches it; only this computer does not. detail: how it is from here
    notRunning,       // names: to whom all its ports refuse; numbers: 1 when its address is this computer's
    hostSilent,       // names: to whom all its ports are silent; detail: "https" when only that was tried
    hostUnreachable,  // names: who has no route to it, or does not know its name
    hangs,            // names: who connects and gets no answer; numbers: 1 when its engine answers there
    cutOff,           // names: an other one that does not reach it at all; detail: "both" when neither does
    firewall,         // names: to whom it is silent; detail: the port, or ports
    portRefused,      // names: to whom the port is refused, while others are open; detail: the port
    wrongCertificate, // names: with whom it does not agree on certificates; detail: the port
    unanswered,       // names: who reaches it, though it gave no report in time
    noWitness,        // nobody else could try its ports
    diskUnwritable,   // detail: why
    diskFull,         // numbers: free bytes, bytes that should be free at least
    databaseCorrupt,
    databaseFull,       // its engine takes no changes any more
    certificateExpired, // detail: its use; numbers: seconds since
    clockOff,           // names: against whose; numbers: how far it is ahead, ms
    leftBehind,         // by a repair
    engineDown,         // detail: why
    readModelBehind,    // detail: by how much
    noMajority,         // no first name; names: voters that give no report; numbers: that do, needed
    starting,           // detail: what it says
    notWell,            // detail: another reason of its own
    certificateExpires, // detail: its use; numbers: seconds until then
    diskFills,          // numbers: free bytes, days left
    databaseFills,      // numbers: bytes of its database, at most
    slowDisk,           // numbers: µs to write and sync
    smallHost,          // numbers: cores, bytes of memory, files that may be open
    behind,             // numbers: blobs that it lacks, their bytes
    drained,
};

struct Cause {
    CauseId cause{};
    std::vector<std::string> names = {};
    std::vector<std::int64_t> numbers = {};
    std::string detail = {};
    friend bool operator==(const Cause&, const Cause&) = default;
};

// What explains most first. `findings` are those of checkCluster(facts, only). Without anything that needs
// attention only what explains a state that somebody may have asked about: drained, behind.
[[nodiscard]] std::vector<Cause> diagnose(const ClusterCheckFacts& facts,
                                          const std::vector<Finding>& findings, const std::string& only);

// Its parts: by how the replicas reach each other, and by what each finds of itself.
[[nodiscard]] std::vector<Cause> causesOnTheWay(const ClusterCheckFacts& facts);
[[nodiscard]] std::optional<Cause> causeOf(const Finding& finding, const ClusterCheckFacts& facts);

[[nodiscard]] std::string_view nameOf(CauseId cause);
[[nodiscard]] std::optional<CauseId> causeIdOf(std::string_view name);

} // namespace pilothouse::domain
