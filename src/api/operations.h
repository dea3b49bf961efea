// SPDX-License-Identifier: GPL-3.0-or-later
// Wire types of the admin API: changes to a cluster (plans, operations, checks).
//
// Kinds, steps, states, checks and reasons are open: their names are in domain/operation.h and
// domain/check.h, and a newer replica may use others.
#pragma once

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::api {

// What a check found; which names and numbers, in which order, depends on the check.
struct Finding {
    std::string check;
    std::string severity; // "blocks", "forcible", "needs_word", "information" or "passed"
    std::vector<std::string> names;
    std::vector<std::int64_t> numbers;
    std::string detail;
    friend bool operator==(const Finding&, const Finding&) = default;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (check, severity, names, numbers, detail))

// How many replicas may be lost at some moment.
struct Margin {
    std::int64_t voters = 0;
    std::int64_t well = 0;      // of them
    std::int64_t tolerates = 0; // further losses
    friend bool operator==(const Margin&, const Margin&) = default;
};
BOOST_DESCRIBE_STRUCT(Margin, (), (voters, well, tolerates))

// POST /api/v0/cluster/plan: what an operation would do. Nothing is changed; works without quorum.
struct AskPlan {
    // "remove", "forget", "join", "replace", "rolling_restart", "make_leader", "drain", "undrain" or "rename"
    std::string kind;
    std::string replica;                   // id; empty for a host that is to join, and where all are meant
    std::optional<std::string> setup_code; // of that host: a secret
    std::optional<std::string> new_name;   // that the replica is to have
};
BOOST_DESCRIBE_STRUCT(AskPlan, (), (kind, replica, setup_code, new_name))

struct OperationPlan {
    std::string kind;
    std::string replica; // id; empty as long as it has none, and where all are meant
    std::string name;    // of the replica
    std::vector<std::string> steps;
    std::vector<Finding> findings; // the worst first
    Margin before;
    Margin worst; // while it goes on
    Margin after;
    std::optional<std::string> host_name; // of a new host: what it will be called
    std::optional<std::string> new_name;  // that the replica is to have
    // The name of the replica that each step is about, empty where it is the operation's; absent: all are.
    std::optional<std::vector<std::string>> step_names;
};
BOOST_DESCRIBE_STRUCT(OperationPlan, (),
                      (kind, replica, name, steps, findings, before, worst, after, host_name, new_name,
                       step_names))

// POST /api/v0/cluster/operations
struct StartOperation {
    std::string kind;
    std::string replica;
    std::optional<std::string> reason;     // why it is to be done though a check needs a word
    std::optional<std::string> typed_name; // of the replica, where a check can only be forced
    std::optional<std::string> setup_code; // as in AskPlan
    std::optional<std::string> new_name;   // as in AskPlan
    std::string operation_id;              // makes a retry harmless
};
BOOST_DESCRIBE_STRUCT(StartOperation, (),
                      (kind, replica, reason, typed_name, setup_code, new_name, operation_id))

// POST /api/v0/cluster/operations/{id}/decision
struct DecideOperation {
    std::string decision; // "cancel", "skip"
    std::string step;     // that is skipped: never one that came after it
    std::string operation_id;
};
BOOST_DESCRIBE_STRUCT(DecideOperation, (), (decision, step, operation_id))

// Why the present step is not done yet.
struct Waiting {
    std::string reason;
    std::vector<std::string> names;
    std::vector<std::int64_t> numbers;
    std::string detail; // one English sentence; empty when the reason says it all
    std::string since;
    bool overdue = false;             // for longer than it should
    std::vector<std::string> choices; // what an operator may decide now: "cancel", "skip"
    friend bool operator==(const Waiting&, const Waiting&) = default;
};
BOOST_DESCRIBE_STRUCT(Waiting, (), (reason, names, numbers, detail, since, overdue, choices))

struct OperationStep {
    std::string kind;
    std::string state;
    std::optional<std::string> began_at;
    std::optional<std::string> ended_at;
    // The replica that it is about: id and name; absent: the operation's.
    std::optional<std::string> replica = {};
    std::optional<std::string> name = {};
    friend bool operator==(const OperationStep&, const OperationStep&) = default;
};
BOOST_DESCRIBE_STRUCT(OperationStep, (), (kind, state, began_at, ended_at, replica, name))

// One line of an operation's record. `what`: "started", "taken_over", "step_began", "step_done", "waits",
// "step_skipped", "step_undone", "cancelled", "ended" or another that a newer replica writes.
struct JournalLine {
    std::string at;
    std::string by; // user, or replica id
    std::string what;
    std::string step;                     // may be empty
    std::string detail;                   // words; may be empty
    std::optional<std::string> name = {}; // of the replica that the step is about, as in OperationStep
    friend bool operator==(const JournalLine&, const JournalLine&) = default;
};
BOOST_DESCRIBE_STRUCT(JournalLine, (), (at, by, what, step, detail, name))

// GET /api/v0/cluster/operations/{id}
struct Operation {
    std::string id;
    std::string kind;
    std::string replica;
    std::string name; // of the replica
    std::string phase;
    bool committed = false; // it cannot be cancelled any more
    std::vector<OperationStep> steps;
    std::optional<Waiting> waiting;
    std::vector<Finding> findings; // of the last time that the checks were run
    std::optional<std::string> reason;
    std::optional<std::string> typed_name;
    Margin before;
    Margin worst;
    Margin after;
    std::string started_by;
    std::string started_at;
    std::optional<std::string> ended_at;
    std::string owner; // replica id of who carries it out, or did so last
    std::vector<JournalLine> journal;
    std::optional<std::string> host_name; // as in the plan
    std::optional<std::string> new_name = {};
    friend bool operator==(const Operation&, const Operation&) = default;
};
BOOST_DESCRIBE_STRUCT(Operation, (),
                      (id, kind, replica, name, phase, committed, steps, waiting, findings, reason,
                       typed_name, before, worst, after, started_by, started_at, ended_at, owner, journal,
                       host_name, new_name))

// What a status tells of the running operation.
struct RunningOperation {
    std::string id;
    std::string kind;
    std::string replica;
    std::string name; // of the replica
    std::string phase;
    bool committed = false;       // it cannot be cancelled any more
    std::string step;             // the present one; empty between two
    std::int64_t step_number = 0; // from 1; 0 between two
    std::int64_t steps = 0;       // in all
    std::optional<Waiting> waiting;
    std::optional<std::string> host_name;      // as in the plan
    std::optional<std::string> step_name = {}; // of the replica that the step is about, as in OperationStep
    std::optional<std::string> new_name = {};  // as in the plan
    friend bool operator==(const RunningOperation&, const RunningOperation&) = default;
};
BOOST_DESCRIBE_STRUCT(RunningOperation, (),
                      (id, kind, replica, name, phase, committed, step, step_number, steps, waiting,
                       host_name, step_name, new_name))

// GET /api/v0/cluster/operations
struct OperationList {
    std::optional<Operation> running;
    std::vector<Operation> past; // the newest first
};
BOOST_DESCRIBE_STRUCT(OperationList, (), (running, past))

} // namespace pilothouse::api
