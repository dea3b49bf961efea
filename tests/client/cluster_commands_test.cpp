// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "client/cluster_commands.h"
#include "samples.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>

namespace pilothouse::client {
namespace {

using test::ScriptedCluster;
using test::waitUntil;

QByteArray problem(int status, const char* code, const char* detail) {
    return QStringLiteral(R"({"type":"about:blank","title":"","status":%1,"code":"%2","detail":"%3"})")
        .arg(status)
        .arg(QLatin1String(code), QLatin1String(detail))
        .toUtf8();
}

class ClusterCommandsTest : public testing::Test {
protected:
    ClusterCommandsTest() { m_network.setCredentials({QStringLiteral("admin"), QStringLiteral("secret")}); }

    std::vector<Endpoint> endpoints() {
        std::vector<Endpoint> all;
        for (int i = 0; i < m_cluster.size(); ++i) {
            all.push_back({test::urlOf(m_cluster.replica(i)), ReplicaId(ScriptedCluster::idOf(i))});
        }
        return all;
    }
    template <typename T>
    T outcomeOf(QFuture<T> future) {
        EXPECT_TRUE(waitUntil([&] { return future.isFinished(); }, std::chrono::seconds(30)));
        EXPECT_FALSE(future.isCanceled());
        return future.isFinished() && !future.isCanceled() ? future.result()
                                                           : T(fail(ErrorCode::internal, "no outcome"));
    }
    static std::string operationOf(const test::RecordedRequest& request) {
        return QJsonDocument::fromJson(request.body)
            .object()[QLatin1String("operation_id")]
            .toString()
            .toStdString();
    }

    ScriptedCluster m_cluster{3};
    ClusterNetwork m_network{test::anchorOf(m_cluster.authority())};
    std::unique_ptr<ClusterCommands> m_commands =
        std::make_unique<ClusterCommands>(m_network, [this] { return endpoints(); });
};

TEST_F(ClusterCommandsTest, AsksTheFirstAndGivesItsAnswer) {
    m_cluster.replica(0).setAnswer(
        "GET /api/v0/users",
        {200, R"({"users":[{"name":"ci","role":"writer","created_at":"2026-03-02T10:00:00Z"}]})"});
    const auto users = outcomeOf(m_commands->users());
    ASSERT_TRUE(users) << users.error().text();
    ASSERT_EQ(users->users.size(), 1U);
    EXPECT_EQ(users->users[0].name, "ci");
    EXPECT_EQ(m_cluster.replica(1).count("GET /api/v0/users"), 0);
}

TEST_F(ClusterCommandsTest, GoesOnToTheNextWithTheSameOperation) {
    m_cluster.replica(0).setAnswer(
        "POST /api/v0/users",
        {503, problem(503, "unavailable", "There is no quorum"), "application/problem+json"});
    m_cluster.kill(1);
    m_cluster.replica(2).setAnswer(
        "POST /api/v0/users", {201, R"({"name":"ci","role":"writer","created_at":"2026-03-02T10:00:00Z"})"});
    const auto made = outcomeOf(m_commands->createUser(
        {.name = "ci", .password = "p", .role = api::UserRole::writer, .operation_id = {}}));
    ASSERT_TRUE(made) << made.error().text();
    const auto first = operationOf(*m_cluster.replica(0).last("POST /api/v0/users"));
    EXPECT_EQ(first.size(), 32U) << first;
    EXPECT_EQ(operationOf(*m_cluster.replica(2).last("POST /api/v0/users")), first);
}

TEST_F(ClusterCommandsTest, TakesANoForAnAnswer) {
    m_cluster.replica(0).setAnswer(
        "POST /api/v0/users", {409, problem(409, "conflict", "User ci exists"), "application/problem+json"});
    const auto made =
        outcomeOf(m_commands->createUser({.name = "ci", .password = "p", .role = {}, .operation_id = {}}));
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error(), (Error{ErrorCode::conflict, "User ci exists", ""}));
    EXPECT_EQ(m_cluster.replica(1).count("POST /api/v0/users"), 0);
}

// One that is too old has no such address; the next may.
TEST_F(ClusterCommandsTest, ChecksThroughTheNextWhereOneIsTooOld) {
    const QByteArray missing = problem(404, "not-found", "There is nothing at this address");
    const char* route = "POST /api/v0/cluster/check";
    m_cluster.replica(0).setAnswer(route, {404, missing, "application/problem+json"});
    m_cluster.kill(1);
    api::ClusterCheck answer;
    answer.checked_by = "reg-3";
    m_cluster.replica(2).setAnswer(route, {200, QByteArray::fromStdString(api::toJson(answer))});
    api::AskCheck wanted;
    wanted.replica = "a41f09c2d7e3";
    const auto found = outcomeOf(m_commands->check(wanted, endpoints()));
    ASSERT_TRUE(found) << found.error().text();
    EXPECT_EQ(found->checked_by, "reg-3");
    EXPECT_EQ(m_cluster.replica(2).last(route)->body.toStdString(), api::toJson(wanted));

    m_cluster.replica(2).setAnswer(route, {404, missing, "application/problem+json"});
    const auto none = outcomeOf(m_commands->check({}, endpoints()));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error(), (Error{ErrorCode::unavailable,
                                   "none that answers knows checks: There is nothing at this address",
                                   "Update the replicas first"}));
}

