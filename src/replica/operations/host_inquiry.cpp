// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/host_inquiry.h"

#include "api/json.h"
#include "replica/http/url.h"
#include "replica/node/path_probe.h"
#include "replica/operations/ask_each.h"
#include "replica/operations/host_report_check.h"
#include "replica/operations/waiting_host.h"

#include <boost/describe/enum_to_string.hpp>

namespace pilothouse::operations {

using boost::asio::awaitable;

namespace {

constexpr Milliseconds inspectDeadline{8000}; // engine, disk and ways, one after the other
constexpr Milliseconds probeDeadline{1500};
constexpr Milliseconds answerDeadline{2500}; // of a member that probes

// "HOST:PORT" of an address; empty when it cannot be read.
std::string authorityOf(const std::string& url) {
    const auto parsed = http::parseUrl(url);
    return parsed ? http::hostAndPort(parsed->host, parsed->port) : std::string();
}

std::vector<api::PathQuery> waysTo(const std::string& name, const std::string& https, const std::string& http,
                                   const std::string& engine) {
    return {{name, "https", authorityOf(https)},
            {name, "http", authorityOf(http)},
            {name, "engine", authorityOf(engine)}};
}

void add(const std::vector<api::PathAnswer>& answers, const std::string& from, domain::HostFacts& facts) {
    for (const api::PathAnswer& answer : answers) {
        const std::string reach = boost::describe::enum_to_string(answer.reach, "unknown");
        facts.paths.push_back({from, answer.name, answer.port, reach});
    }
}

void take(const api::HostReport& report, domain::HostFacts& facts) {
    facts.answers = true;
    facts.name = report.name;
    facts.url = report.url;
    facts.loopback = http::isLoopback(report.url);
    facts.version = report.version;
    facts.featureLevel = report.feature_level;
    facts.engineVersion = report.engine_version;
    facts.machine = report.host.machine_id;
    facts.hostname = report.host.hostname;
    facts.cores = report.host.cores;
    facts.memoryBytes = report.host.memory_bytes;
    facts.openFiles = report.open_files;
    facts.diskFreeBytes = report.host.disk_free_bytes;
    facts.syncMs = report.host.disk_sync_ms;
}

awaitable<std::optional<std::vector<api::PathAnswer>>> askPaths(node::PeerClient& peers, api::Member member,
                                                                std::vector<api::PathQuery> ways) {
    http::ClientRequest request;
    request.method = "POST";
    request.target = "/api/v0/replica/paths";
    request.headers.set("Content-Type", "application/json");
    request.body = api::toJson(api::AskPaths{std::move(ways)});
    const auto answer = co_await peers.send(std::move(member), std::move(request), answerDeadline);
    auto report =
        answer ? api::fromJson<api::PathReport>(*answer) : Result<api::PathReport>(fail(answer.error()));
    if (!report) {
        co_return std::nullopt;
    }
    co_return std::move(report->paths);
}

} // namespace

std::vector<api::PathQuery> HostInquiry::waysTo(const api::Member& member) const {
    const auto* known = m_model.snapshot()->members.find(member.id);
    return operations::waysTo(member.name, member.url, member.http_url,
                              known != nullptr ? known->record.peer_url : std::string());
}

awaitable<std::map<std::string, HostInquiry::Paths>>
HostInquiry::tryFromMembers(const MemberViews& views, std::vector<api::PathQuery> ways) {
    const std::string self = views.own.self.id;
    const Asker<Paths> ask = [this, ways, self](api::Member member) -> awaitable<std::optional<Paths>> {
        if (member.id != self) {
            co_return co_await askPaths(m_peers, std::move(member), ways);
        }
        auto own = co_await node::probePaths(ways, probeDeadline);
        co_return std::move(own);
    };
    std::vector<api::Member> answering;
    for (const api::Member& member : views.own.members) {
        if (views.of(member.id) != nullptr) {
            answering.push_back(member);
        }
    }
    co_return co_await askEach<Paths>(std::move(answering), ask, answerDeadline);
}

awaitable<std::int64_t> HostInquiry::blobBytes() {
    const std::function<Result<state::RegistryTotals>(state::Projection&)> query =
        [](state::Projection& projection) { return projection.repositories().totals(); };
    const auto totals = co_await m_model.read<state::RegistryTotals>(query);
    co_return totals ? totals->bytes : 0;
}

awaitable<InquiredHost> HostInquiry::ask(const MemberViews& views, security::SetupCode code) {
    InquiredHost inquired;
    domain::HostFacts& facts = inquired.facts;
    facts.name = authorityOf(code.url);
    facts.url = code.url;
    facts.clusterFeatureLevel = views.own.cluster.feature_level;
    facts.blobBytes = co_await blobBytes();
    std::vector<api::PathQuery> ways;
    for (const api::Member& member : views.own.members) {
        if (views.of(member.id) == nullptr) {
            continue; // no way to it can be open, which says nothing of the host
        }
        const auto some = waysTo(member);
        ways.insert(ways.end(), some.begin(), some.end());
    }
    const std::string url = code.url;
    const std::vector<api::PathQuery> asked = ways;
    WaitingHost host(m_executor, std::move(code));
    auto report = co_await host.inspect(views.own.cluster.id, std::move(ways), inspectDeadline);
    const Status sane = report ? checkReport(*report, url, asked) : Status(fail(report.error()));
    if (!sane) {
        facts.whyNot = shortened(sane.error().text());
        co_return inquired;
    }
    facts.clockAhead = std::chrono::duration_cast<Milliseconds>(*parseRfc3339(report->at) - m_clock.wall());
    take(*report, facts);
    add(report->paths, report->name, facts);
    auto back = operations::waysTo(report->name, report->url, report->http_url, report->peer_url);
    const auto fromMembers = co_await tryFromMembers(views, std::move(back));
    for (const auto& [id, answers] : fromMembers) {
        add(answers, views.nameOf(id), facts);
    }
    inquired.report = std::move(*report);
    co_return inquired;
}

} // namespace pilothouse::operations
