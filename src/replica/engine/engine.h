// SPDX-License-Identifier: GPL-3.0-or-later
// The replicated key-value engine under a replica, behind one narrow interface.
//
// EtcdEngine speaks to this replica's own etcd member; MemoryEngine is its in-memory twin for unit tests.
// Keys and values are bytes. Every call has a deadline: ErrorCode::timeout means that the outcome is
// *unknown* (a write may have happened); unavailable means that it certainly did not happen. Calls may be
// made from any coroutine; they resume on the caller's executor. ErrorCode::exhausted: the database is full.
// The change that crossed its limit is refused with that, and done; those after it are not.
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace pilothouse::engine {

template <typename T>
using Awaitable = boost::asio::awaitable<T>;

struct Entry {
    std::string key;
    std::string value;
    Revision created;         // revision at which the key last came into being
    Revision modified;        // revision of the last change
    std::int64_t version = 0; // changes since it came into being; 1 when new
    std::int64_t lease = 0;   // 0: none
};

// A precondition of a transaction, compared in it.
struct Compare {
    enum class Field { version, createRevision, modRevision, value };
    enum class Relation { equal, notEqual, less, greater };
    std::string key;
    Field field = Field::version;
    Relation relation = Relation::equal;
    std::int64_t number = 0; // version and revisions
    std::string value;       // Field::value
    // Not empty: every key in [key, rangeEnd) must fulfil it; where there are none, an absent key must.
    std::string rangeEnd = {};

    [[nodiscard]] static Compare absent(std::string key);                       // version == 0
    [[nodiscard]] static Compare noneBelow(std::string prefix);                 // no key begins with it
    [[nodiscard]] static Compare present(std::string key);                      // version > 0
    [[nodiscard]] static Compare unchanged(std::string key, Revision modified); // mod revision equal
    // Nothing below `prefix` came or changed after `known`. What went is not noticed.
    [[nodiscard]] static Compare nothingNewBelow(std::string prefix, Revision known);
    [[nodiscard]] static Compare holds(std::string key, std::string value);
};

struct Put {
    std::string key;
    std::string value;
    std::int64_t lease = 0;
};
// Deletes `key`, or all of [key, rangeEnd) when rangeEnd is not empty.
struct Delete {
    std::string key;
    std::string rangeEnd;
};
struct Get {
    std::string key;
    std::string rangeEnd;
    std::int64_t limit = 0; // 0: no limit
};
using Operation = std::variant<Put, Delete, Get>;

// How many compares, and how many operations of either branch, a transaction may have.
inline constexpr std::size_t mostOperations = 4096;

// At most 1.5 MiB in all.
struct Transaction {
    std::vector<Compare> compares; // all must hold
    std::vector<Operation> then;
    std::vector<Operation> otherwise;
};
struct TransactionResult {
    bool succeeded = false;               // the compares held, `then` was done
    Revision revision;                    // of the store after it
    std::vector<std::vector<Entry>> gets; // answers of the Gets in the branch taken, in order
};

struct Range {
    std::string key;
    std::string rangeEnd; // empty: one key; "\0" semantics as etcd's: see prefixEnd()
    std::int64_t limit = 0;
    Revision atRevision;       // 0: newest
    bool serializable = false; // true: this member's own copy, may be old, works without quorum
};
struct RangeResult {
    std::vector<Entry> entries;
    bool more = false;
    std::int64_t count = 0;
    Revision revision; // of the store that answered
};

// A change seen by a watch.
struct Change {
    bool deleted = false; // then only entry.key and entry.modified are set
    Entry entry;
};
// All changes of one or several whole revisions; `revision` is applied once all of them are.
// An empty batch with a revision is a progress mark.
struct WatchBatch {
    Revision revision;
    std::vector<Change> changes;
};
// Why a watch ended. `compacted`: list anew at a revision of at least `compactedTo`.
struct WatchEnd {
    Error error;
    std::optional<Revision> compactedTo;
};

struct EngineMember {
    std::uint64_t id = 0;
    std::string name; // replica id; empty until it has started once
    std::vector<std::string> peerUrls;
    bool learner = false;
};

struct EngineStatus {
    std::uint64_t memberId = 0;
    std::uint64_t leaderId = 0; // 0: none, which is: no quorum
    Term term;
    LogIndex held;    // raftIndex
    LogIndex applied; // raftAppliedIndex
    std::string version;
    std::int64_t databaseBytes = 0;
    bool learner = false;
    std::vector<std::string> errors;
};

struct EngineAlarm {
    std::uint64_t memberId = 0;
    std::string kind; // "NOSPACE", "CORRUPT"
    friend bool operator==(const EngineAlarm&, const EngineAlarm&) = default;
};
// Those of its errors that tell of an alarm. They change whenever the alarms of the cluster do.
[[nodiscard]] std::vector<std::string> alarmErrors(const EngineStatus& status);

class Engine {
public:
    virtual ~Engine() = default;

    [[nodiscard]] virtual Awaitable<Result<TransactionResult>> transact(Transaction transaction,
                                                                        Milliseconds deadline) = 0;
    // Several that are independent of each other (see Footprint), as transact() of each but at one revision
    // and in one go; at most 1.5 MiB together. Answers are in the order given; what a failure says is true of
    // all.
    [[nodiscard]] virtual Awaitable<Result<std::vector<TransactionResult>>>
    transactAll(std::vector<Transaction> independent, Milliseconds deadline) = 0;
    [[nodiscard]] virtual Awaitable<Result<RangeResult>> range(Range range, Milliseconds deadline) = 0;
    // A linearizable read of nothing: the revision that every later read of the projection must have reached.
    [[nodiscard]] virtual Awaitable<Result<Revision>> barrier(Milliseconds deadline) = 0;

    // Calls `onBatch` for everything in the key space from `from` on, in order, whole revisions at a time,
    // and waits for it before the next. Returns only when the watch ends; cancel by the executor's
    // cancellation or stop().
    [[nodiscard]] virtual Awaitable<WatchEnd> watch(Revision from,
                                                    std::function<Awaitable<void>(WatchBatch)> onBatch) = 0;

    [[nodiscard]] virtual Awaitable<Result<std::int64_t>> grantLease(std::chrono::seconds timeToLive,
                                                                     Milliseconds deadline) = 0;
    [[nodiscard]] virtual Awaitable<Status> keepLease(std::int64_t lease, Milliseconds deadline) = 0;
    [[nodiscard]] virtual Awaitable<Status> revokeLease(std::int64_t lease, Milliseconds deadline) = 0;

    [[nodiscard]] virtual Awaitable<Result<std::vector<EngineMember>>> members(Milliseconds deadline) = 0;
    [[nodiscard]] virtual Awaitable<Result<EngineMember>> addLearner(std::string peerUrl,
                                                                     Milliseconds deadline) = 0;
    // ErrorCode::conflict while the learner is not in sync yet.
    [[nodiscard]] virtual Awaitable<Status> promote(std::uint64_t member, Milliseconds deadline) = 0;
    [[nodiscard]] virtual Awaitable<Status> removeMember(std::uint64_t member, Milliseconds deadline) = 0;
    // Only the leader's own engine accepts this.
    [[nodiscard]] virtual Awaitable<Status> transferLeadership(std::uint64_t toMember,
                                                               Milliseconds deadline) = 0;

    // This member's own word; answers without quorum.
    [[nodiscard]] virtual Awaitable<Result<EngineStatus>> status(Milliseconds deadline) = 0;
    // Of all members. etcd answers through its log, which grows by each question: ask when alarmErrors() says
    // so.
    [[nodiscard]] virtual Awaitable<Result<std::vector<EngineAlarm>>> alarms(Milliseconds deadline) = 0;
    // Ends it. One that is not raised is none to end.
    [[nodiscard]] virtual Awaitable<Status> disarm(EngineAlarm alarm, Milliseconds deadline) = 0;
    [[nodiscard]] virtual Awaitable<Status> compact(Revision upTo, Milliseconds deadline) = 0;
    // Gives the free space of this member's own database back. It answers nothing meanwhile.
    [[nodiscard]] virtual Awaitable<Status> defragment(Milliseconds deadline) = 0;
};

// The end of the range of all keys that begin with `prefix` (etcd's convention); "\0" for an empty prefix.
[[nodiscard]] std::string prefixEnd(std::string prefix);

} // namespace pilothouse::engine