TEST_F(ClusterCommandsTest, LeavesASilentReplicaForTheNext) {
    m_cluster.replica(0).setSilent(true);
    for (int i = 1; i < 3; ++i) {
        m_cluster.replica(i).setAnswer("GET /api/v0/users", {200, R"({"users":[]})"});
    }
    m_commands->setDeadline(std::chrono::milliseconds(9000));
    const auto users = outcomeOf(m_commands->users());
    EXPECT_TRUE(users) << users.error().text();
}

TEST_F(ClusterCommandsTest, EndsByItsDeadlineWhenAllAreSilent) {
    for (int i = 0; i < 3; ++i) {
        m_cluster.replica(i).setSilent(true);
    }
    m_commands->setDeadline(std::chrono::milliseconds(1500));
    QElapsedTimer clock;
    clock.start();
    const auto users = outcomeOf(m_commands->users());
    ASSERT_FALSE(users);
    EXPECT_EQ(users.error().code, ErrorCode::timeout) << users.error().text();
    EXPECT_GE(clock.elapsed(), 1000);
    EXPECT_LT(clock.elapsed(), 8000) << "ms; the deadline was 1500";
}

TEST_F(ClusterCommandsTest, SaysThatNobodyIsThereToAsk) {
    ClusterCommands nobody(m_network, [] { return std::vector<Endpoint>(); });
    const auto users = outcomeOf(nobody.users());
    ASSERT_FALSE(users);
    EXPECT_EQ(users.error().code, ErrorCode::unavailable);
    EXPECT_FALSE(users.error().message.empty());
}

TEST_F(ClusterCommandsTest, DrainsByThatReplicaAloneWhateverTheOthersSay) {
    m_cluster.replica(1).setAnswer("PUT /api/v0/replica/drain", {200, "{}"});
    EXPECT_TRUE(outcomeOf(m_commands->setDraining(ReplicaId(ScriptedCluster::idOf(1)), true)));
    EXPECT_EQ(m_cluster.replica(1).last("PUT /api/v0/replica/drain")->body, R"({"draining":true})");
    m_cluster.kill(1);
    const auto dead = outcomeOf(m_commands->setDraining(ReplicaId(ScriptedCluster::idOf(1)), true));
    ASSERT_FALSE(dead);
    EXPECT_NE(dead.error().message.find(m_cluster.replica(1).url()), std::string::npos)
        << dead.error().text();
    EXPECT_EQ(m_cluster.replica(0).count("PUT /api/v0/replica/drain"), 0);
    EXPECT_EQ(m_cluster.replica(2).count("PUT /api/v0/replica/drain"), 0);
}

TEST_F(ClusterCommandsTest, EscapesWhatPeopleNameThings) {
    m_cluster.replica(0).setAnswer("DELETE /api/v0/users/a%2Fb%3F", {204, {}});
    EXPECT_TRUE(outcomeOf(m_commands->removeUser(QStringLiteral("a/b?"))))
        << m_cluster.replica(0).requests().back().path.toStdString();
}

TEST_F(ClusterCommandsTest, SaysWhichFieldOfAnAnswerIsWrong) {
    m_cluster.replica(0).setAnswer("GET /api/v0/users", {200, R"({"users":[{"name":3}]})"});
    const auto users = outcomeOf(m_commands->users());
    ASSERT_FALSE(users);
    EXPECT_EQ(users.error().code, ErrorCode::corrupt);
    EXPECT_NE(users.error().message.find("users[0].name"), std::string::npos) << users.error().text();
    EXPECT_NE(users.error().message.find(m_cluster.replica(0).url()), std::string::npos)
        << users.error().text();
}

TEST_F(ClusterCommandsTest, CancelsWhatRunsWhenItGoes) {
    m_cluster.replica(0).setSilent(true);
    auto users = m_commands->users();
    m_commands.reset();
    EXPECT_TRUE(waitUntil([&] { return users.isFinished(); }));
    EXPECT_TRUE(users.isCanceled());
}

} // namespace
} // namespace pilothouse::client
