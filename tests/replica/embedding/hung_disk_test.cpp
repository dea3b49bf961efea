// SPDX-License-Identifier: GPL-3.0-or-later
// A replica whose disk hangs: it must go on answering, and stop when it is told to.
#include "replica/program/local_call.h"
#include "replica/support/cluster.h"
#include "replica/support/hung_disk.h"

#include <gmock/gmock.h>

namespace pilothouse::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class ReplicaHungDiskTest : public ClusterTest {
protected:
    [[nodiscard]] Result<node::LocalAnswer> drain() const {
        return program::callLocal(dataDir(), {node::local_verb::drain, true, {}, {}});
    }
};

TEST_F(ReplicaHungDiskTest, AnswersAndStopsAllTheSame) {
    makeCluster(3);
    const auto replica = start(1); // alone: what happens to it has to be kept on its disk
    ASSERT_NE(replica, nullptr);
    {
        const HungDisk hung;
        HungDisk::untilSomethingWaits();
        const auto drained = drain();
        ASSERT_FALSE(drained);
        EXPECT_THAT(drained.error().text(), HasSubstr("The disk has not answered"));
        const auto status = program::callLocal(dataDir(), {node::local_verb::status, {}, {}, {}}, 5s);
        EXPECT_TRUE(status) << status.error().text();
        EXPECT_TRUE(eventually([&] {
            return replica->status().self.health.code == api::Unhealthy::disk_unwritable;
        })) << replica->status().self.health.reason;
        const auto began = std::chrono::steady_clock::now();
        EXPECT_TRUE(replica->stop(5s));
        EXPECT_LT(std::chrono::steady_clock::now() - began, 7s);
        EXPECT_EQ(log.text().find("some requests did not end in time"), std::string::npos)
            << "the servers were not stopped";
    }
}

} // namespace
} // namespace pilothouse::test
