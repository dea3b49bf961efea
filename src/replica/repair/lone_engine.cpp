// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/repair/lone_engine.h"

#include "replica/engine/etcd_process.h"
#include "replica/node/sleep.h"
#include "replica/repair/new_epoch.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <mutex>
#include <optional>

namespace pilothouse::repair {
namespace {

constexpr Milliseconds lookEvery{50};
constexpr Milliseconds longestCall{5000};
constexpr Milliseconds toStop{10'000};

// Why the engine does not stay up; told on its supervisor's thread.
class Ending {
public:
    void set(const Error& why) {
        const std::lock_guard lock(m_mutex);
        m_why = why;
    }
    [[nodiscard]] std::optional<Error> why() const {
        const std::lock_guard lock(m_mutex);
        return m_why;
    }

private:
    mutable std::mutex m_mutex;
    std::optional<Error> m_why;
};

engine::Awaitable<Result<Revision>> recordOnceItIsUp(engine::Engine& engine, const Journal& journal,
                                                     const Clock& clock, const Ending& ending,
                                                     Milliseconds atMost) {
    const auto end = clock.monotonic() + atMost;
    for (;;) {
        auto recorded = co_await recordNewEpoch(engine, journal, clock.wall(), longestCall);
        const bool passes = !recorded && (recorded.error().code == ErrorCode::unavailable ||
                                          recorded.error().code == ErrorCode::timeout);
        if (!passes) {
            co_return recorded;
        }
        if (auto why = ending.why()) {
            co_return fail(std::move(*why));
        }
        if (clock.monotonic() >= end) {
            co_return fail(ErrorCode::timeout, "the engine takes no changes: " + recorded.error().message);
        }
        co_await node::sleepFor(lookEvery);
    }
}

} // namespace

Result<Revision> recordWithLoneEngine(const LoneEngine& lone, const Journal& journal, const Clock& clock) {
    Ending ending;
    const auto process = engine::EtcdProcess::start(
        lone.options, {[](int) {}, [](const Error&) {}, [&ending](const Error& why) { ending.set(why); }},
        lone.log);
    if (!process) {
        return fail(process.error());
    }
    Result<Revision> recorded = fail(ErrorCode::internal, "the new epoch was not recorded");
    {
        boost::asio::io_context context;
        engine::EtcdEngine engine(lone.address); // goes before what it resumes its callers on
        boost::asio::co_spawn(context, recordOnceItIsUp(engine, journal, clock, ending, lone.atMost),
                              [&recorded](const std::exception_ptr& failure, Result<Revision> outcome) {
                                  if (!failure) {
                                      recorded = std::move(outcome);
                                  }
                              });
        context.run();
    }
    (*process)->stop(toStop);
    return recorded;
}

} // namespace pilothouse::repair
