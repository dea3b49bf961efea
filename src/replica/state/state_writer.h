// SPDX-License-Identifier: GPL-3.0-or-later
// Writes that can be asked for twice and happen once.
//
// Each write carries an operation id, and its outcome is recorded under that id in the same transaction. So a
// retry, here or at another replica, gets the recorded outcome; and after a lost answer the same transaction
// is simply sent again: whichever of the two comes first counts. Outcomes are kept for an hour, by a lease.
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "replica/engine/engine.h"
#include "replica/security/random.h"
#include "replica/state/deadline.h"
#include "replica/state/records.h"

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace pilothouse::state {

// Who asks for a write, and until when it must be done.
struct Request {
    std::string operationId;     // 1 to 64 of A-Z a-z 0-9 . _ -; empty: this write is never asked for again
    std::string actor;           // user name, for the event; empty: the replica itself
    Milliseconds deadline{1500}; // for all of it
};

// What a write does, made from what the state holds now.
struct Change {
    std::vector<engine::Compare> compares; // everything that it relies on
    std::vector<engine::Operation> operations;
    std::optional<EventRecord> event; // observer and time are filled in; recorded in the same transaction
    std::string outcome;              // JSON, without secrets; given back to a retry
    std::string sealed;               // see OutcomeRecord
};

struct Committed {
    Revision revision;     // at or after which the write is there
    bool repeated = false; // it had been done before; `outcome` is from then
    std::string outcome;
    std::string sealed;
};

// What a service gives back for a write.
template <typename T>
struct Written {
    T value;
    Revision revision;     // StateFollower::waitFor() it to read it back here
    bool repeated = false; // it had been done before, by the same operation id
};

// What a write left as its outcome: the record, or what `project` makes of it.
template <typename Record, typename Project = std::identity>
[[nodiscard]] auto writtenRecord(const Result<Committed>& committed, Project project = {})
    -> Result<Written<std::remove_cvref_t<std::invoke_result_t<Project, Record>>>> {
    if (!committed) {
        return fail(committed.error());
    }
    Result<Record> record = decode<Record>(committed->outcome);
    if (!record) {
        return failIn("outcome", record.error());
    }
    return Written<std::remove_cvref_t<std::invoke_result_t<Project, Record>>>{
        project(std::move(*record)), committed->revision, committed->repeated};
}

// Thread-safe. Engine, clock and randomness must outlive it.
class StateWriter {
public:
    // Reads what it needs (linearizably, within what remains) and says what to do, or why not.
    using Prepare = std::function<engine::Awaitable<Result<Change>>(const Deadline&)>;
    // Called with the revision of each write.
    using OnCommit = std::function<void(Revision)>;

    StateWriter(engine::Engine& engine, const Clock& clock, const security::Random& random, ReplicaId self,
                OnCommit onCommit);

    // Does what `prepare` says, once per operation id. `kind` and `request` say in words without secrets what
    // is asked for: the same id with other words is refused. When the state moves between reading and
    // writing, `prepare` is asked again. ErrorCode::timeout: the outcome is not known, ask again with the
    // same id.
    [[nodiscard]] engine::Awaitable<Result<Committed>> write(Request request, std::string kind,
                                                             std::string words, Prepare prepare);

    [[nodiscard]] const Clock& clock() const { return m_clock; }
    [[nodiscard]] const security::Random& random() const { return m_random; }
    [[nodiscard]] engine::Engine& engine() const { return m_engine; }
    [[nodiscard]] const ReplicaId& self() const { return m_self; }
    // Now, as records carry it.
    [[nodiscard]] std::string now() const { return toRfc3339(m_clock.wall()); }

private:
    struct Attempt;
    [[nodiscard]] engine::Awaitable<Result<std::optional<Committed>>>
    commit(const Attempt& attempt, const Change& change, const Deadline& deadline);
    [[nodiscard]] engine::Transaction compose(const Attempt& attempt, Change change,
                                              std::int64_t outcomeLease) const;
    [[nodiscard]] engine::Awaitable<Result<engine::TransactionResult>>
    send(const engine::Transaction& transaction, const Deadline& deadline);
    [[nodiscard]] engine::Awaitable<Result<std::optional<Committed>>> recorded(const Attempt& attempt,
                                                                               const Deadline& deadline);
    [[nodiscard]] engine::Awaitable<Result<std::int64_t>> lease(const Deadline& deadline);
    void forgetLease(std::int64_t lease);

    engine::Engine& m_engine;
    const Clock& m_clock;
    const security::Random& m_random;
    ReplicaId m_self;
    OnCommit m_onCommit;
    std::mutex m_mutex; // guards what follows: the lease for writes that begin until then
    std::int64_t m_lease = 0;
    MonotonicTime m_leaseUntil;
};

// Reads one record linearizably. ErrorCode::notFound when there is none.
[[nodiscard]] engine::Awaitable<Result<engine::Entry>> readEntry(engine::Engine& engine, std::string key,
                                                                 const Deadline& deadline);
// All below `prefix`, linearizably; ErrorCode::exhausted when there are more than 10,000.
[[nodiscard]] engine::Awaitable<Result<std::vector<engine::Entry>>>
readBelow(engine::Engine& engine, std::string_view prefix, const Deadline& deadline);

} // namespace pilothouse::state
