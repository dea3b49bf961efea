// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/restart_steps.h"

#include "api/admin.h"
#include "api/json.h"
#include "domain/plan_findings.h"
#include "domain/quorum.h"
#include "replica/operations/waits.h"

#include <algorithm>

namespace pilothouse::operations {

using boost::asio::awaitable;
using domain::WaitReason;

namespace {

constexpr Milliseconds askDeadline{1000};
constexpr Milliseconds orderDeadline{5000};

const state::RestartRecord* find(const state::OperationRecord& record, const std::string& replica) {
    if (!record.restarts) {
        return nullptr;
    }
    const auto found = std::find_if(record.restarts->begin(), record.restarts->end(),
                                    [&](const auto& each) { return each.replica == replica; });
    return found != record.restarts->end() ? &*found : nullptr;
}

} // namespace

std::vector<state::RestartRecord> restartsOf(const MemberViews& views) {
    std::vector<state::RestartRecord> restarts;
    for (const api::Member& member : views.own.members) {
        if (const auto* status = views.of(member.id); status != nullptr && status->instance) {
            restarts.push_back({member.id, *status->instance, status->draining});
        }
    }
    return restarts;
}

std::optional<Waits> othersWait(const domain::ChangeFacts& facts, const std::string& replica) {
    const domain::Voters voters = domain::votersIn(facts);
    const int size = static_cast<int>(voters.size());
    const auto others = [&](bool well) {
        return [&replica, well](const domain::MemberFacts& each) {
            return each.id.str() != replica && each.well == well;
        };
    };
    if (domain::toleranceOf(size) == 0 || count(voters, others(true)) >= domain::quorumOf(size)) {
        return std::nullopt;
    }
    return Waits{WaitReason::unwell, names(voters, others(false))};
}

awaitable<MemberViews> RestartSteps::views() {
    co_return co_await askMembers(m_uses.board, m_uses.peers, askDeadline);
}

awaitable<StepOutcome> RestartSteps::restart(const state::OperationRecord& record, Subject subject) {
    const state::RestartRecord* before = find(record, subject.replica);
    if (before == nullptr) { // it did not answer when all was checked, and yet nothing spoke against it
        const Waits unknown{WaitReason::noAnswer, {subject.name}};
        co_return unknown;
    }
    const std::string& operation = record.operation.id;
    const MemberViews now = co_await views();
    const auto* status = now.of(subject.replica);
    if (status == nullptr) {
        const bool told = m_ordered == operation + subject.replica;
        const Waits silent{told ? WaitReason::restarting : WaitReason::noAnswer, {subject.name}};
        co_return silent;
    }
    if (!status->instance) { // as restarted, and older than before
        co_return trouble({ErrorCode::conflict,
                           subject.name + " runs a version now that is too old to go on with this",
                           "Install the one of before there and restart it, or cancel"});
    }
    if (*status->instance != before->instance) {
        co_return co_await takesPart(now, *before, subject);
    }
    if (auto others = othersWait(factsOf(now, std::nullopt), subject.replica)) {
        co_return std::move(*others);
    }
    co_return co_await order(operation, subject, before->instance);
}

// Who carries an operation out leads: when that is the one to be restarted, another goes on with it.
awaitable<StepOutcome> RestartSteps::order(const std::string& operation, Subject subject,
                                           std::string instance) {
    const auto snapshot = m_uses.board.snapshot();
    const MemberViews known{snapshot->status, {}};
    const Waits restarting{WaitReason::restarting, {subject.name}};
    if (subject.replica == snapshot->status.self.id) {
        if (known.voters(subject.replica).empty()) {
            m_uses.restartSelf();
            co_return restarting;
        }
        const Status handed = co_await m_uses.leadership.handOver(orderDeadline);
        if (!handed) {
            co_return trouble(handed.error());
        }
        const Waits election{WaitReason::noLeader};
        co_return election;
    }
    const api::Member* member = known.member(subject.replica);
    if (member == nullptr) {
        co_return notKnownYet(subject.name);
    }
    http::ClientRequest request;
    request.method = "POST";
    request.target = "/api/v0/replica/restart";
    request.headers.set("Content-Type", "application/json");
    request.body = api::toJson(api::Restart{std::move(instance)});
    const auto sent = co_await m_uses.peers.send(*member, std::move(request), orderDeadline);
    if (!sent) {
        co_return trouble(sent.error());
    }
    m_ordered = operation + subject.replica;
    co_return restarting;
}

awaitable<StepOutcome> RestartSteps::takesPart(const MemberViews& views, const state::RestartRecord& before,
                                               Subject subject) {
    const auto* status = views.of(subject.replica);
    if (status->draining && !before.was_draining) {
        StepOutcome back = co_await m_uses.pool.setDraining(subject, false);
        if (!std::holds_alternative<Done>(back)) {
            co_return back;
        }
        const Waits starting{WaitReason::restarting, {subject.name}};
        co_return starting; // until it says so itself
    }
    const bool drainsAsBefore = before.was_draining && status->health.code == api::Unhealthy::draining;
    // One that drains says so before it says that it has no majority.
    if (!status->consensus.quorum || status->health.code == api::Unhealthy::starting ||
        status->health.code == api::Unhealthy::engine_down) {
        const Waits starting{WaitReason::restarting, {subject.name}};
        co_return starting;
    }
    if (!status->health.healthy && !drainsAsBefore) {
        const Waits unwell{WaitReason::unwell, {subject.name}, {}, status->health.reason};
        co_return unwell;
    }
    if (!status->blobs) { // the next one must not go while it is not known what this one has
        const Waits counting{WaitReason::unknown, {subject.name}};
        co_return counting;
    }
    co_return Done{};
}

awaitable<StepOutcome> RestartSteps::undoRestart(Subject subject) {
    const MemberViews now = co_await views();
    if (now.of(subject.replica) == nullptr && now.member(subject.replica) != nullptr) {
        const Waits silent{WaitReason::noAnswer, {subject.name}};
        co_return silent;
    }
    co_return Done{};
}

} // namespace pilothouse::operations
