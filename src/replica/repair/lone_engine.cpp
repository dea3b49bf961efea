// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/repair/lone_engine.h"

#include "replica/engine/engine_run.h"
#include "replica/node/sleep.h"
#include "replica/repair/new_epoch.h"

namespace pilothouse::repair {
namespace {

constexpr Milliseconds lookEvery{50};
constexpr Milliseconds longestCall{5000};

engine::Awaitable<Result<Revision>> recordOnceItIsUp(engine::Engine& engine, const Journal& journal,
                                                     const Clock& clock, const engine::EngineEnd& ending,
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
    Revision recorded;
    const auto work = [&](engine::Engine& engine,
                          const engine::EngineEnd& ended) -> engine::Awaitable<Status> {
        const auto outcome = co_await recordOnceItIsUp(engine, journal, clock, ended, lone.atMost);
        if (!outcome) {
            co_return fail(outcome.error());
        }
        recorded = *outcome;
        co_return Status();
    };
    const Status done = engine::runEngineFor(work, lone.options, lone.address, lone.log);
    return done ? Result<Revision>(recorded) : fail(done.error());
}

} // namespace pilothouse::repair
