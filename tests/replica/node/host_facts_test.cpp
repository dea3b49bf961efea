// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/host_facts.h"
#include "support/fixtures.h"

#include <gtest/gtest.h>

#include <ctime>
#include <unistd.h>

namespace pilothouse::node {
namespace {

using pilothouse::test::TemporaryFolder;

TEST(MedianOf, IsTheOneInTheMiddle) {
    EXPECT_EQ(medianOf({}), std::nullopt);
    EXPECT_EQ(medianOf({3}), 3);
    EXPECT_EQ(medianOf({900, 1, 2, 4, 3}), 3);
    EXPECT_EQ(medianOf({4, 1, 3, 2}), 2);
}

TEST(HostFactsTest, TheProbeMeasuresTheDiskAndLeavesNothing) {
    const TemporaryFolder folder;
    const DiskProbe probe = probeDisk(folder.path());
    EXPECT_TRUE(probe.writable) << probe.error;
    EXPECT_TRUE(probe.error.empty());
    EXPECT_GT(probe.bytes, 0);
    EXPECT_GE(probe.bytes, probe.freeBytes);
    EXPECT_GE(probe.syncMs.value_or(-1), 0);
    EXPECT_FALSE(probe.device.empty());
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(HostFactsTest, TheProbeSaysWhyItCannotWrite) {
    const TemporaryFolder folder;
    const DiskProbe probe = probeDisk(folder / "gone");
    EXPECT_FALSE(probe.writable);
    EXPECT_EQ(probe.error, "No such file or directory");
    EXPECT_FALSE(probe.syncMs);
}

TEST(HostFactsTest, FactsOfThisHost) {
    ManualClock clock;
    HostFactsReader reader(clock, ClusterId(std::string(32, 'c')));
    DiskProbe disk;
    disk.bytes = 1000;
    disk.freeBytes = 10;
    disk.device = "sda1";
    const auto facts = reader.read(disk, {getpid()});
    EXPECT_FALSE(facts.hostname.empty());
    EXPECT_EQ(facts.kernel.rfind("Linux ", 0), 0U) << facts.kernel;
    EXPECT_GT(facts.cores, 0);
    EXPECT_GT(facts.memory_bytes, facts.memory_available_bytes);
    EXPECT_GT(facts.memory_available_bytes, 0);
    EXPECT_GT(facts.process_resident_bytes, 100'000);
    EXPECT_LT(facts.process_resident_bytes, facts.memory_bytes);
    EXPECT_EQ(facts.process_cpu_percent, 0) << "of no time yet";
    EXPECT_EQ(facts.disk_bytes, 1000);
    EXPECT_EQ(facts.disk_free_bytes, 10);
    EXPECT_EQ(facts.disk_device, "sda1");
}

TEST(HostFactsTest, CpuIsTheMeanSinceTheLastLook) {
    ManualClock clock;
    HostFactsReader reader(clock, ClusterId(std::string(32, 'c')));
    (void)reader.read({}, {getpid()});
    const std::clock_t begin = std::clock();
    while (std::clock() - begin < CLOCKS_PER_SEC / 4) { // a quarter of a second of CPU
    }
    clock.advance(std::chrono::seconds(1));
    EXPECT_NEAR(reader.read({}, {getpid()}).process_cpu_percent, 25, 8);
    clock.advance(std::chrono::seconds(1));
    EXPECT_EQ(reader.read({}, {}).process_cpu_percent, 0) << "a process that is gone takes nothing back";
}

TEST(HostFactsTest, TheMachineIsNamedOnlyWithinItsCluster) {
    ManualClock clock;
    const auto idIn = [&](char cluster) {
        return HostFactsReader(clock, ClusterId(std::string(32, cluster))).read({}, {}).machine_id;
    };
    const std::string own = pilothouse::test::readWhole("/etc/machine-id").substr(0, 32);
    if (own.empty()) {
        EXPECT_EQ(idIn('c'), "");
        return;
    }
    EXPECT_EQ(idIn('c').size(), 32U);
    EXPECT_EQ(idIn('c'), idIn('c'));
    EXPECT_NE(idIn('c'), idIn('d'));
    EXPECT_NE(idIn('c'), own);
}

} // namespace
} // namespace pilothouse::node
