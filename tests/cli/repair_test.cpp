// SPDX-License-Identifier: GPL-3.0-or-later
// pilothousectl repair against scripted replicas: the plan, and carrying it out.
#include "repair_fixture.h"

#include <QJsonArray>

namespace pilothouse::test {
namespace {

// --- the plan

TEST_F(RepairTest, ADryRunSaysAllAndChangesNothing) {
    const auto seen = run(stated({QStringLiteral("--dry-run")}));
    EXPECT_EQ(seen.code, 0) << seen;
    for (const char* part : {"Repair from reg-1\n", "reg-1 goes on alone, in epoch 2, with what it holds.",
                             "reg-2 and reg-3 stay behind. When they come back they are read-only",
                             "reg-1  last entry 812 (term 7), 810 committed · has every blob",
                             "reg-2: destroyed; reg-3: powered off",
                             "the engine's data, 1.2 GB, to /var/lib/pilothouse/repair/epoch-1",
                             "  2. Copy the engine’s data of reg-1\n",
                             "Needs your word: What reg-2 and reg-3 accepted after entry 812 is lost",
                             "Passed (1): reg-1 votes"}) {
        expectPart(seen, seen.out, QString::fromUtf8(part));
    }
    EXPECT_EQ(survivor().count("POST /api/v0/repair"), 0);
    const auto asked = QJsonDocument::fromJson(survivor().last("POST /api/v0/repair/plan")->body).object();
    const auto silent = asked.value(QLatin1String("silent")).toArray();
    ASSERT_EQ(silent.size(), 2) << survivor().last("POST /api/v0/repair/plan")->body.toStdString();
    EXPECT_EQ(silent[0].toObject().value(QLatin1String("replica")),
              QString::fromStdString(ScriptedCluster::idOf(1)));
    EXPECT_EQ(silent[0].toObject().value(QLatin1String("statement")), QStringLiteral("destroyed"));
    EXPECT_EQ(silent[1].toObject().value(QLatin1String("statement")), QStringLiteral("powered_off"));
    const auto members = asked.value(QLatin1String("seen")).toArray();
    ASSERT_EQ(members.size(), 3);
    for (const auto& member : members) {
        const bool answers = member.toObject().value(QLatin1String("replica")) ==
                             QString::fromStdString(ScriptedCluster::idOf(0));
        EXPECT_EQ(member.toObject().value(QLatin1String("answers")), answers);
        EXPECT_EQ(member.toObject().value(QLatin1String("quorum")), false);
    }
}

TEST_F(RepairTest, AMissingStatementBlocks) {
    survivor().setAnswer("POST /api/v0/repair/plan",
                         answer(planOf(0, 812, {{"statements", "blocks", {"reg-3"}, {}, {}}})));
    const QStringList words = repair({QStringLiteral("--destroyed"), QStringLiteral("reg-2"),
                                      QStringLiteral("--reason"), QStringLiteral("fire")});
    auto seen = run(words + QStringList{QStringLiteral("--yes")});
    EXPECT_EQ(seen.code, 1) << seen;
    expectPart(seen, seen.out, QStringLiteral("Blocks: It is not said what became of reg-3"));
    expectPart(seen, seen.err, QStringLiteral("nothing was changed: a check blocks it"));
    expectPart(seen, seen.err, QStringLiteral("--destroyed, --powered-off or --cut-off NAME"));
    seen = run(words + QStringList{QStringLiteral("--dry-run"), QStringLiteral("--json")});
    EXPECT_EQ(seen.code, 1) << seen;
    EXPECT_EQ(seen.json().value(QLatin1String("findings"))[0][QLatin1String("check")],
              QStringLiteral("statements"))
        << seen;
    EXPECT_EQ(survivor().count("POST /api/v0/repair"), 0);
}

TEST_F(RepairTest, NeedsAReasonAndYes) {
    auto seen = run(stated({QStringLiteral("--yes")}));
    EXPECT_EQ(seen.code, 2) << seen;
    expectPart(seen, seen.err, QStringLiteral("a check needs your word. Add --reason TEXT"));
    seen = run(stated({QStringLiteral("--reason"), QStringLiteral("fire")}));
    EXPECT_EQ(seen.code, 2) << seen;
    expectPart(seen, seen.err, QStringLiteral("nothing was changed yet. Add --yes"));
    EXPECT_EQ(survivor().count("POST /api/v0/repair"), 0);
}

TEST_F(RepairTest, StatementsAreAboutOnesThatDoNotAnswerAndOnceEach) {
    auto seen = run(repair({QStringLiteral("--destroyed"), QStringLiteral("reg-9")}));
    EXPECT_EQ(seen.code, 1) << seen;
    expectPart(seen, seen.err,
               QStringLiteral("there is no replica \"reg-9\". There are reg-1, reg-2, reg-3"));
    seen = run(repair({QStringLiteral("--destroyed"), QStringLiteral("reg-2,reg-3"),
                       QStringLiteral("--cut-off"), QStringLiteral("reg-3")}));
    EXPECT_EQ(seen.code, 2) << seen;
    expectPart(seen, seen.err, QStringLiteral("reg-3 is stated twice"));
    seen = run(repair({QStringLiteral("--powered-off"), QStringLiteral("reg-1")}));
    EXPECT_EQ(seen.code, 2) << seen;
    expectPart(seen, seen.err, QStringLiteral("reg-1 answers, so it is not powered off"));
    EXPECT_EQ(survivor().count("POST /api/v0/repair/plan"), 0);
}

TEST_F(RepairTest, NobodyAnswersSaysWhatAWayBackNeeds) {
    m_cluster.kill(0);
    const auto seen = run(repair());
    EXPECT_EQ(seen.code, 1) << seen;
    expectPart(seen, seen.err,
               QStringLiteral("answers, so there is nothing to repair from. If the data folder"));
    expectPart(seen, seen.err, QStringLiteral("all records of the state at one revision, and the blobs"));
}

// --- two are left

class RepairOfTwoTest : public RepairTest {
protected:
    RepairOfTwoTest() { m_cluster.restart(1); }
};

TEST_F(RepairOfTwoTest, TakesTheBestOfThoseThatAnswer) {
    auto& better = m_cluster.replica(1);
    better.setAnswer("POST /api/v0/repair/plan", answer(planOf(1, 824)));
    auto seen =
        run(repair({QStringLiteral("--cut-off"), QStringLiteral("reg-3"), QStringLiteral("--dry-run")}));
    EXPECT_EQ(seen.code, 0) << seen;
    expectPart(seen, seen.out,
               QStringLiteral("reg-2 is the best to go on from. reg-2 holds 12 entries more than reg-1."));
    expectPart(seen, seen.out, QStringLiteral("Repair from reg-2\n"));
    EXPECT_EQ(survivor().count("POST /api/v0/repair/plan"), 1) << "both were asked";
    seen = run(repair({QStringLiteral("--from"), QStringLiteral("reg-1"), QStringLiteral("--dry-run")}));
    expectPart(seen, seen.out, QStringLiteral("Repair from reg-1\n"));
    EXPECT_FALSE(seen.out.contains(QStringLiteral("is the best"))) << seen;
    EXPECT_EQ(better.count("POST /api/v0/repair/plan"), 1) << "only the one that is named";
}

// What is left behind by an earlier repair knows nothing of what came after it.
TEST_F(RepairOfTwoTest, AsksNobodyOfAnOlderEpoch) {
    survivor().status.cluster.epoch = 2;
    auto& former = m_cluster.replica(1);
    former.status.cluster.epoch = 1;
    former.status.self.health = {false, api::Unhealthy::read_only, "It was left behind by a repair"};
    former.setAnswer("POST /api/v0/repair/plan", answer(planOf(1, 9000)));
    auto seen = run(repair({QStringLiteral("--dry-run")}));
    EXPECT_EQ(seen.code, 0) << seen;
    expectPart(seen, seen.out, QStringLiteral("Repair from reg-1\n"));
    EXPECT_EQ(former.count("POST /api/v0/repair/plan"), 0);
    m_cluster.kill(0);
    former.status.self.health = {false, api::Unhealthy::read_only, "It was left behind by a repair"};
    auto words = repair({QStringLiteral("--dry-run")});
    words[words.indexOf(QStringLiteral("--url")) + 1] = QString::fromStdString(former.url());
    seen = run(words);
    EXPECT_EQ(seen.code, 1) << seen;
    expectPart(
        seen, seen.err,
        QStringLiteral("nobody who answers is a voting member of test: reg-2 says: It was left behind by "
                       "a repair. Name one with --from"));
    EXPECT_EQ(former.count("POST /api/v0/repair/plan"), 0);
    seen = run(words + QStringList{QStringLiteral("--from"), QStringLiteral("reg-2")});
    expectPart(seen, seen.out, QStringLiteral("Repair from reg-2\n"));
}

// --- carrying it out

TEST_F(RepairTest, FollowsThroughSilenceAndRefusals) {
    survivor().setAnswer("POST /api/v0/repair", answer(repairIn("running", {"running", "pending"}), 202));
    auto process = begin(forReal());
    ASSERT_TRUE(waitUntil([&] { return survivor().count("POST /api/v0/repair") == 1; }));
    answerEverything(refusal(503, "unavailable", QStringLiteral("reg-1 is being repaired: 40 % is copied")));
    awaitMore("GET /api/v0/repair");
    survivor().kill();
    runFor(std::chrono::milliseconds(600));
    ASSERT_TRUE(survivor().start());
    answerEverything(
        refusal(503, "unavailable", QStringLiteral("reg-1 is being repaired: the engine starts")));
    awaitMore("GET /api/v0/repair");
    awaitMore("GET /api/v0/repair");
    serveAgain(doneRepair());
    const auto seen = endOf(*process);
    EXPECT_EQ(seen.code, 0) << seen;
    for (const char* part :
         {"  reg-1 is being repaired: 40 % is copied\n", "  reg-1 is being repaired: the engine starts\n",
          "  done     Copy the engine’s data of reg-1\n", "reg-1 serves again, alone, in epoch 2.\n",
          "copied to /var/lib/pilothouse/repair/epoch-1.",
          "It can be put back until a second replica has joined. To do that: pilothousectl repair put-back",
          "     pilothousectl join --yes\n", "     pilothouse-replica serve --join-host ADDRESS\n",
          "reg-3 may join again like a new host, once it is emptied"}) {
        expectPart(seen, seen.out, QString::fromUtf8(part));
    }
    EXPECT_EQ(seen.out.count(QStringLiteral("40 %")), 1) << "each sentence once\n" << seen;
    EXPECT_EQ(survivor().count("POST /api/v0/repair"), 1);
    const auto body = QJsonDocument::fromJson(survivor().last("POST /api/v0/repair")->body).object();
    EXPECT_EQ(body.value(QLatin1String("reason")), QStringLiteral("fire"));
    EXPECT_FALSE(body.value(QLatin1String("operation_id")).toString().isEmpty());
    EXPECT_EQ(body.value(QLatin1String("silent")).toArray().size(), 2);
}

TEST_F(RepairTest, PrintsOneObjectALine) {
    survivor().setAnswer("POST /api/v0/repair", answer(repairIn("running", {"running"}), 202));
    auto process = begin(forReal({QStringLiteral("--json")}));
    ASSERT_TRUE(waitUntil([&] { return survivor().count("POST /api/v0/repair") == 1; }));
    answerEverything(refusal(503, "unavailable", QStringLiteral("reg-1 is being repaired: 40 % is copied")));
    awaitMore("GET /api/v0/repair");
    serveAgain(repairIn("running", {"done"}));
    awaitMore("GET /api/v0/repair");
    awaitMore("GET /api/v0/repair");
    serveAgain(doneRepair());
    const auto seen = endOf(*process);
    EXPECT_EQ(seen.code, 0) << seen;
    const auto objects = lines(seen);
    ASSERT_EQ(objects.size(), 4U) << "the plan, and each state once\n" << seen;
    EXPECT_TRUE(objects[0].contains(QStringLiteral("survivors"))) << seen;
    EXPECT_EQ(objects[1].value(QLatin1String("phase")), QStringLiteral("running"));
    EXPECT_EQ(objects[2].value(QLatin1String("steps"))[0][QLatin1String("state")], QStringLiteral("done"));
    EXPECT_EQ(objects[3].value(QLatin1String("phase")), QStringLiteral("done"));
    EXPECT_TRUE(seen.err.isEmpty()) << seen;
}

// The survivor restarts so soon that nobody hears whether it has begun.
TEST_F(RepairTest, FindsOutWhetherItHasBegunWhenTheAnswerIsLost) {
    survivor().setAnswer("GET /api/v0/repair", answer(repairIn("put_back", {}, "r0")));
    survivor().setAnswer("POST /api/v0/repair", answer(repairIn("running", {"running"}), 202));
    survivor().setDelay(std::chrono::milliseconds(200));
    auto process = begin(forReal());
    ASSERT_TRUE(waitUntil([&] { return survivor().count("POST /api/v0/repair") == 1; }));
    survivor().kill();
    survivor().setDelay(std::chrono::milliseconds(0));
    ASSERT_TRUE(survivor().start());
    // It knows of the earlier one only: the request is made again, as the same operation.
    ASSERT_TRUE(waitUntil([&] { return survivor().count("POST /api/v0/repair") == 2; }));
    serveAgain(doneRepair());
    const auto seen = endOf(*process);
    EXPECT_EQ(seen.code, 0) << seen;
    std::vector<QString> ids;
    for (const auto& request : survivor().requests()) {
        if (request.method == "POST" && request.path == QStringLiteral("/api/v0/repair")) {
            ids.push_back(QJsonDocument::fromJson(request.body)
                              .object()
                              .value(QLatin1String("operation_id"))
                              .toString());
        }
    }
    ASSERT_EQ(ids.size(), 2U);
    EXPECT_EQ(ids[0], ids[1]);
}

TEST_F(RepairTest, SaysWhyItFailed) {
    auto failed = repairIn("failed", {"done", "undone"});
    failed.error = "the disk is full. Everything is as it was before";
    survivor().setAnswer("POST /api/v0/repair", answer(repairIn("running", {"running"}), 202));
    auto process = begin(forReal());
    ASSERT_TRUE(waitUntil([&] { return survivor().count("POST /api/v0/repair") == 1; }));
    survivor().setAnswer("GET /api/v0/repair", answer(failed));
    const auto seen = endOf(*process);
    EXPECT_EQ(seen.code, 1) << seen;
    expectPart(
        seen, seen.err,
        QStringLiteral("The repair from reg-1 failed: the disk is full. Everything is as it was before"));
    EXPECT_FALSE(seen.out.contains(QStringLiteral("Next:"))) << seen;
}

TEST_F(RepairTest, PassesTheSurvivorsRefusalOn) {
    survivor().setAnswer("POST /api/v0/repair",
                         refusal(409, "conflict", QStringLiteral("reg-2 has a majority again")));
    const auto seen = run(forReal());
    EXPECT_EQ(seen.code, 1) << seen;
    expectPart(seen, seen.err, QStringLiteral("pilothousectl: reg-2 has a majority again\n"));
    EXPECT_EQ(survivor().count("POST /api/v0/repair"), 1) << "no is no";
}

} // namespace
} // namespace pilothouse::test
