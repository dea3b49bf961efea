// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/check_service.h"

#include "domain/diagnosis.h"
#include "replica/operations/ask_each.h"
#include "replica/operations/check_facts.h"
#include "replica/operations/conversion.h"

#include <algorithm>

namespace pilothouse::operations {

using boost::asio::awaitable;

namespace {

constexpr Milliseconds memberDeadline{3800}; // it takes 3 s itself when something hangs there
constexpr Milliseconds connectDeadline{1500};

awaitable<std::optional<HeardChecks>> askOther(node::PeerClient& peers, api::Member member) {
    const std::string id = member.id;
    http::ClientRequest request;
    request.target = "/api/v0/replica/checks";
    request.connect = connectDeadline;
    const auto body = co_await peers.send(std::move(member), std::move(request), memberDeadline);
    HeardChecks heard;
    if (!body) {
        heard.tooOld =
            body.error().how == http::ConnectFailure::none && body.error().code == ErrorCode::notFound;
        co_return heard.tooOld ? std::optional(std::move(heard)) : std::nullopt;
    }
    auto checks = api::fromJson<api::ReplicaChecks>(*body);
    if (!checks || checks->status.self.id != id) {
        co_return std::nullopt;
    }
    heard.checks = std::move(*checks);
    co_return heard;
}

api::ClusterCheck answerOf(const domain::ClusterCheckFacts& facts, const std::string& only) {
    api::ClusterCheck answer;
    const auto findings = domain::checkCluster(facts, only);
    answer.findings = toApi(findings);
    for (const domain::Cause& cause : domain::diagnose(facts, findings, only)) {
        answer.causes.push_back({std::string(nameOf(cause.cause)), cause.names, cause.numbers, cause.detail});
    }
    for (const domain::CheckedReplica& replica : facts.replicas) {
        if (replica.reports) {
            answer.answered.push_back(replica.name);
        }
    }
    if (!only.empty()) {
        answer.replica = only;
    }
    return answer;
}

} // namespace

awaitable<Result<api::ClusterCheck>> CheckService::check(api::AskCheck wanted) {
    const auto snapshot = m_board.snapshot();
    const api::ClusterStatus& own = snapshot->status;
    std::string only;
    if (wanted.replica) {
        const auto found = std::find_if(own.members.begin(), own.members.end(),
                                        [&](const api::Member& each) { return each.id == *wanted.replica; });
        if (found == own.members.end()) {
            co_return fail(ErrorCode::notFound,
                           "there is no replica " + *wanted.replica + " in this cluster");
        }
        only = found->name;
    }
    const auto start = m_clock.monotonic();
    const std::string self = own.self.id;
    const Asker<HeardChecks> ask = [this, self](api::Member member) -> awaitable<std::optional<HeardChecks>> {
        if (member.id != self) {
            co_return co_await askOther(m_peers, std::move(member));
        }
        HeardChecks mine;
        mine.checks = co_await m_self.run();
        co_return mine;
    };
    const auto heard = co_await askEach<HeardChecks>(own.members, ask, memberDeadline + Milliseconds(500));
    api::ClusterCheck answer = answerOf(checkFactsOf(own, heard, m_clock.wall()), only);
    answer.at = toRfc3339(m_clock.wall());
    answer.cluster = own.cluster.name;
    answer.checked_by = own.self.name;
    answer.took_ms = std::chrono::duration_cast<Milliseconds>(m_clock.monotonic() - start).count();
    co_return answer;
}

} // namespace pilothouse::operations
