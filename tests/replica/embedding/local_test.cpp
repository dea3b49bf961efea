// SPDX-License-Identifier: GPL-3.0-or-later
// Orders through the unix socket, when things are as they should be and when they are not.
#include "replica/node/local_server.h"
#include "replica/program/local_call.h"
#include "replica/provision/layout.h"
#include "replica/support/cluster.h"

#include <gmock/gmock.h>

namespace pilothouse::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
namespace verb = node::local_verb;

class ReplicaLocalTest : public ClusterTest {
protected:
    [[nodiscard]] Result<node::LocalAnswer> order(const char* word) const {
        return program::callLocal(dataDir(), {word, {}, {}, {}});
    }
    [[nodiscard]] Result<node::LocalAnswer> drain(bool on) const {
        return program::callLocal(dataDir(), {verb::drain, on, {}, {}});
    }
    [[nodiscard]] Result<node::LocalAnswer> reset(const std::string& user,
                                                  const std::string& password) const {
        return program::callLocal(dataDir(), {verb::resetPassword, {}, user, password});
    }
};

TEST_F(ReplicaLocalTest, StatusAndDrain) {
    makeCluster();
    const auto replica = startHealthy();
    ASSERT_NE(replica, nullptr);
    EXPECT_EQ(modeOf(provision::Layout(dataDir()).localSocket()), 0600U);
    auto status = order(verb::status);
    ASSERT_TRUE(status) << status.error().text();
    EXPECT_EQ(status->status->self.id, replica->id());
    EXPECT_TRUE(drain(true));
    EXPECT_TRUE(eventually([&] { return replica->status().self.health.code == api::Unhealthy::draining; }));
    EXPECT_TRUE(drain(false));
    EXPECT_TRUE(eventually([&] { return replica->status().self.health.healthy; }));
    const auto unknown = order("dance");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::invalid);
    EXPECT_TRUE(replica->stop());
    status = order(verb::status);
    ASSERT_FALSE(status);
    EXPECT_THAT(status.error().text(), HasSubstr("reg-1 does not run on " + dataDir().string()));
}

TEST_F(ReplicaLocalTest, WithoutQuorum) {
    makeCluster(3);
    const auto replica = start(1); // alone
    ASSERT_NE(replica, nullptr);
    const auto status = order(verb::status);
    ASSERT_TRUE(status) << status.error().text();
    EXPECT_FALSE(status->status->self.consensus.quorum);
    EXPECT_TRUE(drain(true));
    EXPECT_TRUE(eventually([&] { return replica->status().self.draining; }));
    const auto began = std::chrono::steady_clock::now();
    const auto done = reset("admin", "correct horse battery");
    ASSERT_FALSE(done);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s) << done.error().text();
}

TEST_F(ReplicaLocalTest, TheReadModelIsBuiltAnew) {
    makeCluster();
    const auto replica = startHealthy();
    ASSERT_NE(replica, nullptr);
    const auto file = provision::Layout(dataDir()).projection();
    for (const bool lost : {true, false}) {
        if (lost) {
            std::filesystem::remove(file);
        } else {
            writeFile(file, "this is no database");
        }
        EXPECT_TRUE(order(verb::status));
        const auto rebuilt = order(verb::rebuild);
        ASSERT_TRUE(rebuilt) << rebuilt.error().text();
        EXPECT_THAT(readWhole(file).substr(0, 15), "SQLite format 3");
        EXPECT_TRUE(eventually([&] { return replica->status().self.health.healthy; }))
            << replica->status().self.health.reason;
    }
}

TEST_F(ReplicaLocalTest, ResetsAPassword) {
    makeCluster();
    const auto replica = startHealthy();
    ASSERT_NE(replica, nullptr);
    const auto said = [&](const std::string& user, const std::string& password) {
        const auto done = reset(user, password);
        return done ? std::string("done") : done.error().text();
    };
    EXPECT_EQ(said("admin", "correct horse battery"), "done");
    EXPECT_THAT(said("admin", "short"), HasSubstr("too short"));
    EXPECT_THAT(said("nobody", "correct horse battery"), HasSubstr("nobody"));
    EXPECT_EQ(log.text().find("correct horse"), std::string::npos) << "a password in the log";
    EXPECT_THAT(log.text(), HasSubstr("the password of user admin was reset by root on the host"));
}

} // namespace
} // namespace pilothouse::test
