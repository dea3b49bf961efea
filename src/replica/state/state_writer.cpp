// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/state_writer.h"

#include "replica/state/keys.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace pilothouse::state {

using engine::Awaitable;

namespace {

constexpr std::chrono::minutes leaseShared{10}; // writes that begin within this time share a lease
constexpr std::chrono::minutes outcomeKept{60}; // at least
constexpr Milliseconds attemptDeadline{1000};   // of one transaction
constexpr Milliseconds pauseBetweenAttempts{20};
constexpr std::int64_t maxBelow = 10'000;

Status checkId(const std::string& id) {
    const bool fine = !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '_' || c == '-';
    });
    if (fine) {
        return {};
    }
    return fail(ErrorCode::invalid, "the operation id is not 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'");
}

Milliseconds upTo(Milliseconds most, const Deadline& deadline) {
    return std::min(most, deadline.remaining());
}

Error unknownOutcome(const Error& cause) {
    return {ErrorCode::timeout, "it is not known yet whether the change was made: " + cause.message,
            "Try again with the same operation id; it will not happen twice"};
}

} // namespace

// What stays the same from one attempt to the next.
struct StateWriter::Attempt {
    std::string id;
    std::string kind;
    std::string words;
    // Not the id, which clients choose: one that was used before would write over the event of then.
    std::string eventName;

    [[nodiscard]] std::string key() const { return keys::of(keys::outcomes, id); }
    // The outcome in `entry`, if it is of the same request.
    [[nodiscard]] Result<Committed> outcomeIn(const engine::Entry& entry, Revision revision) const {
        const Result<OutcomeRecord> record = decode<OutcomeRecord>(entry.value);
        if (!record) {
            return failIn("operation " + id, record.error());
        }
        if (record->kind != kind || record->request != words) {
            return fail(ErrorCode::conflict, "operation id " + id + " was used for something else",
                        "Use a new operation id for every change");
        }
        return Committed{revision, true, record->outcome, record->sealed};
    }
};

StateWriter::StateWriter(engine::Engine& engine, const Clock& clock, const security::Random& random,
                         ReplicaId self, OnCommit onCommit)
    : m_engine(engine), m_clock(clock), m_random(random), m_self(std::move(self)),
      m_onCommit(std::move(onCommit)) {}

Awaitable<Result<Committed>> StateWriter::write(Request request, std::string kind, std::string words,
                                                Prepare prepare) {
    const bool repeatable = !request.operationId.empty();
    const Attempt attempt{repeatable ? request.operationId : m_random.hex(16), std::move(kind),
                          std::move(words), m_random.hex(16)};
    if (const Status fine = checkId(attempt.id); !fine) {
        co_return fail(fine.error());
    }
    const Deadline deadline(m_clock, request.deadline);
    for (;;) {
        Result<Change> change = co_await prepare(deadline);
        if (!change) {
            // It may be refused because it was done already: a removed user is not found the second time.
            if (repeatable) {
                Result<std::optional<Committed>> before = co_await recorded(attempt, deadline);
                if (before && *before) {
                    co_return std::move(**before);
                }
            }
            co_return fail(change.error());
        }
        Result<std::optional<Committed>> done = co_await commit(attempt, *change, deadline);
        if (!done) {
            co_return fail(done.error());
        }
        if (*done) {
            if (m_onCommit) {
                m_onCommit((*done)->revision);
            }
            co_return std::move(**done);
        }
        if (deadline.passed()) {
            co_return fail(ErrorCode::conflict, "others keep changing the same records", "Try again");
        }
    }
}

engine::Transaction StateWriter::compose(const Attempt& attempt, Change change,
                                         std::int64_t outcomeLease) const {
    const std::string now = this->now();
    engine::Transaction transaction;
    transaction.compares = std::move(change.compares);
    transaction.compares.push_back(engine::Compare::absent(attempt.key()));
    transaction.then = std::move(change.operations);
    if (change.event) {
        change.event->at = now;
        change.event->observer = m_self.str();
        transaction.then.emplace_back(
            engine::Put{keys::of(keys::events, attempt.eventName), encode(*change.event)});
    }
    const OutcomeRecord record{attempt.kind, attempt.words, now, change.outcome, change.sealed};
    transaction.then.emplace_back(engine::Put{attempt.key(), encode(record), outcomeLease});
    transaction.otherwise.emplace_back(engine::Get{attempt.key(), {}});
    return transaction;
}

