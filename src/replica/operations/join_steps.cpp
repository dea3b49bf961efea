// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/join_steps.h"

#include "domain/quorum.h"
#include "replica/node/sleep.h"
#include "replica/operations/host_report_check.h"
#include "replica/operations/promotion.h"
#include "replica/operations/step_performer.h"
#include "replica/operations/waiting_host.h"
#include "replica/operations/waits.h"

#include <algorithm>
#include <limits>

namespace pilothouse::operations {

using boost::asio::awaitable;
using domain::WaitReason;
using state::OperationRecord;

namespace {

constexpr Milliseconds askDeadline{1000};
constexpr Milliseconds hostDeadline{3000};
constexpr Milliseconds orderDeadline{5000};
constexpr Milliseconds memberDeadline{12'000};
constexpr Milliseconds betweenAsks{150};     // of a host that is being set up
constexpr int strangersInARow = 10;          // answers of another certificate, before that is believed
constexpr std::int64_t tokenLifetime = 3600; // s; a cancelled operation takes it back at once

Result<security::SetupCode> codeIn(const OperationRecord& record, const security::SealedBox& box) {
    if (!record.host) {
        return fail(ErrorCode::corrupt, "the operation's record does not name a host");
    }
    const auto code = box.open(record.host->sealed_code, sealContextOf(record.operation.id));
    return code ? security::parseSetupCode(*code) : fail(code.error());
}

// While it still fetches what it lacks; nothing: it has all but what is being pushed.
std::optional<Waits> fetching(const MemberViews& views, const state::JoiningHostRecord& host) {
    const auto* status = views.of(host.id);
    if (status == nullptr) {
        return Waits{WaitReason::noAnswer, {host.name}};
    }
    if (!status->blobs) {
        return Waits{WaitReason::catchingUp, {host.name}};
    }
    if (!almostComplete(*status->blobs)) {
        return Waits{
            WaitReason::catchingUp, {host.name}, {status->blobs->missing, status->blobs->missing_bytes}};
    }
    return std::nullopt;
}

bool isListed(const node::StatusBoard& board, const std::string& replica) {
    const MemberViews known{board.snapshot()->status, {}};
    return known.member(replica) != nullptr;
}

// Some never pass: the host waits for something else by now.
Waits notAdmitted(const std::string& name, const Error& error) {
    if (error.code == ErrorCode::unavailable || error.code == ErrorCode::timeout) {
        return {WaitReason::noAnswer, {name}};
    }
    const bool forGood = error.code == ErrorCode::unauthorized || error.code == ErrorCode::forbidden;
    return {WaitReason::trouble,
            {name},
            {},
            shortened(error.message) +
                (forGood ? ". Cancel this, and join it with the code that it shows now" : "")};
}

} // namespace

std::string sealContextOf(const std::string& operationId) {
    return "setup code of " + operationId;
}

awaitable<MemberViews> JoinSteps::views() {
    co_return co_await askMembers(m_uses.board, m_uses.peers, askDeadline);
}

awaitable<StepOutcome> JoinSteps::check(const OperationRecord& record) {
    auto code = codeIn(record, m_uses.box);
    if (!code) {
        co_return trouble(code.error());
    }
    const MemberViews now = co_await views();
    const InquiredHost host = co_await m_uses.inquiry.ask(now, std::move(*code));
    const domain::ChangeFacts facts = factsOf(now, std::nullopt);
    const ReplicaId replica(record.operation.replica);
    const ReplicaId hostId(record.host->id);
    if (record.operation.kind == nameOf(domain::OperationKind::join)) {
        Checked joining{domain::planJoin(facts, host.facts, hostId)};
        co_return joining;
    }
    if (find(facts, replica) == nullptr) {
        co_return notKnownYet(record.operation.name);
    }
    Checked checked{domain::planReplacement(facts, host.facts, replica, hostId)};
    co_return checked;
}

// The same one every time, since the host's keys use it up.
awaitable<Result<std::string>> JoinSteps::tokenFor(const OperationRecord& record,
                                                   state::MembershipService::Guard guard) {
    const api::Operation& operation = record.operation;
    if (m_token && m_token->operation == operation.id) {
        co_return m_token->line;
    }
    state::Request request;
    request.operationId = operation.id + "-token";
    request.actor = operation.started_by;
    request.deadline = orderDeadline;
    api::CreateJoinToken wanted{.name = record.host->name,
                                .url = record.host->url,
                                .http_url = record.host->http_url,
                                .peer_url = record.host->peer_url,
                                .lifetime_s = tokenLifetime,
                                .operation_id = request.operationId};
    node::Joining::Purpose purpose{record.host->id, std::move(guard)};
    const auto token =
        co_await m_uses.joining.createToken(std::move(request), std::move(wanted), std::move(purpose));
    if (!token) {
        co_return fail(token.error());
    }
    m_token = Token{operation.id, token->token, {}, 0};
    co_return token->token;
}

awaitable<StepOutcome> JoinSteps::admit(const OperationRecord& record,
                                        state::MembershipService::Guard guard) {
    const std::string name = record.host->name;
    const MemberViews known{m_uses.board.snapshot()->status, {}};
    const api::Member* member = known.member(record.host->id);
    if (member != nullptr) {
        const auto answer = co_await m_uses.peers.askHeartbeat(*member, askDeadline);
        if (answer.reach == api::Reach::ok) {
            co_return Done{};
        }
    }
    auto code = codeIn(record, m_uses.box);
    if (!code) {
        co_return trouble(code.error());
    }
    const auto token = co_await tokenFor(record, std::move(guard));
    if (!token) {
        co_return trouble(token.error());
    }
    WaitingHost host(m_uses.executor, std::move(*code));
    const auto state = co_await host.admit(*token, hostDeadline);
    co_await node::sleepFor(betweenAsks);
    const bool stranger = !state && state.error().code == ErrorCode::unauthorized;
    m_token->strangers = stranger ? m_token->strangers + 1 : 0;
    // As a replica it shows the cluster's certificate, a moment before its heartbeat is heard.
    if (stranger && (m_token->strangers < strangersInARow || isListed(m_uses.board, record.host->id))) {
        const Waits starting{WaitReason::joining, {name}};
        co_return starting;
    }
    if (!state) {
        co_return notAdmitted(name, state.error());
    }
    if (state->phase == "failed") { // told once: asked again, it tries again
        m_token->failure = shortened(state->error);
    }
    Waits waits{WaitReason::joining, {name}};
    if (!m_token->failure.empty()) {
        waits = {WaitReason::trouble, {name}, {}, m_token->failure};
    }
    co_return waits;
}

awaitable<StepOutcome> JoinSteps::catchUp(const OperationRecord& record) {
    const MemberViews now = co_await views();
    if (auto waits = fetching(now, *record.host)) {
        co_return std::move(*waits);
    }
    co_return Done{};
}

// From when the next voters are set, no push is acknowledged without a majority of them: so only when they
// answer, and have all but what is being pushed.
awaitable<StepOutcome> JoinSteps::promote(const OperationRecord& record,
                                          state::MembershipService::Guard guard) {
    const std::string replica = record.host->id;
    const MemberViews before = co_await views();
    const api::Member* member = before.member(replica);
    if (member != nullptr && member->voting) {
        co_return Done{};
    }
    std::vector<std::string> voters = before.voters();
    voters.push_back(replica);
    std::sort(voters.begin(), voters.end());
    const auto answer = std::count_if(voters.begin(), voters.end(),
                                      [&](const std::string& voter) { return before.of(voter) != nullptr; });
    auto waits = fetching(before, *record.host);
    if (waits || answer < domain::quorumOf(static_cast<int>(voters.size()))) {
        (void)co_await m_uses.membership.setNext(std::nullopt, guard, orderDeadline);
        co_return waits ? StepOutcome(std::move(*waits))
                        : copiesUpTo(before, voters, Revision(std::numeric_limits<std::int64_t>::max()));
    }
    const Result<Revision> since = co_await m_uses.membership.setNext(voters, guard, orderDeadline);
    if (!since) {
        co_return changeWaits(since.error());
    }
    const MemberViews now = co_await views();
    for (const auto& group : {voters, std::vector<std::string>{replica}}) {
        StepOutcome copies = copiesUpTo(now, group, *since);
        if (!std::holds_alternative<Done>(copies)) {
            co_return copies;
        }
    }
    const auto promoted =
        co_await m_uses.membership.promote(ReplicaId(replica), *since, std::move(guard), memberDeadline);
    if (!promoted) {
        co_return changeWaits(promoted.error());
    }
    co_return Done{};
}

awaitable<StepOutcome> JoinSteps::takePart(Subject subject) {
    const MemberViews now = co_await views();
    const auto* status = now.of(subject.replica);
    if (status == nullptr) {
        const Waits silent{WaitReason::noAnswer, {subject.name}};
        co_return silent;
    }
    if (!status->health.healthy) {
        const Waits unwell{WaitReason::unwell, {subject.name}, {}, status->health.reason};
        co_return unwell;
    }
    co_return Done{};
}

awaitable<StepOutcome> JoinSteps::undoAdmit(const OperationRecord& record,
                                            state::MembershipService::Guard guard) {
    const Status revoked = co_await m_uses.tokens.revoke(record.host->id, orderDeadline);
    if (!revoked) {
        co_return trouble(revoked.error());
    }
    m_token.reset();
    state::MembershipService::Removal removal{.guard = std::move(guard)};
    const auto removed =
        co_await m_uses.membership.remove(ReplicaId(record.host->id), std::move(removal), memberDeadline);
    if (!removed) {
        co_return changeWaits(removed.error());
    }
    co_return Done{};
}

} // namespace pilothouse::operations
