// SPDX-License-Identifier: GPL-3.0-or-later
// What is looked at before a cluster is changed, and what was found. Data: `text` has the words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::domain {

// Beside each: its names and numbers, in order.
enum class CheckId {
    quorum,         // numbers: voters that answer, needed
    otherOperation, // names: its subject; detail: its kind
    joining,        // names: replicas that are joining
    answers,        // names: the replica that is to be removed
    silent,         // names: the replica that is to be forgotten, then who hears it
    lastVoter,      // names: the replica
    majorityLeft,   // names: voters that would be left and are not well; numbers: well ones left, needed
    copiesKnown,    // names: voters that would be left and do not know what they lack
    copiesLeft,     // numbers: blobs of which no copy would be left
    copiesBehind,   // names: voters that would be left and lack blobs; numbers: blobs to be copied at most
    tolerance,      // numbers: that can be lost now, that could be lost then, voters then
    databaseSpace,  // names: whose databases are full

    // Of changes by which the members stay the same:
    mayLead,      // names: the replica, which must vote
    leadsAlready, // names: the replica
    poolLeft,     // names: those that still take traffic
    newName,      // names: the replica; detail: the name
    allAnswer,    // names: those that do not
    restartable,  // names: those whose version is too old to be told to
    othersWell,   // names: voters that are not well; numbers: well ones left while one restarts, needed

    // Of a host that is to join:
    hostAnswers,   // names: the host; detail: why it does not, or does not take the setup code
    hostName,      // names: that it would have
    hostAddress,   // names: the member that has its address; detail: the address
    hostVersion,   // names: members with another version; numbers: its feature level, the cluster's; detail:
                   // its version
    hostEngine,    // detail: its engine's version; empty: it has none
    hostClock,     // numbers: how far it is ahead of the cluster, ms
    hostMachine,   // names: members on the same machine; detail: its name
    hostDisk,      // numbers: free bytes, bytes of all blobs, bytes that it should have at least
    hostDiskSpeed, // numbers: how long writing and syncing a small file takes, µs
    hostResources, // numbers: cores, bytes of memory, files that may be open
    hostPaths,     // numbers: tried, open; names: of each that is not: from, to, port, reach (as in the admin
                   // API)
    membersWell,   // names: of members that are not well
    voterCount,    // numbers: voters afterwards

    // Of a repair; "the survivor" is the replica that it goes on from:
    noMajority,      // names: members that say that a majority confirms their reads
    majorityAnswers, // names: voters that answer and run their engine; numbers: how many, needed
    statements,      // names: silent members of which it is not stated what became of them
    silentMajority,  // names: silent voters that are said to be cut off only; numbers: how many, needed
    survivorVotes,   // names: the survivor
    survivorLog,     // names: the survivor; numbers: last entry, committed; detail: why it cannot be read
    bestSurvivor,    // names: the survivor, the best one; numbers: entries that the best has more
    entriesLost,     // names: the silent ones; numbers: last entry; detail: when a majority last confirmed a
                     // read there, RFC 3339 or empty
    blobsLost,       // names: other survivors; numbers: blobs that the survivor lacks (-1: not known), that
                     // nobody has who answers
    copySpace,       // numbers: free bytes, bytes of the copy; detail: its folder
    survivorEpoch, // names: the survivor, whom the cluster was repaired from already; numbers: its epoch, the
                   // newer one
    repairRunning, // detail: the phase of a repair that is not over

    // Of a cluster as it runs. Where all is well, the names are of those that were looked at; else there is
    // one finding for each replica that is not well, whose name comes first:
    replicaAnswers, // names: one that gives no report, who reaches it; numbers: who tried; detail: how its
                    // HTTPS port is, as PortState
    checksKnown,    // names: those that answer, but are too old to examine themselves
    replicaWell,    // numbers: 1 when it has no quorum; detail: why it takes no traffic, in its own words
    draining,       // names: those that are drained
    changeUnderWay, // names: its subject; detail: its kind
    paths,     // names: of each that is not open: from, to, port, how it is (PortState); numbers: tried, open
    clocks,    // names: whose clock is off, against whose; numbers: how far it is ahead, ms
    diskSpace, // numbers: free bytes, bytes of all blobs, bytes that should be free at least, bytes that
               // it grows by a day (-1: not known), days until it is full (-1: not known)
    diskSpeed, // numbers: how long writing and syncing a small file takes, µs; detail: why it cannot be
               // written to
    ownMachine, // names: those on one computer; numbers: 1 when their data is on one disk; detail: its name
    resources,  // numbers: cores, bytes of memory, files that may be open
    databaseAlarm, // detail: what the engine says, "NOSPACE" or "CORRUPT"
    databaseRoom,  // numbers: bytes of its database, at most
    versions,      // names: each replica and its version; numbers: the lowest feature level, the highest
    certificates,  // names: whose; numbers: seconds until it expires; detail: its use, as in the admin API
    voters,        // numbers: voters
    copies,        // numbers: blobs that it lacks, their bytes
};

enum class Severity {
    passed,
    information,
    needsWord, // the operator must say why it is to be done nevertheless
    forcible,  // blocks, unless the operator types the replica's name
    blocks,
};

struct Finding {
    CheckId check{};
    Severity severity = Severity::passed;
    std::vector<std::string> names = {};
    std::vector<std::int64_t> numbers = {};
    std::string detail = {};
    friend bool operator==(const Finding&, const Finding&) = default;
};

// What the operator said about the findings.
struct Consent {
    std::string reason;    // for those that need a word
    std::string typedName; // for those that only a typed name overcomes
};

// Whether a finding of that severity still stands in the way. `replica`: the name that must be typed.
[[nodiscard]] bool standsInTheWay(Severity severity, const std::string& replica, const Consent& consent);
// The findings that still stand in the way; none: it may be done.
[[nodiscard]] std::vector<Finding> objections(const std::vector<Finding>& findings,
                                              const std::string& replica, const Consent& consent);

// As in the admin API.
[[nodiscard]] std::string_view nameOf(CheckId check);
[[nodiscard]] std::string_view nameOf(Severity severity);
[[nodiscard]] std::optional<CheckId> checkIdOf(std::string_view name);
[[nodiscard]] std::optional<Severity> severityOf(std::string_view name);

} // namespace pilothouse::domain
