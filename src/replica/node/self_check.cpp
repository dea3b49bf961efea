// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/self_check.h"

#include "replica/http/url.h"
#include "replica/node/certificate_renewal.h"
#include "replica/node/host_facts.h"
#include "replica/node/path_probe.h"
#include "replica/node/sleep.h"
#include "replica/state/waiter.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>

#include <cmath>
#include <mutex>

namespace pilothouse::node {

using boost::asio::awaitable;

namespace {

constexpr Milliseconds probeDeadline{2000};
constexpr Milliseconds diskDeadline{2500};
constexpr Milliseconds wholeDeadline{2800};
constexpr std::chrono::seconds betweenLooks{60};

std::string authorityOf(const std::string& url) {
    const auto parsed = http::parseUrl(url);
    return parsed ? http::hostAndPort(parsed->host, parsed->port) : std::string();
}

double msSince(MonotonicTime start, const Clock& clock) {
    const std::chrono::duration<double, std::milli> took = clock.monotonic() - start;
    return std::round(took.count() * 100) / 100;
}

// Any answer will do: an unhealthy replica says 503 there.
awaitable<api::Reach> askPlain(http::Executor executor, std::string address) {
    const auto url = http::parseUrl("http://" + address);
    if (!url) {
        co_return api::Reach::unknown;
    }
    http::Client client(std::move(executor), http::Origin{url->host, url->port, {}, true, {}});
    http::ClientRequest request;
    request.target = "/_ping";
    const auto answer = co_await client.request(std::move(request), http::within(probeDeadline));
    co_return answer ? api::Reach::ok : reachOf(answer.error().how);
}

} // namespace

struct SelfCheck::Target {
    api::Member member;
    std::string port;
    std::string url;
};

// Shared with the parts, of which some may end after the asker has gone on.
struct SelfCheck::Round {
    std::mutex mutex; // guards what follows
    api::ReplicaChecks checks;
    std::size_t running = 0;
    std::shared_ptr<state::Waiter> waiter;

