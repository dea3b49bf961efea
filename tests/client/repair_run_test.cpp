// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "client/repair_run.h"
#include "samples.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace pilothouse::client {
namespace {

using namespace std::chrono_literals;
using test::ScriptedCluster;
using test::waitUntil;

test::ScriptedAnswer atWork(const char* sentence) {
    return {503,
            QByteArray(R"({"type":"about:blank","title":"","status":503,"code":"unavailable","detail":")") +
                sentence + "\"}",
            "application/problem+json"};
}

test::ScriptedAnswer repairIn(const std::string& phase, const std::string& id = "r1") {
    api::Repair repair;
    repair.id = id;
    repair.phase = phase;
    return {200, QByteArray::fromStdString(api::toJson(repair))};
}

class RepairRunTest : public testing::Test {
protected:
    RepairRunTest() {
        m_network.setCredentials({QStringLiteral("admin"), QStringLiteral("secret")});
        QObject::connect(&m_run, &RepairRun::told, &m_run,
                         [this](const api::Repair& repair) { m_told.push_back(repair.phase); });
        QObject::connect(&m_run, &RepairRun::heard, &m_run,
                         [this](const QString& sentence) { m_heard += sentence; });
        QObject::connect(&m_run, &RepairRun::ended, &m_run,
                         [this](const api::Repair& repair) { m_ended = repair; });
        QObject::connect(&m_run, &RepairRun::failed, &m_run, [this](const Error& error, bool refused) {
            m_failed = error;
            m_refused = refused;
        });
    }

    test::ScriptedReplica& survivor() { return m_cluster.replica(0); }
    bool awaitEnd() {
        return waitUntil([this] { return m_ended || m_failed; });
    }

