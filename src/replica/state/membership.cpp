// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/membership.h"

#include "replica/state/former_members.h"
#include "replica/state/keys.h"
#include "replica/state/turn.h"

#include <algorithm>
#include <utility>

namespace pilothouse::state {

using engine::Awaitable;
using engine::Compare;

namespace {

// Longer than any verb and than the engine's own time-out of 7 s: when the lock goes, nothing is under way
// any more.
constexpr std::chrono::seconds lockLifetime{30};

// It passes by itself: whoever asks may wait for it.
tl::unexpected<Error> beingChanged(const std::string& owner) {
    return fail(ErrorCode::unavailable, "the membership is being changed by replica " + owner,
                "Try again in half a minute");
}

Error otherOperation() {
    return {ErrorCode::unavailable, "the cluster is being changed by an operation",
            "Wait until it has ended"};
}

} // namespace

MembershipService::MembershipService(StateWriter& writer, Logger logger)
    : m_writer(writer), m_logger(std::move(logger)),
      m_lockValue(writer.self().str() + "/" + writer.random().hex(8)) {}

Awaitable<Result<MembershipSituation>> MembershipService::look(const Deadline& deadline) {
    const engine::Transaction reads = MembershipSituation::reads();
    const Result<engine::TransactionResult> answer =
        co_await m_writer.engine().transact(reads, deadline.remaining());
    if (!answer) {
        co_return fail(answer.error());
    }
    co_return MembershipSituation::from(*answer);
}

Awaitable<Result<MembershipRecord>>
MembershipService::addLearner(MemberRecord member, std::optional<Guard> guard, Milliseconds deadline) {
    const Deadline until(m_writer.clock(), std::min(deadline, longestDeadline));
    member.engine_member.clear();
    const MembershipChange change{ChangeKind::add, member.id};
    Wanted wanted{change, std::move(member), std::move(guard)};
    co_return co_await this->change(std::move(wanted), until);
}

Awaitable<Result<MembershipRecord>> MembershipService::promote(ReplicaId replica, Revision prepared,
                                                               std::optional<Guard> guard,
                                                               Milliseconds deadline) {
    const Deadline until(m_writer.clock(), std::min(deadline, longestDeadline));
    Wanted wanted{{ChangeKind::promote, replica.str()}, std::nullopt, std::move(guard), prepared, true};
    co_return co_await change(std::move(wanted), until);
}

Awaitable<Result<MembershipRecord>> MembershipService::remove(ReplicaId replica, Removal removal,
                                                              Milliseconds deadline) {
    const Deadline until(m_writer.clock(), std::min(deadline, longestDeadline));
    Wanted wanted{{ChangeKind::remove, replica.str()},
                  std::nullopt,
                  std::move(removal.guard),
                  removal.prepared,
                  !removal.dead};
    co_return co_await change(std::move(wanted), until);
}

Awaitable<Result<std::optional<MembershipService::Guard>>>
MembershipService::joinGuard(std::string replica, Milliseconds deadline) {
    const Deadline until(m_writer.clock(), std::min(deadline, longestDeadline));
    const std::string key(keys::operation);
    const Result<engine::Entry> entry = co_await readEntry(m_writer.engine(), key, until);
    if (!entry) {
        co_return entry.error().code == ErrorCode::notFound ? Result<std::optional<Guard>>(std::nullopt)
                                                            : fail(entry.error());
    }
    const Result<OperationRecord> record = decode<OperationRecord>(entry->value);
    if (!record) {
        co_return fail(record.error());
    }
    if (!record->host || record->host->id != replica) {
        co_return fail(otherOperation());
    }
    if (!record->cancelled_by.empty()) { // also while it is being taken back
        co_return fail(ErrorCode::conflict, "the joining of this replica was cancelled");
    }
    co_return Guard{key, entry->modified};
}

Awaitable<Result<Revision>> MembershipService::setNext(std::optional<std::vector<std::string>> voters,
                                                       std::optional<Guard> guard, Milliseconds deadline) {
    const Deadline limit(m_writer.clock(), std::min(deadline, longestDeadline));
    Revision since; // when it is so already
    StateWriter::Prepare prepare = [&](const Deadline& until) -> Awaitable<Result<Change>> {
        const Result<MembershipSituation> situation = co_await look(until);
        if (!situation) {
            co_return fail(situation.error());
        }
        if (situation->record.phase == Phase::changing || !situation->lock.empty()) {
            co_return beingChanged(situation->record.owner);
        }
        if (situation->record.next == voters) {
            since = situation->modified;
            co_return fail(ErrorCode::conflict, "it is so already");
        }
        MembershipRecord record = situation->record;
        record.next = voters;
        ++record.generation;
        Change change;
        change.compares = situation->compares();
        change.operations.emplace_back(engine::Put{std::string(keys::membership), encode(record)});
        if (const Status held = co_await hold(guard, change, until); !held) {
            co_return fail(held.error());
        }
        co_return change;
    };
    Request request;
    request.deadline = limit.remaining();
    const Result<Committed> committed =
        co_await m_writer.write(std::move(request), "membership-next", "", std::move(prepare));
    if (since != Revision()) {
        co_return since;
    }
    if (!committed) {
        co_return fail(committed.error());
    }
    co_return committed->revision;
}

Awaitable<Result<MembershipRecord>> MembershipService::change(Wanted wanted, const Deadline& deadline) {
    const Turn turn(m_busy);
    if (!turn.mine()) {
        co_return beingChanged(m_writer.self().str());
    }
    Result<MembershipSituation> situation = co_await look(deadline);
    if (!situation) {
        co_return fail(situation.error());
    }
    if (situation->record.phase == Phase::changing) {
        const Result<MembershipRecord> settled = co_await settle(deadline);
        if (!settled) {
            co_return fail(settled.error());
        }
        situation = co_await look(deadline);
        if (!situation) {
            co_return fail(situation.error());
        }
    }
    const auto& [kind, replica] = wanted.change;
    const bool isMember = situation->isMember(replica);
    const bool done = (kind == ChangeKind::add && isMember) ||
                      (kind == ChangeKind::promote && situation->votes(replica)) ||
                      (kind == ChangeKind::remove && !isMember);
    if (done) {
        co_return situation->record;
    }
    if (const Status begun = co_await begin(wanted, deadline); !begun) {
        co_return fail(begun.error());
    }
    const MemberRecord* member = situation->member(replica);
    const std::string peerUrl = wanted.added ? wanted.added->peer_url : std::string();
    const std::string engineMember = member != nullptr ? member->engine_member : std::string();
    const Status changed = co_await changeEngine(
        wanted.change, peerUrl, engineMember.empty() ? 0 : std::stoull(engineMember), deadline);
    if (!changed && changed.error().code == ErrorCode::timeout) {
        // It may still happen. The lock stays until that is over; then reconcile() finds out.
        co_return failIn("it is not known yet whether the membership was changed", changed.error());
    }
    Result<MembershipRecord> settled = co_await settle(deadline);
    if (!changed) {
        co_return fail(changed.error());
    }
    co_return settled;
}

Awaitable<Status> MembershipService::begin(const Wanted& wanted, const Deadline& deadline) {
    const Result<std::int64_t> lease =
        co_await m_writer.engine().grantLease(lockLifetime, deadline.remaining());
    if (!lease) {
        co_return fail(lease.error());
    }
    Request request;
    request.deadline = deadline.remaining();
    StateWriter::Prepare prepare = [&](const Deadline& until) { return prepareBegin(wanted, *lease, until); };
    const Result<Committed> committed = co_await m_writer.write(std::move(request), "membership-begin",
                                                                wanted.change.replica, std::move(prepare));
    if (!committed) {
        co_return fail(committed.error());
    }
    co_return Status();
}

namespace {

Status mayBegin(const MembershipSituation& situation, const MembershipChange& wanted) {
    const MembershipRecord& record = situation.record;
    if (record.phase == Phase::changing || !situation.lock.empty()) {
        return beingChanged(record.owner);
    }
    if (wanted.kind == ChangeKind::add && !record.learners.empty()) {
        return fail(ErrorCode::conflict, "replica " + record.learners.front() + " is still joining",
                    "Wait until it votes, or remove it");
    }
    if (wanted.kind == ChangeKind::promote &&
        (situation.votes(wanted.replica) || !situation.isMember(wanted.replica))) {
        return fail(ErrorCode::notFound, "replica " + wanted.replica + " is not joining");
    }
    if (wanted.kind == ChangeKind::remove && record.voters == std::vector<std::string>{wanted.replica}) {
        return fail(ErrorCode::conflict, "the last voter cannot be removed");
    }
    return {};
}

} // namespace

Awaitable<Status> MembershipService::hold(const std::optional<Guard>& guard, Change& change,
                                          const Deadline& deadline) {
    const std::string key = guard ? guard->key : std::string(keys::operation);
    const Result<engine::Entry> entry = co_await readEntry(m_writer.engine(), key, deadline);
    if (!entry && entry.error().code != ErrorCode::notFound) {
        co_return fail(entry.error());
    }
    if (!guard) {
        change.compares.push_back(Compare::absent(key));
        co_return entry ? Status(fail(otherOperation())) : Status();
    }
    change.compares.push_back(Compare::unchanged(key, guard->modified));
    if (!entry || entry->modified != guard->modified) {
        co_return fail(ErrorCode::conflict, "what the change was made for has been changed itself");
    }
    co_return Status();
}

Awaitable<Result<Change>> MembershipService::prepareBegin(const Wanted& wanted, std::int64_t lease,
                                                          const Deadline& deadline) {
    const Result<MembershipSituation> situation = co_await look(deadline);
    if (!situation) {
        co_return fail(situation.error());
    }
    if (const Status may = mayBegin(*situation, wanted.change); !may) {
        co_return fail(may.error());
    }
    // A voter that is dead has no copies to be made up for; a learner's do not count until it is promoted.
    const bool votes = wanted.change.kind == ChangeKind::promote || situation->votes(wanted.change.replica);
    if (wanted.counts && votes && situation->modified != wanted.prepared) {
        co_return fail(ErrorCode::unavailable, "the membership has changed since it was prepared for this",
                       "Try again");
    }
    MembershipRecord next = situation->record;
    next.phase = Phase::changing;
    next.owner = m_writer.self().str();
    next.change = wanted.change;
    Change change;
    change.compares = situation->compares();
    change.operations.emplace_back(engine::Put{std::string(keys::membership), encode(next)});
    change.operations.emplace_back(engine::Put{std::string(keys::membershipLock), m_lockValue, lease});
    if (wanted.added) {
        // Whoever takes a join back takes its token away first.
        const std::string token = keys::of(keys::joinTokens, wanted.added->id);
        const Result<engine::Entry> entry = co_await readEntry(m_writer.engine(), token, deadline);
        if (!entry) {
            co_return entry.error().code == ErrorCode::notFound
                ? fail(ErrorCode::unauthorized, "the join of " + wanted.added->name + " was taken back",
                       "Make a new join token")
                : fail(entry.error());
        }
        change.compares.push_back(Compare::present(token));
        const std::string key = keys::of(keys::members, wanted.added->id);
        change.compares.push_back(Compare::absent(key));
        change.operations.emplace_back(engine::Put{key, encode(*wanted.added)});
        if (const Status dropped = co_await dropFormer(m_writer.engine(), wanted.added->url, change, deadline); !dropped) {
            co_return fail(dropped.error());
        }
    }
    if (const Status held = co_await hold(wanted.guard, change, deadline); !held) {
        co_return fail(held.error());
    }
    co_return change;
}

Awaitable<Status> MembershipService::changeEngine(const MembershipChange& wanted, const std::string& peerUrl,
                                                  std::uint64_t engineMember, const Deadline& deadline) {
    engine::Engine& engine = m_writer.engine();
    if (wanted.kind == ChangeKind::add) {
        const Result<engine::EngineMember> added = co_await engine.addLearner(peerUrl, deadline.remaining());
        if (!added) {
            co_return fail(added.error());
        }
        co_return Status();
    }
    if (engineMember == 0) {
        co_return fail(ErrorCode::unavailable,
                       "the engine's id of replica " + wanted.replica + " is not known yet",
                       "Try again in a few seconds");
    }
    if (wanted.kind == ChangeKind::promote) {
        co_return co_await engine.promote(engineMember, deadline.remaining());
    }
    co_return co_await engine.removeMember(engineMember, deadline.remaining());
}

Awaitable<Result<MembershipRecord>> MembershipService::reconcile(Milliseconds deadline) {
    const Deadline until(m_writer.clock(), std::min(deadline, longestDeadline));
    const Turn turn(m_busy);
    if (!turn.mine()) {
        co_return beingChanged(m_writer.self().str());
    }
    const Result<MembershipSituation> situation = co_await look(until);
    if (!situation) {
        co_return fail(situation.error());
    }
    if (situation->lock == m_lockValue) {
        co_return beingChanged(m_writer.self().str()); // an engine's answer never came: it may still happen
    }
    if (const Status may = mayTouch(*situation); !may) {
        co_return fail(may.error());
    }
    const Result<MembershipMirror> mirrored = co_await mirror(*situation, until);
    if (!mirrored) {
        co_return fail(mirrored.error());
    }
    for (const engine::EngineMember& stranger : mirrored->strangers) {
        m_logger.error("the engine has a member that the cluster's state does not name",
                       {{"engine_member", std::to_string(stranger.id)}, {"name", stranger.name}});
    }
    if (situation->agreesWith(*mirrored)) {
        co_return situation->record;
    }
    m_logger.info("the membership record is brought in line with the engine");
    co_return co_await settle(until);
}

Status MembershipService::mayTouch(const MembershipSituation& situation) const {
    const std::string& lock = situation.lock;
    const bool ours = lock == m_lockValue || lock.starts_with(m_writer.self().str() + "/");
    if (lock.empty() || ours) {
        return {};
    }
    return beingChanged(situation.record.owner);
}

// The record was read before the list is: a change that begins in between makes the transaction fail.
Awaitable<Result<MembershipMirror>> MembershipService::mirror(const MembershipSituation& situation,
                                                              const Deadline& deadline) {
    // The engine answers the list from its own copy: the barrier makes that copy current.
    const Result<Revision> current = co_await m_writer.engine().barrier(deadline.remaining());
    if (!current) {
        co_return fail(current.error());
    }
    const Result<std::vector<engine::EngineMember>> list =
        co_await m_writer.engine().members(deadline.remaining());
    if (!list) {
        co_return fail(list.error());
    }
    co_return mirrorMembership(*list, situation.members);
}

Awaitable<Result<MembershipRecord>> MembershipService::settle(const Deadline& deadline) {
    StateWriter::Prepare prepare = [&](const Deadline& until) -> Awaitable<Result<Change>> {
        const Result<MembershipSituation> situation = co_await look(until);
        if (!situation) {
            co_return fail(situation.error());
        }
        if (const Status may = mayTouch(*situation); !may) {
            co_return fail(may.error());
        }
        const Result<MembershipMirror> mirrored = co_await mirror(*situation, until);
        if (!mirrored) {
            co_return fail(mirrored.error());
        }
        co_return settleMembership(*situation, *mirrored, m_writer.self(), m_writer.now());
    };
    Request request;
    request.deadline = deadline.remaining();
    const Result<Committed> committed =
        co_await m_writer.write(std::move(request), "membership-settle", "", std::move(prepare));
    if (!committed) {
        co_return fail(committed.error());
    }
    co_return decode<MembershipRecord>(committed->outcome);
}

} // namespace pilothouse::state
