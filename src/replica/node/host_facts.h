// SPDX-License-Identifier: GPL-3.0-or-later
// Facts about the computer under a replica, read from the operating system.
#pragma once

#include "api/status.h"
#include "base/clock.h"
#include "base/ids.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::node {

// What an attempt to write in the data folder showed.
struct DiskProbe {
    bool writable = true;
    std::string error;            // one sentence when not writable
    std::optional<double> syncMs; // how long write and fsync took
    std::int64_t bytes = 0;
    std::int64_t freeBytes = 0; // for an ordinary user
    std::string device;
};

// Writes, syncs and removes a small file in `folder`. Blocks for as long as the disk does.
[[nodiscard]] DiskProbe probeDisk(const std::filesystem::path& folder);
// The same several times, with the time that is in the middle: one slow sync among others says nothing about
// the disk.
[[nodiscard]] DiskProbe probeDiskTypically(const std::filesystem::path& folder);
// The middle one; the lower of two in the middle. nullopt of none.
[[nodiscard]] std::optional<double> medianOf(std::vector<double> values);

// How many files this process may have open now, and how many at most.
struct OpenFileLimits {
    std::int64_t now = 0;
    std::int64_t most = 0;
};
[[nodiscard]] OpenFileLimits openFileLimits();

// Reads the host's facts; blocks only on /proc and the probe. Not thread-safe: call from one thread.
class HostFactsReader {
public:
    HostFactsReader(const Clock& clock, ClusterId cluster) : m_clock(clock), m_cluster(std::move(cluster)) {}

    // `processes`: this process and its engine. CPU is the mean since the previous call.
    [[nodiscard]] api::HostFacts read(const DiskProbe& disk, const std::vector<int>& processes);

private:
    const Clock& m_clock;
    ClusterId m_cluster;
    std::optional<MonotonicTime> m_lastAt;
    double m_lastCpuSeconds = 0;
};

} // namespace pilothouse::node