    ScriptedCluster m_cluster{1};
    ClusterNetwork m_network{test::anchorOf(m_cluster.authority())};
    RepairCommands m_commands{m_network};
    RepairRun m_run{m_commands,
                    {test::urlOf(m_cluster.replica(0)), ReplicaId(ScriptedCluster::idOf(0))},
                    {.lookEvery = 20ms, .beginWithin = 600ms, .stalledAfter = 600ms}};
    std::vector<std::string> m_told;
    QStringList m_heard;
    std::optional<api::Repair> m_ended;
    std::optional<Error> m_failed;
    bool m_refused = false;
};

TEST_F(RepairRunTest, TellsEachStateOnceAndThenTheEnd) {
    survivor().setAnswer("POST /api/v0/repair", repairIn("running"));
    survivor().setAnswer("GET /api/v0/repair", repairIn("done", "r0")); // an earlier one
    m_run.start({});
    ASSERT_TRUE(waitUntil([&] { return !m_told.empty(); }));
    survivor().setAnswer("GET /api/v0/repair", atWork("it copies"));
    ASSERT_TRUE(waitUntil([&] { return !m_heard.isEmpty(); }));
    survivor().setAnswer("GET /api/v0/repair", repairIn("done"));
    ASSERT_TRUE(awaitEnd());
    EXPECT_EQ(m_told, (std::vector<std::string>{"running", "done"}));
    EXPECT_EQ(m_heard, QStringList{QStringLiteral("it copies")});
    ASSERT_TRUE(m_ended);
    EXPECT_EQ(m_ended->id, "r1");
}

TEST_F(RepairRunTest, ARefusalIsTheEnd) {
    survivor().setAnswer("POST /api/v0/repair/put-back", atWork("reg-2 has joined"));
    m_run.putBack({});
    ASSERT_TRUE(awaitEnd());
    ASSERT_TRUE(m_failed);
    EXPECT_TRUE(m_refused);
    EXPECT_EQ(m_failed->message, "reg-2 has joined");
}

// Progress is what is new, not that something answers.
TEST_F(RepairRunTest, StopsFollowingWhatDoesNotGoOn) {
    survivor().setAnswer("POST /api/v0/repair", repairIn("running"));
    m_run.start({});
    ASSERT_TRUE(waitUntil([&] { return !m_told.empty(); }));
    survivor().setAnswer("GET /api/v0/repair", atWork("it copies, 1 %"));
    ASSERT_TRUE(waitUntil([&] { return m_heard.size() == 1; }));
    test::runFor(400ms);
    survivor().setAnswer("GET /api/v0/repair", atWork("it copies, 2 %"));
    ASSERT_TRUE(waitUntil([&] { return m_heard.size() == 2; }));
    test::runFor(400ms);
    EXPECT_FALSE(m_failed) << "it went on: " << m_failed->text();
    ASSERT_TRUE(awaitEnd());
    ASSERT_TRUE(m_failed);
    EXPECT_FALSE(m_refused) << "it may go on";
    EXPECT_EQ(m_failed->message, "it copies, 2 %");
}

TEST_F(RepairRunTest, StopsWhenARunningOneStaysAsItIs) {
    survivor().setAnswer("GET /api/v0/repair", repairIn("running"));
    m_run.follow();
    ASSERT_TRUE(awaitEnd());
    ASSERT_TRUE(m_failed);
    EXPECT_EQ(m_failed->code, ErrorCode::timeout);
    EXPECT_EQ(m_told.size(), 1U);
}

// Putting back concerns the repair that is known: that it is still "done" means that nothing was begun.
TEST_F(RepairRunTest, MakesTheSameRequestAgainWhenItsAnswerWasLost) {
    survivor().setAnswer("GET /api/v0/repair", repairIn("done"));
    survivor().setAnswer("POST /api/v0/repair/put-back", repairIn("putting_back"));
    survivor().setDelay(200ms);
    m_run.putBack({});
    ASSERT_TRUE(waitUntil([&] { return survivor().count("POST /api/v0/repair/put-back") == 1; }));
    survivor().kill();
    survivor().setDelay(0ms);
    ASSERT_TRUE(survivor().start());
    ASSERT_TRUE(waitUntil([&] { return !m_told.empty(); }));
    survivor().setAnswer("GET /api/v0/repair", repairIn("put_back"));
    ASSERT_TRUE(awaitEnd());
    ASSERT_TRUE(m_ended);
    EXPECT_EQ(m_ended->phase, "put_back");
    std::vector<QString> ids;
    for (const auto& request : survivor().requests()) {
        if (request.method == "POST") {
            ids.push_back(QJsonDocument::fromJson(request.body)
                              .object()
                              .value(QLatin1String("operation_id"))
                              .toString());
        }
    }
    ASSERT_EQ(ids.size(), 2U);
    EXPECT_FALSE(ids[0].isEmpty());
    EXPECT_EQ(ids[0], ids[1]);
}

TEST_F(RepairRunTest, GivesUpWhenItNeverBegins) {
    survivor().kill();
    m_run.start({});
    ASSERT_TRUE(awaitEnd());
    ASSERT_TRUE(m_failed);
    EXPECT_FALSE(m_refused) << "the request may have arrived";
}

// --- whom to ask, and whom to take

CollectedObservation seenAs(const std::vector<std::pair<domain::Reach, bool>>& replicas) {
    CollectedObservation seen;
    for (std::size_t i = 0; i < replicas.size(); ++i) {
        domain::ReplicaObservation replica;
        replica.id = ReplicaId(ScriptedCluster::idOf(static_cast<int>(i)));
        replica.reach = replicas[i].first;
        replica.report.emplace();
        replica.report->consensus.quorum = replicas[i].second;
        seen.observation.replicas.push_back(replica);
    }
    return seen;
}

TEST(SeenMembers, WhoRefusesUsAnswersToo) {
    using domain::Reach;
    auto seen = seenAs({{Reach::ok, true},
                        {Reach::ok, false},
                        {Reach::rejected, false},
                        {Reach::notReady, false},
                        {Reach::refused, true}, // a report of before
                        {Reach::tls, false}});
    seen.observation.replicas.push_back({}); // an address that nobody answers at
    const auto members = seenMembers(seen);
    ASSERT_EQ(members.size(), 6U);
    EXPECT_EQ(members[0], (api::SeenMember{ScriptedCluster::idOf(0), true, true}));
    EXPECT_EQ(members[1], (api::SeenMember{ScriptedCluster::idOf(1), true, false}));
    EXPECT_TRUE(members[2].answers);
    EXPECT_TRUE(members[3].answers);
    EXPECT_EQ(members[4], (api::SeenMember{ScriptedCluster::idOf(4), false, false}));
    EXPECT_FALSE(members[5].answers);
}

TEST(RankSurvivors, GoesByWhatEachSaysOfItself) {
    const auto plan = [](const char* name, std::vector<api::Survivor> survivors) {
        api::RepairPlan made;
        made.replica = name;
        made.survivors = std::move(survivors);
        return made;
    };
    const api::Survivor one{"reg-1", "reg-1", api::EngineLog{7, 812, 810}, 0};
    const api::Survivor two{"reg-2", "reg-2", api::EngineLog{7, 824, 810}, 3};
    const api::Survivor unheard{"reg-2", "reg-2", std::nullopt, std::nullopt};
    // reg-1 does not reach reg-2, so it puts itself first.
    const auto ranked = rankSurvivors(
        {plan("reg-1", {one, unheard}), plan("reg-2", {two, one}), plan("reg-4", {})}); // which has no vote
    ASSERT_EQ(ranked.size(), 2U);
    EXPECT_EQ(ranked[0], two);
    EXPECT_EQ(ranked[1], one);
}

} // namespace
} // namespace pilothouse::client
