// SPDX-License-Identifier: GPL-3.0-or-later
// A small cluster in folders and on ports of its own, for tests that run its replicas.
#pragma once

#include "base/clock.h"
#include "replica/provision/create_cluster.h"
#include "replica/replica.h"
#include "support/fixtures.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace pilothouse::test {

// A wall clock that is off by so much.
class ShiftedClock final : public Clock {
public:
    explicit ShiftedClock(std::chrono::hours offset) : m_offset(offset) {}
    [[nodiscard]] MonotonicTime monotonic() const override { return systemClock().monotonic(); }
    [[nodiscard]] WallTime wall() const override { return systemClock().wall() + m_offset; }

private:
    std::chrono::hours m_offset;
};

// What replicas log; shown when a test fails. Thread-safe.
class LogKeeper {
public:
    [[nodiscard]] LogSink sink(const std::string& name);
    [[nodiscard]] std::string text() const;

private:
    mutable std::mutex m_mutex;
    std::string m_text;
};

class ClusterTest : public testing::Test {
protected:
    ~ClusterTest() override;

    // Folders reg-1, reg-2, … of a new cluster; `clock` dates its certificates.
    void makeCluster(int members = 1, const Clock& clock = systemClock());
    [[nodiscard]] std::filesystem::path dataDir(int member = 1) const;
    // With a sandbox's timings, for 2 cores that others use too.
    [[nodiscard]] ReplicaOptions options(int member = 1);
    // Starts it; fails the test when that does not work.
    [[nodiscard]] std::unique_ptr<Replica> start(int member = 1);
    [[nodiscard]] std::unique_ptr<Replica> startHealthy(int member = 1);

    // Looks every 20 ms, for at most `within`.
    [[nodiscard]] static bool eventually(const std::function<bool()>& holds,
                                         std::chrono::milliseconds within = std::chrono::seconds(20));

    TemporaryFolder folder;
    LogKeeper log;
    provision::CreateOptions create;
    provision::CreatedCluster cluster;
};

} // namespace pilothouse::test
