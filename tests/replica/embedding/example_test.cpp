// SPDX-License-Identifier: GPL-3.0-or-later
// The example in resources/examples, as a reader would run it.
#include "replica/provision/create_cluster.h"
#include "replica/support/ports.h"
#include "support/fixtures.h"

#include <gtest/gtest.h>

namespace pilothouse::test {
namespace {

TEST(EmbeddedReplicaExampleTest, MakesAndRunsAReplica) {
    const TemporaryFolder folder;
    const auto port = reservePorts();
    provision::CreateOptions cluster;
    cluster.clusterName = "Embedded";
    cluster.members = {{"reg-1", "localhost", {}, port, port + 1, port + 2, port + 3, folder / "replica"}};
    const auto made = provision::createCluster(cluster);
    ASSERT_TRUE(made) << made.error().text();
    const std::string command =
        std::string(EMBEDDED_REPLICA) + " " + (folder / "replica").string() + " </dev/null";
    for (int life = 1; life <= 2; ++life) {
        const Ran ran = run(command);
        EXPECT_EQ(ran.output, "serves https://localhost:" + std::to_string(port) + "\n") << "life " << life;
        EXPECT_EQ(ran.code, 0) << "life " << life;
    }
}

TEST(EmbeddedReplicaExampleTest, SaysWhyItCannot) {
    const TemporaryFolder folder;
    const Ran ran = run(std::string(EMBEDDED_REPLICA) + " " + folder.path().string() + " </dev/null");
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.output.find("is not the data folder of a replica"), std::string::npos) << ran.output;
}

} // namespace
} // namespace pilothouse::test
