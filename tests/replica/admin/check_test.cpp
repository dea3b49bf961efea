// SPDX-License-Identifier: GPL-3.0-or-later
// The checks of one replica whose peers are not there.
#include "admin_fixture.h"
#include "api/checks.h"
#include "api/json.h"
#include "rig.h"

#include <algorithm>

namespace pilothouse::admin {
namespace {

using state::test::idA;
using state::test::idB;

class CheckTest : public test::AdminTest {};

TEST_F(CheckTest, AReplicaExaminesItself) {
    const auto start = std::chrono::steady_clock::now();
    const auto answer = ask("GET", "/api/v0/replica/checks");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto checks = api::fromJson<api::ReplicaChecks>(answer.body);
    ASSERT_TRUE(checks) << checks.error().text();
    EXPECT_EQ(checks->status.self.id, idA);
    EXPECT_GT(checks->open_files, 0);
    EXPECT_GT(checks->status.self.host.disk_free_bytes, 0);
    EXPECT_GT(checks->status.self.host.disk_sync_ms.value_or(0), 0) << "measured now";
    EXPECT_EQ(checks->disk_error, std::nullopt);
    EXPECT_EQ(checks->disk_growth_bytes_per_day, std::nullopt) << "it was not watched for an hour";
    EXPECT_EQ(checks->blob_bytes, 0);
    EXPECT_GT(checks->took_ms, -1);
    for (const api::CheckedPort& port : checks->ports) {
        EXPECT_NE(port.replica, idA) << "it does not try itself";
        EXPECT_FALSE(port.address.empty());
        EXPECT_NE(port.connection, api::Reach::ok) << "nobody is there";
    }
    EXPECT_EQ(checks->ports.size(), 3 * (checks->status.members.size() - 1)) << answer.body;
}

TEST_F(CheckTest, WhoDoesNotAnswerIsAFinding) {
    const auto answer = ask("POST", "/api/v0/cluster/check", R"({})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto check = api::fromJson<api::ClusterCheck>(answer.body);
    ASSERT_TRUE(check) << check.error().text();
    EXPECT_EQ(check->checked_by, "reg-1");
    EXPECT_EQ(check->answered, std::vector<std::string>{"reg-1"});
    EXPECT_EQ(check->findings.front().check, "replica_answers");
    EXPECT_EQ(check->findings.front().severity, "blocks");
    EXPECT_FALSE(check->causes.empty());

    const auto one = ask("POST", "/api/v0/cluster/check", R"({"replica":")" + std::string(idB) + R"("})");
    ASSERT_EQ(one.status, 200) << one.body;
    const auto about = api::fromJson<api::ClusterCheck>(one.body);
    ASSERT_TRUE(about) << about.error().text();
    ASSERT_TRUE(about->replica);
    EXPECT_EQ(about->causes.front().names.front(), *about->replica) << one.body;
    expectProblem(ask("POST", "/api/v0/cluster/check", R"({"replica":"000000000000"})"), 404, "not-found");
}

TEST_F(CheckTest, AreForAdministrators) {
    createUser("ada", "reader");
    for (const auto& [method, target] :
         {std::pair("GET", "/api/v0/replica/checks"), std::pair("POST", "/api/v0/cluster/check")}) {
        const auto answer = ask(method, target, test::Ask{login("ada"), "{}", "application/json", {}});
        expectProblem(answer, 403, "forbidden");
    }
}

} // namespace
} // namespace pilothouse::admin
