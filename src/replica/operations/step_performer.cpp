// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/step_performer.h"

#include "domain/quorum.h"
#include "replica/operations/waits.h"

#include <algorithm>
#include <limits>

namespace pilothouse::operations {

using boost::asio::awaitable;
using domain::StepKind;
using domain::WaitReason;

namespace {

constexpr Milliseconds askDeadline{1000};
constexpr Milliseconds orderDeadline{5000};
constexpr Milliseconds memberDeadline{12'000};

// Before the operation began.
bool wasDraining(const state::OperationRecord& record, const Subject& subject) {
    if (!record.restarts) {
        return record.was_draining;
    }
    return std::any_of(record.restarts->begin(), record.restarts->end(), [&](const auto& each) {
        return each.replica == subject.replica && each.was_draining;
    });
}

} // namespace

StepOutcome copiesUpTo(const MemberViews& views, const std::vector<std::string>& voters, Revision since) {
    Waits silent{WaitReason::unknown};
    Waits behind{WaitReason::copies};
    std::int64_t most = 0;
    int complete = 0;
    for (const std::string& voter : voters) {
        const auto* status = views.of(voter);
        if (status == nullptr || !status->blobs) {
            silent.names.push_back(views.nameOf(voter));
        } else if (status->blobs->complete_up_to >= since.value()) {
            ++complete;
        } else {
            behind.names.push_back(views.nameOf(voter));
            most = std::max(most, status->blobs->missing);
        }
    }
    if (complete >= domain::quorumOf(static_cast<int>(voters.size()))) {
        return Done{};
    }
    behind.numbers = {most};
    return behind.names.empty() ? silent : behind;
}

awaitable<MemberViews> StepPerformer::views() {
    co_return co_await askMembers(m_uses.board, m_uses.peers, askDeadline);
}

awaitable<StepOutcome> StepPerformer::perform(StepKind step, const state::OperationRecord& record,
                                              state::MembershipService::Guard guard) {
    const Operation& operation = record.operation;
    const Subject subject = presentSubject(operation);
    switch (step) {
    case StepKind::check:
        if (record.host) {
            co_return co_await m_uses.join.check(record);
        }
        co_return co_await check(operation);
    case StepKind::drain:
        co_return co_await m_uses.pool.setDraining(subject, true);
    case StepKind::undrain:
        co_return co_await m_uses.pool.setDraining(subject, false);
    case StepKind::finishRequests:
        co_return co_await m_uses.pool.finishRequests(operation.id, subject);
    case StepKind::restart:
        co_return co_await m_uses.restart.restart(record, subject);
    case StepKind::handOver:
        co_return co_await handOver(subject);
    case StepKind::makeLeader:
        co_return co_await makeLeader(subject);
    case StepKind::rename:
        co_return co_await rename(operation, std::move(guard));
    case StepKind::completeCopies: {
        std::optional<Revision> prepared;
        co_return co_await completeCopies(operation, guard, prepared);
    }
    case StepKind::removeMember:
        co_return co_await removeMember(operation, std::move(guard));
    case StepKind::stopReplica:
        co_return co_await stopReplica(record);
    case StepKind::repairCopies:
        co_return co_await repairCopies(operation, guard);
    case StepKind::admit:
        co_return co_await m_uses.join.admit(record, std::move(guard));
    case StepKind::catchUp:
        co_return co_await m_uses.join.catchUp(record);
    case StepKind::promote:
        co_return co_await m_uses.join.promote(record, std::move(guard));
    case StepKind::takePart:
        break;
    }
    const Subject newcomer = record.host ? Subject{record.host->id, record.host->name} : subject;
    co_return co_await m_uses.join.takePart(newcomer);
}

awaitable<StepOutcome> StepPerformer::undo(StepKind step, const state::OperationRecord& record,
                                           state::MembershipService::Guard guard) {
    if (step == StepKind::completeCopies || step == StepKind::promote) {
        const auto cleared =
            co_await m_uses.membership.setNext(std::nullopt, std::move(guard), orderDeadline);
        if (!cleared) {
            co_return changeWaits(cleared.error());
        }
        co_return Done{};
    }
    const Subject subject = presentSubject(record.operation);
    if ((step == StepKind::drain || step == StepKind::undrain) &&
        wasDraining(record, subject) == (step == StepKind::undrain)) {
        co_return co_await m_uses.pool.setDraining(subject, step == StepKind::undrain);
    }
    if (step == StepKind::restart) {
        co_return co_await m_uses.restart.undoRestart(subject);
    }
    if (step == StepKind::admit) {
        co_return co_await m_uses.join.undoAdmit(record, std::move(guard));
    }
    co_return Done{};
}

awaitable<StepOutcome> StepPerformer::check(const Operation& operation) {
    const auto kind = domain::operationKindOf(operation.kind);
    const MemberViews now = co_await views();
    if (!kind || (!operation.replica.empty() && now.member(operation.replica) == nullptr)) {
        co_return notKnownYet(operation.name);
    }
    const auto* subject = now.of(operation.replica);
    const domain::ChangeRequest request{*kind, ReplicaId(operation.replica), operation.new_name.value_or("")};
    Checked checked{domain::planChange(request, factsOf(now, std::nullopt)),
                    subject != nullptr && subject->draining};
    if (*kind == domain::OperationKind::rollingRestart) {
        checked.restarts = restartsOf(now);
    }
    co_return checked;
}

// Who carries an operation out leads: so it is this replica itself that is to be removed, or nobody hands
// over.
awaitable<StepOutcome> StepPerformer::handOver(Subject subject) {
    const std::optional<std::string> leader = m_uses.board.snapshot()->status.self.consensus.leader;
    if (!leader) {
        const Waits election{WaitReason::noLeader};
        co_return election;
    }
    if (*leader != subject.replica) {
        co_return Done{};
    }
    const Status handed = co_await m_uses.leadership.handOver(orderDeadline);
    if (!handed) {
        co_return trouble(handed.error());
    }
    const Waits election{WaitReason::noLeader}; // the new leader finds this step done
    co_return election;
}

awaitable<StepOutcome> StepPerformer::makeLeader(Subject subject) {
    const std::optional<std::string> leader = m_uses.board.snapshot()->status.self.consensus.leader;
    if (leader == subject.replica) {
        co_return Done{};
    }
    const Status made = co_await m_uses.leadership.makeLeader(ReplicaId(subject.replica), orderDeadline);
    if (!made) {
        co_return trouble(made.error());
    }
    const Waits election{WaitReason::noLeader}; // the new leader finds this step done
    co_return election;
}

awaitable<StepOutcome> StepPerformer::rename(const Operation& operation,
                                             state::MembershipService::Guard guard) {
    const ReplicaId replica(operation.replica);
    const std::string name = operation.new_name.value_or("");
    const Status renamed = co_await m_uses.cluster.rename(replica, name, std::move(guard), orderDeadline);
    if (!renamed) {
        co_return trouble(renamed.error());
    }
    co_return Done{};
}

awaitable<StepOutcome> StepPerformer::completeCopies(const Operation& operation,
                                                     const state::MembershipService::Guard& guard,
                                                     std::optional<Revision>& prepared) {
    const MemberViews before = co_await views();
    const api::Member* member = before.member(operation.replica);
    if (member == nullptr || !member->voting) {
        co_return Done{}; // its copies do not count
    }
    const std::vector<std::string> left = before.voters(operation.replica);
    const auto answer = std::count_if(left.begin(), left.end(),
                                      [&](const std::string& voter) { return before.of(voter) != nullptr; });
    if (answer < domain::quorumOf(static_cast<int>(left.size()))) {
        // No push would be acknowledged until they are back.
        (void)co_await m_uses.membership.setNext(std::nullopt, guard, orderDeadline);
        co_return copiesUpTo(before, left, Revision(std::numeric_limits<std::int64_t>::max()));
    }
    const Result<Revision> since = co_await m_uses.membership.setNext(left, guard, orderDeadline);
    if (!since) {
        co_return changeWaits(since.error());
    }
    prepared = *since;
    const MemberViews now = co_await views();
    co_return copiesUpTo(now, left, *since);
}

awaitable<StepOutcome> StepPerformer::removeMember(const Operation& operation,
                                                   state::MembershipService::Guard guard) {
    state::MembershipService::Removal removal{.guard = guard};
    removal.dead = operation.kind != nameOf(domain::OperationKind::remove);
    if (!removal.dead) {
        // Once more: somebody may have changed the membership since.
        StepOutcome copies = co_await completeCopies(operation, guard, removal.prepared);
        if (!std::holds_alternative<Done>(copies)) {
            co_return copies;
        }
    }
    const auto removed =
        co_await m_uses.membership.remove(ReplicaId(operation.replica), std::move(removal), memberDeadline);
    if (!removed) {
        co_return changeWaits(removed.error());
    }
    co_return Done{};
}

// Its engine tells it that it is removed, and it stops by itself.
awaitable<StepOutcome> StepPerformer::stopReplica(const state::OperationRecord& record) {
    api::Member member; // of the cluster no more
    member.id = record.operation.replica;
    member.name = record.operation.name;
    member.url = record.url;
    const auto answer = co_await m_uses.peers.askHeartbeat(member, askDeadline);
    if (answer.reach == api::Reach::ok) {
        const Waits stopping{WaitReason::stopping, {member.name}};
        co_return stopping;
    }
    co_return Done{};
}

// What the voters before agreed on may be on one of those that are left only.
awaitable<StepOutcome> StepPerformer::repairCopies(const Operation& operation,
                                                   const state::MembershipService::Guard& guard) {
    const Result<Revision> since = co_await m_uses.membership.setNext(std::nullopt, guard, orderDeadline);
    if (!since) {
        co_return changeWaits(since.error());
    }
    const MemberViews now = co_await views();
    co_return copiesUpTo(now, now.voters(operation.replica), *since);
}

} // namespace pilothouse::operations
