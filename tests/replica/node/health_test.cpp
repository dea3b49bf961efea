// SPDX-License-Identifier: GPL-3.0-or-later
// The verdict for every combination of what is measured.
#include "replica/node/health.h"

#include <gtest/gtest.h>

#include <vector>

namespace pilothouse::node {
namespace {

using api::Unhealthy;

constexpr Milliseconds election{1000};

// Each value on either side of its limit.
const std::vector<std::optional<Milliseconds>> reads{std::nullopt, Milliseconds(0), Milliseconds(2000),
                                                     Milliseconds(2001), Milliseconds(60'000)};
const std::vector<Milliseconds> lags{Milliseconds(0), Milliseconds(5000), Milliseconds(5001)};
const std::vector<std::optional<std::int64_t>> spaces{std::nullopt, 0, 99, 100, 1000};

// Everything that is wrong, the worst first, said once more in other words than the code's.
std::vector<Unhealthy> faultsOf(const HealthInputs& in) {
    std::vector<Unhealthy> faults;
    const auto add = [&](bool wrong, Unhealthy code) {
        if (wrong) {
            faults.push_back(code);
        }
    };
    const bool neverRead = !in.sinceLinearizableRead.has_value();
    add(in.readOnly, Unhealthy::read_only);
    add(!in.diskWritable, Unhealthy::disk_unwritable);
    add(in.diskFreeBytes.value_or(in.diskFloorBytes) < in.diskFloorBytes, Unhealthy::disk_full);
    add(neverRead, Unhealthy::starting);
    add(!in.engineRunning, Unhealthy::engine_down);
    add(in.draining, Unhealthy::draining);
    add(!neverRead && in.sinceLinearizableRead->count() > 2000, Unhealthy::no_quorum);
    add(!in.following, Unhealthy::starting);
    add(in.projectionBehind.count() > 5000, Unhealthy::projection_behind);
    return faults;
}

template <typename Visit>
void forEveryInput(Visit visit) {
    HealthInputs in;
    in.electionTimeout = election;
    in.diskFloorBytes = 100;
    in.diskError = "No space left on device";
    for (int bits = 0; bits < 32; ++bits) {
        in.engineRunning = (bits & 1) != 0;
        in.following = (bits & 2) != 0;
        in.diskWritable = (bits & 4) != 0;
        in.draining = (bits & 8) != 0;
        in.readOnly = (bits & 16) != 0;
        for (const auto& read : reads) {
            for (const auto& lag : lags) {
                for (const auto& space : spaces) {
                    in.sinceLinearizableRead = read;
                    in.projectionBehind = lag;
                    in.diskFreeBytes = space;
                    visit(in);
                }
            }
        }
    }
}

std::string describe(const HealthInputs& in) {
    const auto number = [](const auto& value) { return value ? std::to_string(value->count()) : "none"; };
    return "engine " + std::to_string(in.engineRunning) + " following " + std::to_string(in.following) +
           " disk " + std::to_string(in.diskWritable) + " free " +
           (in.diskFreeBytes ? std::to_string(*in.diskFreeBytes) : "unknown") + " draining " +
           std::to_string(in.draining) + " read-only " + std::to_string(in.readOnly) + " read " +
           number(in.sinceLinearizableRead) + " ms behind " + std::to_string(in.projectionBehind.count());
}

TEST(HealthTest, NamesTheWorstFaultOfEveryCombination) {
    int cases = 0;
    int healthy = 0;
    forEveryInput([&](const HealthInputs& in) {
        ++cases;
        const auto faults = faultsOf(in);
        const auto health = judgeHealth(in);
        ASSERT_EQ(health.healthy, faults.empty()) << describe(in);
        ASSERT_EQ(health.code, faults.empty() ? Unhealthy::none : faults.front()) << describe(in);
        ASSERT_EQ(health.reason.empty(), faults.empty()) << describe(in);
        healthy += health.healthy ? 1 : 0;
    });
    EXPECT_EQ(cases, 32 * 5 * 3 * 5);
    EXPECT_EQ(healthy, 2 * 2 * 3)
        << "reads of 0 and 2 s, lags of 0 and 5 s, three disks that are good enough";
}

TEST(HealthTest, SaysHowMuch) {
    HealthInputs in;
    in.engineRunning = true;
    in.following = true;
    in.sinceLinearizableRead = Milliseconds(2450);
    EXPECT_EQ(judgeHealth(in).reason, "No majority confirmed a read for 2.4 s");
    in.diskFreeBytes = std::int64_t{5} << 20;
    in.diskFloorBytes = std::int64_t{64} << 20;
    EXPECT_EQ(judgeHealth(in).reason, "The disk has 5 MiB free, below the floor of 64 MiB");
    in.diskWritable = false;
    in.diskError = "Read-only file system";
    EXPECT_EQ(judgeHealth(in).reason, "The data folder cannot be written: Read-only file system");
    in = HealthInputs();
    in.sinceLinearizableRead = Milliseconds(0);
    in.engineError = "connection refused";
    EXPECT_EQ(judgeHealth(in).reason, "connection refused");
}

TEST(HealthTest, AnEngineThatHasYetToAnswerIsStarting) {
    HealthInputs in;
    in.draining = true;
    EXPECT_EQ(judgeHealth(in).code, Unhealthy::starting) << "also where it drains";
    EXPECT_EQ(judgeHealth(in).reason, "This replica is starting");
    in.engineError = "connection refused";
    EXPECT_EQ(judgeHealth(in).reason, "This replica is starting: connection refused");
    in.sinceLinearizableRead = Milliseconds(0);
    EXPECT_EQ(judgeHealth(in).code, Unhealthy::engine_down) << "it has answered, and does not any more";
    in.engineRunning = true;
    EXPECT_EQ(judgeHealth(in).code, Unhealthy::draining);
}

TEST(HealthTest, AVerdictCountsForTwoElections) {
    EXPECT_EQ(verdictHoldsFor(Milliseconds(1000)), Milliseconds(2000));
    EXPECT_EQ(verdictHoldsFor(Milliseconds(50)), Milliseconds(1000) + judgedEvery) << "a host may be busy";
    EXPECT_EQ(verdictHoldsFor(Milliseconds(525)), Milliseconds(1050));
    EXPECT_EQ(verdictHoldsFor(Milliseconds(50'000)), Milliseconds(5000)) << "never as long as that";
}

TEST(HealthTest, TheElectionTimeoutScalesTheLimit) {
    HealthInputs in;
    in.engineRunning = true;
    in.following = true;
    for (const std::int64_t ms : {50, 500, 1000, 50'000}) {
        in.electionTimeout = Milliseconds(ms);
        in.sinceLinearizableRead = Milliseconds(2 * ms);
        EXPECT_TRUE(judgeHealth(in).healthy) << ms;
        in.sinceLinearizableRead = Milliseconds(2 * ms + 1);
        EXPECT_EQ(judgeHealth(in).code, Unhealthy::no_quorum) << ms;
    }
}

} // namespace
} // namespace pilothouse::node
