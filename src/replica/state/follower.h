// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the read model up to the engine.
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "replica/engine/engine.h"
#include "replica/state/lister.h"
#include "replica/state/read_model.h"
#include "replica/state/revision_gate.h"
#include "replica/state/shared_barrier.h"
#include "replica/state/subscription.h"

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace pilothouse::state {

struct FollowerOptions {
    ListOptions list;
    Milliseconds statusDeadline{1000};
    Milliseconds barrierDeadline{1000}; // of one barrier, which its readers share
    Milliseconds learnerPoll{250};      // between two looks of a learner, which may not watch
    Milliseconds shortestPause{50};     // after the first failure; doubled for each further one
    Milliseconds longestPause{2000};
    Milliseconds longestSilence{10'000}; // of a watch, though something is known to have been written
};

// Everything but run() may be called from any thread and coroutine. Engine, read model and clock must outlive
// it.
//
// The read model follows this replica's own engine member: it may be old, and says so by lag(); readBarrier()
// makes it new enough for one read. A learner may not watch, so it lists again until it is promoted.
class StateFollower {
public:
    // `random` gives numbers in [0, 1) and spreads the pauses of replicas that fail together.
    StateFollower(engine::Engine& engine, ReadModel& model, const Clock& clock,
                  std::function<double()> random, FollowerOptions options, Logger logger);

    // Follows until it is cancelled. To be called once, after ReadModel::open(), on a strand or a context of
    // one thread, on which it must be cancelled, too.
    [[nodiscard]] engine::Awaitable<void> run();

    // What the read model holds.
    [[nodiscard]] Revision applied() const { return m_gate.reached(); }
    // How far it is behind what is known to exist: from barriers, and from writes told to expect().
    [[nodiscard]] Lag lag() const { return m_gate.lag(); }
    // A write of ours made this revision, or a linearizable read found it.
    void expect(Revision revision) { m_gate.expect(revision); }

    // Ends when the read model holds `revision`. ErrorCode::timeout when it does not get there within
    // `deadline`.
    [[nodiscard]] engine::Awaitable<Status> waitFor(Revision revision, Milliseconds deadline);
    // After it, the read model holds everything that was acknowledged anywhere before the call. Calls at the
    // same time share one barrier. Fails like Engine::barrier() without quorum. `deadline` is for all of it.
    [[nodiscard]] engine::Awaitable<Status> readBarrier(Milliseconds deadline);

    // Everything applied from now on. Ends when the caller drops it.
    [[nodiscard]] std::shared_ptr<Subscription> subscribe();

private:
    [[nodiscard]] engine::Awaitable<void> loop();
    // One round; success means that it made progress.
    [[nodiscard]] engine::Awaitable<Status> follow();
    // Ends when the watch has given nothing for too long.
    [[nodiscard]] engine::Awaitable<void> silence();
    [[nodiscard]] engine::Awaitable<Status> watch();
    [[nodiscard]] engine::Awaitable<Status> followAsLearner();
    [[nodiscard]] engine::Awaitable<Status> list();
    [[nodiscard]] engine::Awaitable<void> apply(engine::WatchBatch batch);
    [[nodiscard]] engine::Awaitable<bool> engineIsBehind();
    [[nodiscard]] engine::Awaitable<void> pause(Milliseconds time);
    [[nodiscard]] Milliseconds nextPause();
    void publish(Applied applied);

    engine::Engine& m_engine;
    ReadModel& m_model;
    const Clock& m_clock;
    std::function<double()> m_random;
    FollowerOptions m_options;
    Logger m_logger;
    RevisionGate m_gate;
    SharedBarrier m_barrier;
    int m_failures = 0; // in a row
    std::mutex m_mutex; // guards m_subscriptions
    std::vector<std::weak_ptr<Subscription>> m_subscriptions;
};

} // namespace pilothouse::state
