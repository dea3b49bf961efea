// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that the judgement can say. Beside each: its arguments, in order. `text` has the words.
#pragma once

namespace pilothouse::domain {

enum class MessageId {
    none, // nothing to say

    // Headlines
    headlineHealthy,
    headlineCatchingUp, // Names: learners
    headlineDegraded,   // Names: voters that are not well
    headlineAtRisk,
    headlineSingle,
    headlineNoSpace,    // the state is full
    headlineComingBack, // all is well again, for some seconds
    headlineNoQuorum,
    headlinePartition, // Names: cut off; int64: the others, whose votes count
    headlineUnreachable,
    headlineRejected,   // all answer, none lets us in
    headlineNotTrusted, // all that answer present another certificate or id
    headlineNotLive,    // WallTime: last sign of life; Milliseconds: ago
    headlineSandboxStopped,
    headlineStarting,

    // Parts of the sentence: number and names
    votersHaveState,      // int64 that have it, int64 voters
    downFor,              // Names; Milliseconds for each
    stillVoting,          // Names: do not answer, their engines do
    contested,            // string name; Names: hear it; Names: do not
    unwell,               // string name; string reason in English, as the replica gave it
    drainingNow,          // Names
    behindNow,            // Names
    startingUp,           // Names
    notKnownYet,          // Names
    notReachableFromHere, // Names; Names: who says that they are fine
    learnersLost,         // Names: joining, and nobody reaches them
    alarmNoSpace,         // Names: their databases are full
    alarmCorrupt,         // Names: their data differs
    alarmOther,           // Names: another alarm of their engines
    heardElsewhere,       // Names: not reachable from here, and not fine; Names: who hears them
    singleReplica,
    quorumSide,           // Names: have quorum
    cutOffSide,           // Names: answer but see no leader
    answersWithoutLeader, // Names; int64 needed, int64 voters
    answersWithoutQuorum, // the same; they name a leader, but no majority confirms anything
    silentToAll,          // Names: do not answer here; Names: nor to these
    silentToUs,           // Names: do not answer here; what the others see of them is not known
    silentHere,           // Names: nobody answers; string: how the last attempt ended
    rejectedHere,         // Names; string: how the last attempt ended
    notTrustedHere,       // Names; string: how the last attempt ended
    startingNow,          // int64 answering, int64 replicas

    // … consequence
    canLose,           // int64: more
    canLoseForCopies,  // int64: more; int64 blobs that have only int64 copies
    loseNoneForCopies, // int64 blobs that have only one copy
    noCopyLeft,        // int64 blobs that no voter that is well has
    canLoseNoneOfThem,
    oneMoreStops,
    oneLossStops, // nothing is lost yet
    thisLossStops,
    choosingLeader,        // who led is lost
    tooFewLeft,            // int64 needed, int64 voters; those that answer have not noticed yet
    silentMayHaveMajority, // Names

    // … next step
    sandboxStopped,
    resumeThem,     // Names
    startAgain,     // Names
    bringBack,      // int64: how many; int64: of how many
    lookAtLinks,    // Names
    lookAtAllLinks, // everybody answers here
    makeRoom,       // Names: full databases
    replaceDamaged, // Names
    addTwo,
    addThird,
    checkAddressAndNetwork,
    checkLogin,
    compareFingerprints,

    // Facts under the sentence
    factVotes,        // int64 voting, int64 voters, int64 needed
    factVotesHere,    // int64 answering here, int64 voters; there is no quorum
    factLeader,       // string name, int64 term, Milliseconds: for how long, or -1; WallTime: since
    factLastLeader,   // string name, int64 term, WallTime: until
    factNoLeader,     // int64 term
    factLeaderClaims, // string name, int64 term, int64 agree, int64 see none
    factCopies,       // int64 of the blob that has the fewest, int64 voters that are well
    factCopying,      // int64 blobs that only one voter lacks, string its name
    factCertificates, // int64 days until the first expires
    factCertificatesExpired,
    factLive, // int64 answering, int64 replicas, Milliseconds: age of the oldest value

    // One word why, in the list of clusters
    listCanLose, // int64
    listCanLoseNone,
    listNoSpace,
    listNoQuorum,    // Milliseconds, or -1
    listPartition,   // int64: can lose
    listUnreachable, // Milliseconds, or -1
    listRejected,
    listNotTrusted,
    listSandboxStopped,
    listStarting,

    // Second line of a card
    cardEntry,       // int64 entry; double ms or -1
    cardBehind,      // int64 entries; double ms or -1
    cardNotApplied,  // int64 entries
    cardBlobs,       // int64 blobs
    cardNoLeader,    // Milliseconds: for how long, or -1
    cardNoQuorum,    // names a leader, but its reads fail
    cardLate,        // Milliseconds: since the last byte
    cardRefused,     // Milliseconds, or -1
    cardNoAnswer,    // Milliseconds, or -1
    cardNoRoute,     // Milliseconds, or -1
    cardCertificate, // Milliseconds, or -1
    cardWrongId,
    cardRejected,
    cardProtocol,
    cardStillVotes,
    cardToldBy,        // string name; Milliseconds ago
    cardPeersDisagree, // Names: hear it; Names: do not
    cardDraining,      // int64 requests left, or -1
    cardJoining,
    cardUnhealthy, // string reason
    cardStopped,
    cardLeftBehind, // int64 epoch: its own
    cardStarting,
    cardComingBack,
    cardUnknown,

    // Advice
    adviceTwo,         // even worse than one
    adviceEven,        // int64 voters
    adviceTooMany,     // int64 voters
    adviceRemoveLost,  // string name; Milliseconds
    adviceClockAhead,  // string name; Milliseconds: of the others
    adviceClockBehind, // the same
    adviceClockBlocks, // string name: so far off that nothing can join

    // Without quorum: what the silence of replicas tells
    findingRefused,    // Names
    findingNotRunning, // Names: of a sandbox
    findingPaused,     // Names: of a sandbox
    findingSilent,     // Names
    findingNotToUs,    // Names: answer, but do not let us in or are not who they should be
    findingMayHaveMajority,
    stillWorks, // Names: answer

    // What to do without quorum; the title, then what it means, then commands
    stepLookAndStart, // string name, string address
    stepReach,        // string name, string address
    stepTrust,        // string name, string address: answers, but not to us
    stepResume,       // Names
    stepStartSandbox, // Names
    stepOneIsEnough,
    stepMoreAreNeeded, // int64: how many
    stepCompare,
    stepHostThenLink,
    commandJournal,
    commandStart,
    commandSandboxResume, // string cluster, string replica
    commandSandboxStart,  // string cluster
    stepOnlyIfGone,       // Names: do not answer; then what a repair would be
    stepRepairFrom,       // string name: of whoever holds the most
    stepHeldUntil,        // WallTime: up to which it has what was committed; Names: the others
    stepHeldOnly,         // Names: the others; until when they were heard is not known
    stepBlobsLost,        // int64 blobs that it lacks
    last_ = stepBlobsLost,
};

} // namespace pilothouse::domain
