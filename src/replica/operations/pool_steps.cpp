// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/pool_steps.h"

#include "api/admin.h"
#include "api/json.h"
#include "replica/operations/waits.h"

namespace pilothouse::operations {

using boost::asio::awaitable;
using domain::WaitReason;

namespace {

constexpr Milliseconds askDeadline{1000};
constexpr Milliseconds orderDeadline{5000};
// Three health checks, two seconds apart, as the README has them.
constexpr Milliseconds balancerTime{6000};

} // namespace

awaitable<StepOutcome> PoolSteps::setDraining(Subject subject, bool draining) {
    const auto snapshot = m_board.snapshot();
    if (subject.replica == snapshot->status.self.id) {
        const Status changed = co_await m_drain.change(draining);
        if (!changed) {
            co_return trouble(changed.error());
        }
        co_return Done{};
    }
    const MemberViews known{snapshot->status, {}};
    const api::Member* member = known.member(subject.replica);
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
        const Waits silent{WaitReason::noAnswer, {subject.name}, {}, sent.error().message};
        co_return silent;
    }
    co_return Done{};
}

std::optional<Waits> PoolSteps::balancerWaits(const std::string& operation, const Subject& subject,
                                              const MemberViews& views) {
    if (!views.own.cluster.external_url) {
        return std::nullopt;
    }
    const MonotonicTime now = m_clock.monotonic();
    if (!m_drained || m_drained->operation != operation || m_drained->replica != subject.replica) {
        m_drained = Drained{operation, subject.replica, now};
    }
    const auto left = std::chrono::ceil<std::chrono::seconds>(m_drained->since + balancerTime - now);
    return left.count() > 0 ? std::optional(Waits{WaitReason::balancer, {subject.name}, {left.count()}})
                            : std::nullopt;
}

awaitable<StepOutcome> PoolSteps::finishRequests(const std::string& operation, Subject subject) {
    const MemberViews now = co_await askMembers(m_board, m_peers, askDeadline);
    const auto* status = now.of(subject.replica);
    if (status == nullptr) {
        const Waits silent{WaitReason::noAnswer, {subject.name}};
        co_return silent;
    }
    if (auto balancer = balancerWaits(operation, subject, now)) {
        co_return std::move(*balancer);
    }
    if (status->traffic.requests_running > 0) {
        const Waits running{WaitReason::requests, {subject.name}, {status->traffic.requests_running}};
        co_return running;
    }
    co_return Done{};
}

} // namespace pilothouse::operations