// nullopt: what the change relies on is no longer so.
Awaitable<Result<std::optional<Committed>>> StateWriter::commit(const Attempt& attempt, const Change& change,
                                                                const Deadline& deadline) {
    for (bool again = false;; again = true) {
        const Result<std::int64_t> outcomeLease = co_await lease(deadline);
        if (!outcomeLease) {
            co_return fail(outcomeLease.error());
        }
        const engine::Transaction transaction = compose(attempt, change, *outcomeLease);
        const Result<engine::TransactionResult> result = co_await send(transaction, deadline);
        if (!result && result.error().code == ErrorCode::notFound && !again) {
            // The lease has gone, with an engine that was restored, say; nothing was written.
            forgetLease(*outcomeLease);
            continue;
        }
        if (!result) {
            co_return fail(result.error());
        }
        if (result->succeeded) {
            co_return Committed{result->revision, false, change.outcome, change.sealed};
        }
        if (result->gets.empty() || result->gets.front().empty()) {
            co_return std::optional<Committed>();
        }
        Result<Committed> before = attempt.outcomeIn(result->gets.front().front(), result->revision);
        if (!before) {
            co_return fail(before.error());
        }
        co_return std::move(*before);
    }
}

// Sends it until an answer comes. Sending it again is harmless: it compares that its outcome is not recorded.
Awaitable<Result<engine::TransactionResult>> StateWriter::send(const engine::Transaction& transaction,
                                                               const Deadline& deadline) {
    bool unknown = false;
    for (;;) {
        Result<engine::TransactionResult> result =
            co_await m_engine.transact(transaction, upTo(attemptDeadline, deadline));
        const bool again = !result && (result.error().code == ErrorCode::timeout ||
                                       result.error().code == ErrorCode::unavailable);
        if (!again) {
            co_return result;
        }
        unknown = unknown || result.error().code == ErrorCode::timeout;
        if (deadline.remaining() <= pauseBetweenAttempts) {
            co_return fail(unknown ? unknownOutcome(result.error()) : result.error());
        }
        boost::asio::steady_timer pause(co_await boost::asio::this_coro::executor, pauseBetweenAttempts);
        co_await pause.async_wait(boost::asio::use_awaitable);
    }
}

Awaitable<Result<std::optional<Committed>>> StateWriter::recorded(const Attempt& attempt,
                                                                  const Deadline& deadline) {
    engine::Range range;
    range.key = attempt.key();
    const Result<engine::RangeResult> found = co_await m_engine.range(range, upTo(attemptDeadline, deadline));
    if (!found) {
        co_return fail(found.error());
    }
    if (found->entries.empty()) {
        co_return std::optional<Committed>();
    }
    Result<Committed> before = attempt.outcomeIn(found->entries.front(), found->revision);
    if (!before) {
        co_return fail(before.error());
    }
    co_return std::move(*before);
}

Awaitable<Result<std::int64_t>> StateWriter::lease(const Deadline& deadline) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_lease != 0 && m_clock.monotonic() < m_leaseUntil) {
            co_return m_lease;
        }
    }
    const MonotonicTime until = m_clock.monotonic() + leaseShared;
    const Result<std::int64_t> granted =
        co_await m_engine.grantLease(outcomeKept + leaseShared, upTo(attemptDeadline, deadline));
    if (!granted) {
        // A lease that was granted without our hearing of it holds nothing and goes by itself.
        co_return fail(granted.error().code == ErrorCode::timeout
                           ? Error{ErrorCode::unavailable, granted.error().message, granted.error().hint}
                           : granted.error());
    }
    const std::lock_guard lock(m_mutex);
    m_lease = *granted;
    m_leaseUntil = until;
    co_return m_lease;
}

void StateWriter::forgetLease(std::int64_t lease) {
    const std::lock_guard lock(m_mutex);
    if (m_lease == lease) {
        m_lease = 0;
    }
}

Awaitable<Result<engine::Entry>> readEntry(engine::Engine& engine, std::string key,
                                           const Deadline& deadline) {
    engine::Range range;
    range.key = key;
    Result<engine::RangeResult> found = co_await engine.range(range, upTo(attemptDeadline, deadline));
    if (!found) {
        co_return fail(found.error());
    }
    if (found->entries.empty()) {
        co_return fail(ErrorCode::notFound, "there is no record " + key);
    }
    co_return std::move(found->entries.front());
}

Awaitable<Result<std::vector<engine::Entry>>> readBelow(engine::Engine& engine, std::string_view prefix,
                                                        const Deadline& deadline) {
    engine::Range range;
    range.key = prefix;
    range.rangeEnd = engine::prefixEnd(std::string(prefix));
    range.limit = maxBelow;
    Result<engine::RangeResult> found = co_await engine.range(range, upTo(attemptDeadline, deadline));
    if (!found) {
        co_return fail(found.error());
    }
    if (found->more) {
        co_return fail(ErrorCode::exhausted, "there are more records below " + std::string(prefix) +
                                                 " than can be looked at at once");
    }
    co_return std::move(found->entries);
}

} // namespace pilothouse::state
