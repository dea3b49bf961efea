// SPDX-License-Identifier: GPL-3.0-or-later
// pilothouse-replica local at a prompt.
#include "api/json.h"
#include "api/status.h"
#include "replica/provision/layout.h"
#include "replica/security/certificates.h"
#include "replica/support/cluster.h"

#include <gmock/gmock.h>

namespace pilothouse::test {
namespace {

using testing::HasSubstr;

class LocalCommandTest : public ClusterTest {
protected:
    void SetUp() override { makeCluster(); }
    // `before`: what feeds its standard input.
    [[nodiscard]] Ran local(const std::string& arguments, const std::string& before = "</dev/null") const {
        const std::string command =
            std::string(REPLICA_PROGRAM) + " local " + arguments + " --data-dir " + dataDir().string();
        return before.front() == '<' ? run(command + " " + before) : run(before + " | " + command);
    }
};

TEST_F(LocalCommandTest, OrdersOfARunningReplica) {
    const auto replica = startHealthy();
    ASSERT_NE(replica, nullptr);
    const Ran text = local("status");
    EXPECT_EQ(text.code, 0) << text.output;
    EXPECT_THAT(text.output, HasSubstr("reg-1 (" + replica->id() + ")"));
    EXPECT_THAT(text.output, HasSubstr("Health       healthy"));
    const Ran json = local("status --json");
    const auto status = api::fromJson<api::ClusterStatus>(json.output);
    ASSERT_TRUE(status) << json.output;
    EXPECT_EQ(status->self.id, replica->id());

    EXPECT_EQ(local("drain on").code, 0);
    EXPECT_TRUE(eventually([&] { return replica->status().self.draining; }));
    EXPECT_EQ(local("drain off").code, 0);
    EXPECT_TRUE(eventually([&] { return !replica->status().self.draining; }));

    EXPECT_EQ(local("reset-password admin", "echo correct horse battery").code, 0);
    writeFile(folder / "password", "correct horse battery staple\n");
    const std::string file = "reset-password admin --password-file " + (folder / "password").string();
    std::filesystem::permissions(folder / "password", std::filesystem::perms(0644));
    EXPECT_THAT(local(file).output, HasSubstr("chmod 600"));
    std::filesystem::permissions(folder / "password", std::filesystem::perms(0600));
    EXPECT_EQ(local(file).output, "The password of admin was reset.\n");
    const Ran nobody = local("reset-password nobody", "echo correct horse battery");
    EXPECT_EQ(nobody.code, 1);
    EXPECT_THAT(nobody.output, HasSubstr("nobody"));
    EXPECT_EQ(local("rebuild").output, "The read model was built anew from the engine.\n");
    const Ran defragmented = local("defragment");
    EXPECT_EQ(defragmented.code, 0) << defragmented.output;
    EXPECT_THAT(defragmented.output, HasSubstr("The engine's database takes 0 MiB; it took 0 MiB.\n"));
}

TEST_F(LocalCommandTest, WithoutARunningReplica) {
    for (const char* order : {"status", "drain on", "defragment"}) {
        const Ran ran = local(order);
        EXPECT_EQ(ran.code, 1) << order;
        EXPECT_THAT(ran.output, HasSubstr("reg-1 does not run on " + dataDir().string()));
        EXPECT_THAT(ran.output, HasSubstr("systemctl start pilothouse-replica"));
    }
    const Ran fingerprint = local("fingerprint");
    EXPECT_EQ(fingerprint.code, 0);
    EXPECT_THAT(fingerprint.output, HasSubstr(security::formatFingerprint(cluster.caSha256).substr(0, 47)));
    const auto model = provision::Layout(dataDir()).projection();
    writeFile(model, "damaged");
    const Ran rebuild = local("rebuild");
    EXPECT_EQ(rebuild.code, 0) << rebuild.output;
    EXPECT_FALSE(std::filesystem::exists(model));
    const Ran elsewhere = run(std::string(REPLICA_PROGRAM) + " local status --data-dir /nonexistent");
    EXPECT_EQ(elsewhere.code, 1);
    EXPECT_THAT(elsewhere.output, HasSubstr("/nonexistent is not the data folder of a replica"));
}

} // namespace
} // namespace pilothouse::test
