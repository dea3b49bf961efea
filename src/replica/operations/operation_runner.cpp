// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/operation_runner.h"

#include "api/events.h"
#include "replica/node/sleep.h"
#include "replica/state/keys.h"

#include <algorithm>
#include <numeric>

namespace pilothouse::operations {

using boost::asio::awaitable;
using domain::OperationPhase;
using domain::StepState;
using state::Deadline;

namespace {

constexpr Milliseconds lookEvery{100};
constexpr Milliseconds betweenTries{50};
constexpr Milliseconds stateDeadline{2000};
constexpr Milliseconds toldAfter{500};  // a wait that is over sooner is not worth a write
constexpr Milliseconds toldEvery{1000}; // numbers that change

std::int64_t sum(const std::vector<std::int64_t>& numbers) {
    return std::accumulate(numbers.begin(), numbers.end(), std::int64_t{0});
}

bool isIn(const std::vector<std::string>& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool isMember(const state::MembershipRecord& membership, const std::string& replica) {
    return isIn(membership.voters, replica) || isIn(membership.learners, replica);
}

bool changesTheMembers(const api::Operation& operation) {
    const auto kind = domain::operationKindOf(operation.kind);
    return kind && changesMembers(*kind);
}

// Its present step, which one of that version goes on with.
bool isOfNewerVersion(const api::Operation& operation) {
    return !presentKind(operation) && presentStep(operation) != nullptr;
}

state::EventRecord endedEvent(const api::Operation& operation, const std::string& observer) {
    state::EventRecord event;
    event.kind = api::event::operationEnded;
    event.at = operation.ended_at.value_or("");
    event.observer = observer;
    event.subject = operation.replica;
    event.subject_name = operation.name;
    event.message =
        "The operation \"" + operation.kind + " " + operation.name + "\" ended: " + operation.phase;
    return event;
}

} // namespace

awaitable<void> OperationRunner::run() {
    for (;;) {
        if (!m_running() || !m_leads()) {
            m_wait.reset();
            co_await node::sleepFor(lookEvery);
            continue;
        }
        auto held = co_await load();
        Pace pace = Pace::later;
        if (held) {
            pace = co_await goOn(*held);
        }
        if (pace == Pace::later) {
            co_await node::sleepFor(betweenTries);
        }
    }
}

awaitable<std::optional<OperationRunner::Held>> OperationRunner::load() {
    const Deadline deadline(m_writer.clock(), stateDeadline);
    const auto entry =
        co_await state::readEntry(m_writer.engine(), std::string(state::keys::operation), deadline);
    if (!entry) {
        co_return std::nullopt; // it has ended, or there is no quorum now
    }
    auto record = state::decode<state::OperationRecord>(entry->value);
    if (!record) {
        m_log.error("the running operation cannot be read: " + record.error().text());
        co_return std::nullopt;
    }
    co_return Held{std::move(*record), entry->modified};
}

awaitable<OperationRunner::Pace> OperationRunner::goOn(Held& held) {
    api::Operation& operation = held.record.operation;
    if (operation.owner != self()) {
        if (!operation.owner.empty()) {
            note(operation, m_writer.now(), self(), "taken_over");
        }
        operation.owner = self();
        beginStep(operation, self(), m_writer.now());
        m_log.info("carries out the operation",
                   {{"operation", operation.id}, {"kind", operation.kind}, {"replica", operation.name}});
        co_return co_await store(held);
    }
    if (operation.phase == nameOf(OperationPhase::undoing)) {
        if (isOfNewerVersion(operation)) {
            co_return Pace::later;
        }
        co_return co_await undo(held);
    }
    if (!held.record.cancelled_by.empty()) {
        co_return co_await cancelOrNot(held);
    }
    if (isOfNewerVersion(operation)) {
        co_return Pace::later;
    }
    co_return co_await forward(held);
}

// nullopt: not known now, or about to change.
awaitable<std::optional<state::MembershipRecord>> OperationRunner::settledMembership() {
    const Deadline deadline(m_writer.clock(), stateDeadline);
    const auto entry =
        co_await state::readEntry(m_writer.engine(), std::string(state::keys::membership), deadline);
    auto membership = entry ? state::decode<state::MembershipRecord>(entry->value)
                            : Result<state::MembershipRecord>(fail(entry.error()));
    if (!membership || membership->phase == state::Phase::changing) {
        co_return std::nullopt;
    }
    co_return std::move(*membership);
}

// nullopt: not known now.
awaitable<std::optional<bool>> OperationRunner::hasNewName(const api::Operation& operation) {
    const Deadline deadline(m_writer.clock(), stateDeadline);
    const auto entry = co_await state::readEntry(
        m_writer.engine(), state::keys::of(state::keys::members, operation.replica), deadline);
    const auto member = entry ? state::decode<state::MemberRecord>(entry->value)
                              : Result<state::MemberRecord>(fail(entry.error()));
    if (!member) {
        co_return std::nullopt;
    }
    co_return member->name == operation.new_name;
}

// Whether the cluster is as the operation wants to have it; nullopt: not known now, or about to change.
awaitable<std::optional<bool>> OperationRunner::isCommitted(const state::OperationRecord& record) {
    const auto kind = domain::operationKindOf(record.operation.kind);
    if (kind == domain::OperationKind::makeLeader) {
        co_return self() == record.operation.replica; // whoever carries it out leads
    }
    if (kind == domain::OperationKind::rename) {
        co_return co_await hasNewName(record.operation);
    }
    const bool ofNobody =
        !record.host && record.operation.replica.empty(); // as one of a newer version may be
    if (ofNobody || (kind && !changesMembers(*kind))) {
        co_return false;
    }
    const auto membership = co_await settledMembership();
    if (!membership) {
        co_return std::nullopt;
    }
    if (record.host) {
        co_return isIn(membership->voters, record.host->id);
    }
    co_return !isMember(*membership, record.operation.replica);
}

// That may have happened just before its record could say so.
awaitable<OperationRunner::Pace> OperationRunner::cancelOrNot(Held& held) {
    const std::optional<bool> committed = co_await isCommitted(held.record);
    if (!committed) {
        co_return Pace::later;
    }
    if (!*committed && !held.record.operation.committed) {
        beginUndo(held.record, m_writer.now());
    } else {
        note(held.record.operation, m_writer.now(), held.record.cancelled_by, "cancelled_too_late");
        held.record.cancelled_by.clear();
    }
    co_return co_await store(held);
}

awaitable<OperationRunner::Pace> OperationRunner::undo(Held& held) {
    const auto kind = presentKind(held.record.operation);
    if (!kind) {
        co_return co_await finish(held, OperationPhase::cancelled);
    }
    state::MembershipService::Guard guard{std::string(state::keys::operation), held.modified};
    const StepOutcome outcome = co_await m_performer.undo(*kind, held.record, std::move(guard));
    if (const auto* why = std::get_if<Waits>(&outcome)) {
        co_return co_await waits(held, *why);
    }
    StepState how = canBeUndone(*kind) ? StepState::undone : StepState::skipped;
    if (*kind == domain::StepKind::removeMember) { // it may have happened just before
        const auto membership = co_await settledMembership();
        if (!membership) {
            co_return Pace::later;
        }
        how = isMember(*membership, held.record.operation.replica) ? StepState::undone : StepState::done;
    }
    endStep(held.record.operation, how, self(), m_writer.now());
    co_return co_await store(held);
}

awaitable<OperationRunner::Pace> OperationRunner::forward(Held& held) {
    const auto kind = presentKind(held.record.operation);
    if (!kind) {
        co_return co_await finish(held, OperationPhase::done);
    }
    if (*kind == domain::StepKind::check && changesTheMembers(held.record.operation)) {
        const std::optional<bool> committed = co_await isCommitted(held.record);
        if (committed && *committed) { // it left while this was asked for
            co_return co_await finish(held, OperationPhase::refused);
        }
    }
    state::MembershipService::Guard guard{std::string(state::keys::operation), held.modified};
    const StepOutcome outcome = co_await m_performer.perform(*kind, held.record, std::move(guard));
    if (const auto* why = std::get_if<Waits>(&outcome)) {
        co_return co_await waits(held, *why);
    }
    if (const auto* checked = std::get_if<Checked>(&outcome)) {
        co_return co_await took(held, *checked);
    }
    endStep(held.record.operation, StepState::done, self(), m_writer.now());
    if (presentStep(held.record.operation) == nullptr) {
        co_return co_await finish(held, OperationPhase::done);
    }
    co_return co_await store(held);
}

// All checks once more, at the moment of the change.
awaitable<OperationRunner::Pace> OperationRunner::took(Held& held, const Checked& checked) {
    api::Operation& operation = held.record.operation;
    takePlan(operation, checked.plan);
    held.record.was_draining = checked.draining;
    held.record.restarts = checked.restarts;
    const domain::Consent consent{operation.reason.value_or(""), operation.typed_name.value_or("")};
    if (!objections(checked.plan.findings, operation.name, consent).empty()) {
        co_return co_await finish(held, OperationPhase::refused);
    }
    endStep(operation, StepState::done, self(), m_writer.now());
    co_return co_await store(held);
}

awaitable<OperationRunner::Pace> OperationRunner::waits(Held& held, const Waits& why) {
    api::Operation& operation = held.record.operation;
    const auto kind = presentKind(operation);
    const MonotonicTime now = m_writer.clock().monotonic();
    const std::string step(kind ? nameOf(*kind) : "");
    const std::string which = operation.phase + step + presentSubject(operation).replica;
    if (!m_wait || m_wait->step != which) {
        m_wait = Wait{which, why, now, now, m_writer.now(), std::nullopt, {}};
    }
    const bool other = m_wait->why.reason != why.reason;
    if (other || sum(why.numbers) < sum(m_wait->why.numbers)) {
        m_wait->moved = now;
    }
    const bool changed = !(m_wait->toldWhy == why);
    m_wait->why = why;
    const bool undoing = operation.phase == nameOf(OperationPhase::undoing);
    // What is to be told to come back into the pool may be starting.
    const bool maybeStarting = undoing && operation.kind == nameOf(domain::OperationKind::rollingRestart);
    const bool overdue =
        kind && now - m_wait->moved > limitOf(maybeStarting ? domain::StepKind::restart : *kind);
    // A replica that is out of the group finds out by itself; and one that is gone is not put back into the
    // pool.
    const bool gone = undoing && (kind == domain::StepKind::drain || kind == domain::StepKind::undrain ||
                                  kind == domain::StepKind::restart);
    if (overdue && (gone || kind == domain::StepKind::stopReplica)) {
        endStep(operation, StepState::skipped, self(), m_writer.now());
        co_return co_await store(held);
    }
    const bool toBeTold =
        now - m_wait->since > toldAfter &&
        (!m_wait->told || changed || overdue != (operation.waiting && operation.waiting->overdue)) &&
        (!m_wait->told || other || now - *m_wait->told > toldEvery);
    if (!toBeTold) {
        co_return Pace::later;
    }
    if (!m_wait->told || m_wait->toldWhy.reason != why.reason) {
        const auto* present = presentStep(operation);
        note(operation, m_writer.now(), self(), "waits", step, std::string(nameOf(why.reason)),
             present != nullptr ? present->name : std::nullopt);
    }
    m_wait->told = now;
    m_wait->toldWhy = why;
    setWaiting(operation, why, overdue, m_wait->sinceWall);
    (void)co_await store(held);
    co_return Pace::later;
}

// When somebody else has changed it meanwhile, it is looked at anew.
awaitable<OperationRunner::Pace> OperationRunner::store(Held& held) {
    engine::Transaction transaction;
    const std::string key(state::keys::operation);
    transaction.compares = {engine::Compare::unchanged(key, held.modified)};
    transaction.then = {engine::Put{key, state::encode(held.record)}};
    const auto stored = co_await m_writer.engine().transact(std::move(transaction), stateDeadline);
    co_return stored && stored->succeeded ? Pace::atOnce : Pace::later;
}

awaitable<OperationRunner::Pace> OperationRunner::finish(Held& held, OperationPhase how) {
    api::Operation& operation = held.record.operation;
    end(operation, how, self(), m_writer.now());
    const Deadline deadline(m_writer.clock(), stateDeadline);
    const auto past = co_await state::readBelow(m_writer.engine(), state::keys::operations, deadline);
    engine::Transaction transaction;
    const std::string key(state::keys::operation);
    transaction.compares = {engine::Compare::unchanged(key, held.modified)};
    transaction.then = {
        engine::Delete{key, {}},
        engine::Put{state::keys::of(state::keys::operations, operation.id), state::encode(held.record)},
        engine::Put{state::keys::of(state::keys::events, "operation-ended." + operation.id),
                    state::encode(endedEvent(operation, self()))}};
    for (std::size_t i = 0; past && i + keptOperations <= past->size(); ++i) { // the oldest first
        transaction.then.emplace_back(engine::Delete{(*past)[i].key, {}});
    }
    const auto stored = co_await m_writer.engine().transact(std::move(transaction), stateDeadline);
    if (!stored || !stored->succeeded) {
        co_return Pace::later;
    }
    m_log.info("the operation has ended", {{"operation", operation.id}, {"how", operation.phase}});
    m_wait.reset();
    // Until this replica knows that it is gone.
    co_await node::sleepFor(betweenTries);
    co_return Pace::later;
}

} // namespace pilothouse::operations
