// SPDX-License-Identifier: GPL-3.0-or-later
// Whether this replica takes traffic, judged from what it measured. Pure.
#pragma once

#include "api/status.h"
#include "base/clock.h"

#include <cstdint>
#include <optional>
#include <string>

namespace pilothouse::node {

// What the health addresses are judged by; all of it is measured in the background.
struct HealthInputs {
    bool engineRunning = false;
    std::string engineError;                           // why not; may be empty
    bool following = false;                            // the read model has caught up once since the start
    std::optional<Milliseconds> sinceLinearizableRead; // nullopt: none since the start
    Milliseconds electionTimeout{1000};
    Milliseconds projectionBehind{0}; // for how long the read model has not reached the engine
    bool diskWritable = true;
    std::string diskError;
    std::optional<std::int64_t> diskFreeBytes;
    std::int64_t diskFloorBytes = 0;
    bool draining = false;
    bool readOnly = false;
};

// The worst thing first: what an operator has to mend before anything else counts. Until the engine has
// answered for the first time this replica is starting, whatever the engine's error: it may just not be up
// yet.
[[nodiscard]] api::Health judgeHealth(const HealthInputs& inputs);

// Whether a majority has confirmed a read within the last two election time-outs; nullopt: none ever.
[[nodiscard]] bool hasQuorum(std::optional<Milliseconds> sinceLinearizableRead, Milliseconds electionTimeout);

// How often it is judged.
inline constexpr Milliseconds judgedEvery{50};
// For how long a verdict counts: 5 s, or two election time-outs where those are shorter, after which the rest
// of the cluster has gone on without this replica. But never less than a second after it should have been
// judged again: so long, a busy host may keep a thread waiting that is perfectly well, and a load balancer
// must not take it for dead.
[[nodiscard]] Milliseconds verdictHoldsFor(Milliseconds electionTimeout);

} // namespace pilothouse::node
