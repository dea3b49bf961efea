// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/health.h"

#include <algorithm>

namespace pilothouse::node {
namespace {

constexpr Milliseconds projectionLimit{5000};
constexpr Milliseconds longestVerdict{5000};
constexpr Milliseconds busyHost{1000}; // for so long it may keep a thread waiting
constexpr std::int64_t bytesPerMiB = std::int64_t{1024} * 1024;

api::Health unhealthy(api::Unhealthy code, std::string reason) {
    return {.healthy = false, .code = code, .reason = std::move(reason)};
}

std::string seconds(Milliseconds duration) {
    return std::to_string(duration.count() / 1000) + "." + std::to_string(duration.count() % 1000 / 100) +
           " s";
}

} // namespace

api::Health judgeHealth(const HealthInputs& in) {
    using api::Unhealthy;
    if (in.readOnly) {
        return unhealthy(Unhealthy::read_only, "This replica belongs to an earlier epoch of the cluster");
    }
    if (!in.diskWritable) {
        return unhealthy(Unhealthy::disk_unwritable, "The data folder cannot be written: " + in.diskError);
    }
    if (in.diskFreeBytes && *in.diskFreeBytes < in.diskFloorBytes) {
        return unhealthy(Unhealthy::disk_full, "The disk has " +
                                                   std::to_string(*in.diskFreeBytes / bytesPerMiB) +
                                                   " MiB free, below the floor of " +
                                                   std::to_string(in.diskFloorBytes / bytesPerMiB) + " MiB");
    }
    if (!in.sinceLinearizableRead) {
        return unhealthy(Unhealthy::starting,
                         "This replica is starting" + (in.engineError.empty() ? "" : ": " + in.engineError));
    }
    if (!in.engineRunning) {
        return unhealthy(Unhealthy::engine_down,
                         in.engineError.empty() ? "The engine does not answer" : in.engineError);
    }
    if (in.draining) {
        return unhealthy(Unhealthy::draining, "This replica is draining");
    }
    if (!hasQuorum(in.sinceLinearizableRead, in.electionTimeout)) {
        return unhealthy(Unhealthy::no_quorum,
                         "No majority confirmed a read for " + seconds(*in.sinceLinearizableRead));
    }
    if (!in.following) {
        return unhealthy(Unhealthy::starting,
                         "This replica is starting: its read model has not caught up yet");
    }
    if (in.projectionBehind > projectionLimit) {
        return unhealthy(Unhealthy::projection_behind,
                         "The read model has been behind the engine for " + seconds(in.projectionBehind));
    }
    return {.healthy = true, .code = Unhealthy::none, .reason = {}};
}

bool hasQuorum(std::optional<Milliseconds> sinceLinearizableRead, Milliseconds electionTimeout) {
    return sinceLinearizableRead && *sinceLinearizableRead <= 2 * electionTimeout;
}

Milliseconds verdictHoldsFor(Milliseconds electionTimeout) {
    return std::max(std::min(longestVerdict, 2 * electionTimeout), busyHost + judgedEvery);
}

} // namespace pilothouse::node
