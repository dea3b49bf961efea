// SPDX-License-Identifier: GPL-3.0-or-later
// Wire types of the admin API: repair, by which a cluster whose majority is gone for good goes on from one
// survivor, in a new epoch.
//
// The survivor that is asked plans it, carries it out and keeps its journal, since nothing can be written to
// the cluster's state. Steps, statements, phases and checks are open, as in api/operations.h; their names are
// in domain/repair.h and domain/check.h.
#pragma once

#include "api/operations.h"
#include "api/status.h"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::api {

// What a person states about a member that does not answer: "destroyed", "powered_off", "cut_off" (from peers
// and clients) or "unknown".
struct SilentMember {
    std::string replica; // id
    std::string name;    // for people; not read in a question
    std::string statement;
    friend bool operator==(const SilentMember&, const SilentMember&) = default;
};
BOOST_DESCRIBE_STRUCT(SilentMember, (), (replica, name, statement))

// What the asker itself hears of a member: it may reach others than the survivor does.
struct SeenMember {
    std::string replica;
    bool answers = false;
    bool quorum = false; // it says that a majority confirmed a read just now
    friend bool operator==(const SeenMember&, const SeenMember&) = default;
};
BOOST_DESCRIBE_STRUCT(SeenMember, (), (replica, answers, quorum))

// POST /api/v0/repair/plan: what a repair from the replica that is asked would do. Changes nothing.
struct AskRepair {
    std::vector<SilentMember> silent;
    std::vector<SeenMember> seen;
};
BOOST_DESCRIBE_STRUCT(AskRepair, (), (silent, seen))

// Where a member's engine stands: its log, read from its disk.
struct EngineLog {
    std::int64_t last_term = 0; // of the last entry
    std::int64_t last = 0;      // entry in the log
    std::int64_t committed = 0; // up to which the member knows that a majority has it
    friend bool operator==(const EngineLog&, const EngineLog&) = default;
};
BOOST_DESCRIBE_STRUCT(EngineLog, (), (last_term, last, committed))

// GET /api/v0/replica/survivor, between replicas: what could be saved from the one that is asked.
struct SurvivorReport {
    std::string id;
    bool quorum = false;          // a majority confirmed a read just now
    bool engine_running = false;  // it could vote
    std::optional<EngineLog> log; // absent: it cannot be read
    std::string log_error;        // why not
    std::optional<Blobs> blobs;   // absent as long as it has not looked at all of them
    std::optional<std::string>
        quorum_at; // when a majority last confirmed a read; absent: not since it started
};
BOOST_DESCRIBE_STRUCT(SurvivorReport, (), (id, quorum, engine_running, log, log_error, blobs, quorum_at))

// A member that answers, as one to go on from. The best comes first.
struct Survivor {
    std::string replica; // id
    std::string name;
    std::optional<EngineLog> log;
    std::optional<std::int64_t> missing_blobs; // that are recorded; absent: not known
    friend bool operator==(const Survivor&, const Survivor&) = default;
};
BOOST_DESCRIBE_STRUCT(Survivor, (), (replica, name, log, missing_blobs))

struct RepairPlan {
    std::string replica; // id of the survivor that was asked
    std::string name;
    std::int64_t from_epoch = 0;
    std::int64_t to_epoch = 0;
    std::vector<std::string> steps;
    std::vector<Finding> findings; // the worst first
    std::vector<Survivor> survivors;
    std::vector<SilentMember> silent;     // of whom a statement is needed, with the one that was given
    std::optional<std::string> quorum_at; // as in SurvivorReport, of the survivor
    std::string copy_path;                // where its engine's data will be copied to first
    std::int64_t copy_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(RepairPlan, (),
                      (replica, name, from_epoch, to_epoch, steps, findings, survivors, silent, quorum_at,
                       copy_path, copy_bytes))

// POST /api/v0/repair
struct StartRepair {
    std::vector<SilentMember> silent;
    std::vector<SeenMember> seen;
    std::optional<std::string> reason; // why it is to be done though a check needs a word
    std::string operation_id;          // makes a retry harmless
};
BOOST_DESCRIBE_STRUCT(StartRepair, (), (silent, seen, reason, operation_id))

// GET /api/v0/repair: the last repair from this replica. While one runs, nothing else of the API answers.
struct Repair {
    std::string id;
    std::string replica; // the survivor
    std::string name;
    std::string phase; // "running", "done", "failed", "putting_back" or "put_back"
    std::int64_t from_epoch = 0;
    std::int64_t to_epoch = 0;
    std::vector<OperationStep> steps;
    std::vector<SilentMember> silent;
    std::vector<Finding> findings; // of the moment at which it began
    std::optional<std::string> reason;
    std::string started_by;
    std::string started_at;
    std::optional<std::string> ended_at;
    std::string copy_path;
    std::int64_t copy_bytes = 0;
    std::int64_t copied_bytes = 0;
    std::string error; // why it failed: everything is as it was before, unless the sentence says otherwise
    bool can_put_back = false;
    std::string why_not_put_back;              // one sentence, where it cannot be put back
    std::optional<std::int64_t> changes_since; // of the state, that putting back would lose
    std::vector<JournalLine> journal;
    friend bool operator==(const Repair&, const Repair&) = default;
};
BOOST_DESCRIBE_STRUCT(Repair, (),
                      (id, replica, name, phase, from_epoch, to_epoch, steps, silent, findings, reason,
                       started_by, started_at, ended_at, copy_path, copy_bytes, copied_bytes, error,
                       can_put_back, why_not_put_back, changes_since, journal))

// POST /api/v0/repair/put-back: takes the last repair back.
struct PutBack {
    std::optional<std::string> reason; // needed when changes would be lost
    std::string operation_id;
};
BOOST_DESCRIBE_STRUCT(PutBack, (), (reason, operation_id))

} // namespace pilothouse::api
