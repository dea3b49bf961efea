// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/step_performer.h"

#include "api/admin.h"
#include "api/json.h"
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
    co_return co_await askMembers(m_board, m_peers, askDeadline);
}

awaitable<StepOutcome> StepPerformer::perform(StepKind step, const state::OperationRecord& record,
                                              state::MembershipService::Guard guard) {
    const Operation& operation = record.operation;
    switch (step) {
    case StepKind::check:
        if (record.host) {
            co_return co_await m_join.check(record);
        }
        co_return co_await check(operation);
    case StepKind::drain:
        co_return co_await setDraining(operation, true);
    case StepKind::finishRequests:
        co_return co_await finishRequests(operation);
    case StepKind::handOver:
        co_return co_await handOver(operation);
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
        co_return co_await m_join.admit(record, std::move(guard));
    case StepKind::catchUp:
        co_return co_await m_join.catchUp(record);
    case StepKind::promote:
        co_return co_await m_join.promote(record, std::move(guard));
    case StepKind::takePart:
        break;
    }
    co_return co_await m_join.takePart(record);
}

awaitable<StepOutcome> StepPerformer::undo(StepKind step, const state::OperationRecord& record,
                                           state::MembershipService::Guard guard) {
    if (step == StepKind::completeCopies || step == StepKind::promote) {
        const auto cleared = co_await m_membership.setNext(std::nullopt, std::move(guard), orderDeadline);
        if (!cleared) {
            co_return changeWaits(cleared.error());
        }
        co_return Done{};
    }
    if (step == StepKind::drain && !record.was_draining) {
        co_return co_await setDraining(record.operation, false);
    }
    if (step == StepKind::admit) {
        co_return co_await m_join.undoAdmit(record, std::move(guard));
    }
    co_return Done{};
}

awaitable<StepOutcome> StepPerformer::check(const Operation& operation) {
    const auto kind = domain::operationKindOf(operation.kind);
    const MemberViews now = co_await views();
    if (!kind || now.member(operation.replica) == nullptr) {
        co_return notKnownYet(operation.name);
    }
    const auto* subject = now.of(operation.replica);
    Checked checked{domain::planRemoval(*kind, factsOf(now, std::nullopt), ReplicaId(operation.replica)),
                    subject != nullptr && subject->draining};
    co_return checked;
}

awaitable<StepOutcome> StepPerformer::setDraining(const Operation& operation, bool draining) {
    const auto snapshot = m_board.snapshot();
    if (operation.replica == snapshot->status.self.id) {
        const Status changed = co_await m_drain.change(draining);
        if (!changed) {
            co_return trouble(changed.error());
        }
        co_return Done{};
    }
    const MemberViews known{snapshot->status, {}};
    const api::Member* member = known.member(operation.replica);
    if (member == nullptr) {
        co_return Done{}; // it has left
    }
    http::ClientRequest request;
    request.method = "PUT";
    request.target = "/api/v0/replica/drain";
    request.headers.set("Content-Type", "application/json");
    request.body = api::toJson(api::Drain{draining});
    const auto sent = co_await m_peers.send(*member, std::move(request), orderDeadline);
    if (!sent) {
        const Waits silent{WaitReason::noAnswer, {operation.name}, {}, sent.error().message};
        co_return silent;
    }
    co_return Done{};
}

awaitable<StepOutcome> StepPerformer::finishRequests(const Operation& operation) {
    const MemberViews now = co_await views();
    const auto* subject = now.of(operation.replica);
    if (subject == nullptr) {
        const Waits silent{WaitReason::noAnswer, {operation.name}};
        co_return silent;
    }
    if (subject->traffic.requests_running > 0) {
        const Waits running{WaitReason::requests, {operation.name}, {subject->traffic.requests_running}};
        co_return running;
    }
    co_return Done{};
}

// Who carries an operation out leads: so it is this replica itself that is to be removed, or nobody hands
// over.
awaitable<StepOutcome> StepPerformer::handOver(const Operation& operation) {
    const auto& leader = m_board.snapshot()->status.self.consensus.leader;
    if (!leader) {
        const Waits election{WaitReason::noLeader};
        co_return election;
    }
    if (*leader != operation.replica) {
        co_return Done{};
    }
    const Status handed = co_await m_leadership.handOver(orderDeadline);
    if (!handed) {
        co_return trouble(handed.error());
    }
    const Waits election{WaitReason::noLeader}; // the new leader finds this step done
    co_return election;
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
        (void)co_await m_membership.setNext(std::nullopt, guard, orderDeadline);
        co_return copiesUpTo(before, left, Revision(std::numeric_limits<std::int64_t>::max()));
    }
    const Result<Revision> since = co_await m_membership.setNext(left, guard, orderDeadline);
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
        co_await m_membership.remove(ReplicaId(operation.replica), std::move(removal), memberDeadline);
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
    const auto answer = co_await m_peers.askHeartbeat(member, askDeadline);
    if (answer.reach == api::Reach::ok) {
        const Waits stopping{WaitReason::stopping, {member.name}};
        co_return stopping;
    }
    co_return Done{};
}

// What the voters before agreed on may be on one of those that are left only.
awaitable<StepOutcome> StepPerformer::repairCopies(const Operation& operation,
                                                   const state::MembershipService::Guard& guard) {
    const Result<Revision> since = co_await m_membership.setNext(std::nullopt, guard, orderDeadline);
    if (!since) {
        co_return changeWaits(since.error());
    }
    const MemberViews now = co_await views();
    co_return copiesUpTo(now, now.voters(operation.replica), *since);
}

} // namespace pilothouse::operations
