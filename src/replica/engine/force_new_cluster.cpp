// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/force_new_cluster.h"

#include "replica/engine/engine_run.h"
#include "replica/engine/write_ahead_log.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace pilothouse::engine {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds lookEvery = 50ms;
constexpr Milliseconds longestCall = 2s;

Error notYet(std::string how) {
    return {ErrorCode::unavailable, std::move(how), {}};
}

// Of all members but this one; a voter among them will go by itself, in a moment. etcd leaves learners that
// its last snapshot names (issue 20893, before 3.5.25 and 3.6.6).
Awaitable<Status> removeLearners(Engine& engine, std::uint64_t self) {
    const auto members = co_await engine.members(longestCall);
    if (!members) {
        co_return fail(members.error());
    }
    bool alone = true;
    for (const EngineMember& member : *members) {
        if (member.id == self) {
            continue;
        }
        alone = false;
        if (member.learner) {
            const Status removed = co_await engine.removeMember(member.id, longestCall);
            if (!removed) {
                co_return fail(removed.error());
            }
        }
    }
    co_return alone ? Status() : fail(notYet("it still has other members"));
}

// Success: it leads, answers, and is alone.
Awaitable<Status> leadsAlone(Engine& engine) {
    const auto status = co_await engine.status(longestCall);
    if (!status) {
        co_return fail(status.error());
    }
    if (status->leaderId == 0 || status->leaderId != status->memberId || status->learner) {
        co_return fail(notYet("it does not lead"));
    }
    // All that is committed is applied after it, the going of the others too.
    const auto barrier = co_await engine.barrier(longestCall);
    if (!barrier) {
        co_return fail(barrier.error());
    }
    co_return co_await removeLearners(engine, status->memberId);
}

Awaitable<Status> waitUntilItLeads(Engine& engine, const EngineEnd& ending, Milliseconds atMost) {
    const auto end = systemClock().monotonic() + atMost;
    for (;;) {
        const Status leads = co_await leadsAlone(engine);
        if (leads) {
            co_return leads;
        }
        if (auto why = ending.why()) {
            co_return fail(std::move(*why));
        }
        if (systemClock().monotonic() >= end) {
            co_return fail(ErrorCode::timeout,
                           "the engine does not lead a cluster of its own after " +
                               std::to_string(atMost.count() / 1000) + " s: " + leads.error().message,
                           "Try again and give it more time; nothing is lost by that");
        }
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, lookEvery);
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
}

} // namespace

Status forceNewCluster(const EtcdOptions& options, const EngineAddress& address, Milliseconds atMost,
                       const Logger& log) {
    EtcdOptions forced = options;
    forced.forceNewCluster = true;
    log.warning("the engine is made the only member of its cluster by force");
    const auto work = [atMost](Engine& engine, const EngineEnd& ended) {
        return waitUntilItLeads(engine, ended, atMost);
    };
    const Status leads = runEngineFor(work, forced, address, log);
    if (!leads) {
        return leads;
    }
    // It was alone when all of it was written. One that was killed while it stopped may not have written down
    // that the others are gone, and would wait for them forever.
    auto committed = commitAll(options.dataDir);
    if (committed) {
        log.info("the engine is the only member of its cluster");
    }
    return committed;
}

} // namespace pilothouse::engine