    template <typename Change>
    void write(Change change) {
        const std::lock_guard lock(mutex);
        change(checks);
    }
};

std::vector<SelfCheck::Target> SelfCheck::targets(const api::ClusterStatus& status) const {
    const auto state = m_uses.model.snapshot();
    std::vector<Target> targets;
    for (const api::Member& member : status.members) {
        if (member.id == status.self.id) {
            continue;
        }
        targets.push_back({member, "https", member.url});
        targets.push_back({member, "http", member.http_url});
        if (const auto* known = state->members.find(member.id)) {
            targets.push_back({member, "engine", known->record.peer_url});
        }
    }
    return targets;
}

void SelfCheck::spawn(const RoundPtr& round, awaitable<void> part) {
    {
        const std::lock_guard lock(round->mutex);
        ++round->running;
    }
    boost::asio::co_spawn(m_uses.executor, std::move(part), [round](const std::exception_ptr&) {
        const std::lock_guard lock(round->mutex);
        if (--round->running == 0) {
            round->waiter->wake();
        }
    });
}

awaitable<void> SelfCheck::connect(RoundPtr round) {
    std::vector<api::PathQuery> ways;
    round->write([&](const api::ReplicaChecks& checks) {
        for (const api::CheckedPort& port : checks.ports) {
            ways.push_back({port.replica, port.port, port.address});
        }
    });
    const auto answers = co_await probePaths(std::move(ways), probeDeadline);
    round->write([&](api::ReplicaChecks& checks) {
        for (std::size_t i = 0; i < answers.size() && i < checks.ports.size(); ++i) {
            checks.ports[i].connection = answers[i].reach;
            checks.ports[i].connect_ms = answers[i].ms;
        }
    });
}

awaitable<void> SelfCheck::ask(RoundPtr round, std::size_t index, Target target) {
    const auto start = m_uses.clock.monotonic();
    api::Reach reach = api::Reach::unknown;
    if (target.port == "https") {
        const auto answer = co_await m_uses.peers.askHeartbeat(target.member, probeDeadline);
        reach = answer.reach;
    } else if (target.port == "http") {
        const auto executor = co_await boost::asio::this_coro::executor;
        reach = co_await askPlain(executor, authorityOf(target.url));
    } else {
        reach = co_await m_uses.engines.ask(ReplicaId(target.member.id), target.url, probeDeadline);
    }
    const double ms = msSince(start, m_uses.clock);
    round->write([&](api::ReplicaChecks& checks) {
        checks.ports[index].answer = reach;
        if (reach == api::Reach::ok) {
            checks.ports[index].answer_ms = ms;
        }
    });
}

awaitable<void> SelfCheck::measureDisk(RoundPtr round) {
    struct Found {
        DiskProbe disk;
        std::optional<api::Certificate> authority; // of the engine's peers
    };
    const auto found = std::make_shared<Found>();
    std::function<Status()> work = [found, layout = m_uses.layout] {
        if (auto authority = readCertificate(layout.peerCa(), "engine-peer-ca")) {
            found->authority = std::move(*authority);
        }
        found->disk = probeDiskTypically(layout.root());
        return Status();
    };
    const Status done = co_await m_uses.disk.runWithin(diskDeadline, std::move(work));
    if (!done) {
        co_return; // a busy disk: what was last measured stays
    }
    round->write([&](api::ReplicaChecks& checks) {
        api::HostFacts& host = checks.status.self.host;
        host.disk_device = found->disk.device;
        host.disk_bytes = found->disk.bytes;
        host.disk_free_bytes = found->disk.freeBytes;
        host.disk_sync_ms = found->disk.syncMs;
        if (!found->disk.writable) {
            checks.disk_error = found->disk.error;
        }
        if (found->authority) {
            checks.certificates.push_back(std::move(*found->authority));
        }
    });
}

awaitable<void> SelfCheck::countBlobs(RoundPtr round) {
    const std::function<Result<state::RegistryTotals>(state::Projection&)> query =
        [](state::Projection& projection) { return projection.repositories().totals(); };
    const auto totals = co_await m_uses.model.read<state::RegistryTotals>(query);
    if (totals) {
        round->write([&](api::ReplicaChecks& checks) { checks.blob_bytes = totals->bytes; });
    }
}

awaitable<api::ReplicaChecks> SelfCheck::run() {
    const auto start = m_uses.clock.monotonic();
    const auto round = std::make_shared<Round>();
    round->waiter = std::make_shared<state::Waiter>(m_uses.executor);
    round->running = 1; // ours, until all are on their way
    auto& checks = round->checks;
    checks.status = m_uses.board.snapshot()->status;
    checks.open_files = openFileLimits().now;
    checks.disk_growth_bytes_per_day = m_growth.bytesPerDay();
    checks.certificates = checks.status.self.certificates;
    auto tried = targets(checks.status);
    for (const Target& target : tried) {
        api::CheckedPort port;
        port.replica = target.member.id;
        port.port = target.port;
        port.address = authorityOf(target.url);
        checks.ports.push_back(std::move(port));
    }
    spawn(round, connect(round));
    for (std::size_t i = 0; i < tried.size(); ++i) {
        spawn(round, ask(round, i, std::move(tried[i])));
    }
    spawn(round, measureDisk(round));
    spawn(round, countBlobs(round));
    bool over = false;
    {
        const std::lock_guard lock(round->mutex);
        over = --round->running == 0;
    }
    if (!over) {
        (void)co_await round->waiter->wait(wholeDeadline);
    }
    const std::lock_guard lock(round->mutex);
    round->checks.took_ms = static_cast<std::int64_t>(msSince(start, m_uses.clock));
    co_return round->checks;
}

awaitable<void> SelfCheck::watchingDisk() {
    for (;;) {
        const auto snapshot = m_uses.board.snapshot();
        if (const auto& host = snapshot->status.self.host; host.disk_bytes > 0) {
            m_growth.take(m_uses.clock.monotonic(), host.disk_free_bytes);
        }
        co_await sleepFor(betweenLooks);
    }
}

} // namespace pilothouse::node
