// SPDX-License-Identifier: GPL-3.0-or-later
// The roll call: the voters by how they stand.
#pragma once

#include "domain/situation.h"

namespace pilothouse::domain {

// Names in the observation's order, each voter in one of the lists that are not marked.
struct Roll {
    Names well;
    Names behind;
    Names draining;
    std::vector<const Sighted*> unwell; // answer and say why not
    Names starting;
    Names withoutLeader; // answer; see no leader, or their reads fail
    Names toldWell;      // not reachable from here, peers say that they are fine
    Names toldUnwell;    // not reachable from here, peers hear them but they are not fine
    std::vector<const Sighted*> contested;
    Names stillVoting; // do not answer, their engines do
    Names notAsked;
    Names down;
    Names paused;                      // of `down`: only to be resumed
    std::vector<Milliseconds> downFor; // of `down`; -1 when not known

    // Marked: said besides.
    Names voting;       // those whose vote counts
    Names toldWellBy;   // the peers
    Names toldUnwellBy; // the peers
    Names cutOff;       // of withoutLeader: while others have quorum, and nobody of these hears them
    bool someNameALeader = false; // of withoutLeader
    Names deniedByAll;            // of `down`: everybody who answers says so too
    Names mayHaveQuorum;          // do not answer, and nobody says that they have no quorum
    Names answeringVoters;
    Names learners;
    Names lostLearners; // nobody reaches them
    Names noSpace;      // the engines of these raised the alarm: no change is accepted
    Names corrupt;      // … that their data differs
    Names otherAlarms;  // … another alarm
    int answering = 0;  // members, learners too
    int haveState = 0;  // voters that vote and are not behind
};

[[nodiscard]] Roll callRoll(const Situation& situation);

// Every list of voters that are neither well nor told to be, one after the other.
[[nodiscard]] Names notWell(const Roll& roll, const Situation& situation);

} // namespace pilothouse::domain
