// SPDX-License-Identifier: GPL-3.0-or-later
// pilothousectl after a repair: its record, putting it back, and who was left behind.
#include "repair_fixture.h"

#include <QJsonArray>

namespace pilothouse::test {
namespace {

using RepairPastTest = RepairTest;

TEST_F(RepairPastTest, ShowsTheLastOne) {
    auto record = doneRepair();
    record.reason = "fire";
    record.journal = {{"2026-11-28T11:42:09.000Z", "admin", "step_done", "copy_folder", {}}};
    survivor().setAnswer("GET /api/v0/repair", answer(record));
    auto seen = run(withCluster({QStringLiteral("repair"), QStringLiteral("status")}));
    EXPECT_EQ(seen.code, 0) << seen;
    for (const char* part : {"Repair from reg-1: done\n", "Because: fire\n",
                             "2026-11-28T11:42:09.000Z  admin  Copy the engine’s data of reg-1: done"}) {
        expectPart(seen, seen.out, QString::fromUtf8(part));
    }
    seen = run(withCluster({QStringLiteral("repair"), QStringLiteral("status"), QStringLiteral("--json")}));
    EXPECT_EQ(seen.json().value(QLatin1String("id")), QStringLiteral("r1")) << seen;
    answerEverything(refusal(503, "unavailable", QStringLiteral("reg-1 is being repaired: 40 % is copied")));
    seen = run(withCluster({QStringLiteral("repair"), QStringLiteral("status")}));
    EXPECT_EQ(seen.code, 0) << seen;
    EXPECT_EQ(seen.out, QStringLiteral("reg-1 is being repaired: 40 % is copied\n")) << seen;
    seen = run(repair());
    EXPECT_EQ(seen.code, 1) << seen;
    expectPart(seen, seen.err, QStringLiteral("reg-1 is being repaired: 40 % is copied"));
    survivor().clearAnswer("GET /api/v0/cluster");
    survivor().clearAnswer("GET /api/v0/repair");
    seen = run(withCluster({QStringLiteral("repair"), QStringLiteral("status")}));
    EXPECT_EQ(seen.code, 1) << seen;
    expectPart(seen, seen.err, QStringLiteral("no replica that answers has repaired the cluster"));
}

TEST_F(RepairPastTest, TheVerbsTakeNoOptionsOfTheGroup) {
    const auto seen = run({QStringLiteral("repair"), QStringLiteral("--from"), QStringLiteral("reg-1"),
                           QStringLiteral("put-back"), QStringLiteral("--yes")});
    EXPECT_EQ(seen.code, 2) << seen;
    expectPart(seen, seen.err, QStringLiteral("--from: write options after the verb"));
}

TEST_F(RepairPastTest, PutsBack) {
    const QStringList words = withCluster({QStringLiteral("repair"), QStringLiteral("put-back")});
    auto record = doneRepair();
    survivor().setAnswer("GET /api/v0/repair", answer(record));
    auto seen = run(words);
    EXPECT_EQ(seen.code, 2) << seen;
    expectPart(seen, seen.err, QStringLiteral("Add --yes to put reg-1 back to epoch 1"));
    record.changes_since = 14;
    survivor().setAnswer("GET /api/v0/repair", answer(record));
    seen = run(words + QStringList{QStringLiteral("--yes")});
    EXPECT_EQ(seen.code, 2) << seen;
    expectPart(seen, seen.err, QStringLiteral("14 changes since the repair would be lost"));
    EXPECT_EQ(survivor().count("POST /api/v0/repair/put-back"), 0);

    survivor().setAnswer("POST /api/v0/repair/put-back", answer(repairIn("putting_back", {}), 202));
    auto process = begin(
        words + QStringList{QStringLiteral("--yes"), QStringLiteral("--reason"), QStringLiteral("oops")});
    ASSERT_TRUE(waitUntil([&] { return survivor().count("POST /api/v0/repair/put-back") == 1; }));
    survivor().setAnswer("GET /api/v0/repair", answer(repairIn("put_back", {})));
    seen = endOf(*process);
    EXPECT_EQ(seen.code, 0) << seen;
    EXPECT_EQ(seen.out,
              QStringLiteral("The repair from reg-1 is put back: it is a member of epoch 1 again, as "
                             "before.\n"))
        << seen;
    const auto body = survivor().last("POST /api/v0/repair/put-back")->body;
    EXPECT_TRUE(body.contains(R"("reason":"oops")")) << body.toStdString();
}

TEST_F(RepairPastTest, DoesNotPutBackWhatTheSurvivorRefuses) {
    const QStringList words =
        withCluster({QStringLiteral("repair"), QStringLiteral("put-back"), QStringLiteral("--yes")});
    auto record = doneRepair();
    record.can_put_back = false;
    record.why_not_put_back = "reg-4 has joined since";
    survivor().setAnswer("GET /api/v0/repair", answer(record));
    auto seen = run(words);
    EXPECT_EQ(seen.code, 1) << seen;
    EXPECT_EQ(seen.err, QStringLiteral("pilothousectl: reg-4 has joined since\n")) << seen;
    EXPECT_EQ(survivor().count("POST /api/v0/repair/put-back"), 0);
    survivor().setAnswer("GET /api/v0/repair", answer(doneRepair()));
    survivor().setAnswer("POST /api/v0/repair/put-back",
                         refusal(409, "conflict", QStringLiteral("reg-4 joins just now")));
    seen = run(words);
    EXPECT_EQ(seen.code, 1) << seen;
    EXPECT_EQ(seen.err, QStringLiteral("pilothousectl: reg-4 joins just now\n")) << seen;
}

TEST_F(RepairPastTest, StatusShowsWhoWasLeftBehind) {
    serveAgain(doneRepair());
    m_cluster.restart(2);
    auto& former = m_cluster.replica(2);
    former.status.cluster.epoch = 1;
    former.status.self.health = {false, api::Unhealthy::read_only,
                                 "It was left behind by a repair and waits to be emptied"};
    serveAgain(doneRepair());
    api::PeerView view;
    view.id = former.id();
    view.reach = api::Reach::ok;
    view.heard_at = "2026-11-28T11:42:07.000Z";
    for (auto& left : *survivor().status.former) {
        left.seen = left.id == former.id() ? std::optional(view) : std::nullopt;
    }
    auto seen = run(withCluster({QStringLiteral("status")}));
    expectPart(seen, seen.out,
               QStringLiteral("reg-3: of epoch 1, read-only, waits to be emptied and joined again\n"));
    expectPart(seen, seen.out,
               QStringLiteral("reg-2: of epoch 1, left behind by a repair, does not answer (destroyed)\n"));
    seen = run(withCluster({QStringLiteral("status"), QStringLiteral("--json")}));
    const auto left = seen.json().value(QLatin1String("former")).toArray();
    ASSERT_EQ(left.size(), 2) << seen;
    EXPECT_EQ(left[0].toObject().value(QLatin1String("statement")), QStringLiteral("destroyed")) << seen;
    EXPECT_EQ(left[0].toObject().value(QLatin1String("answers")), false) << seen;
    EXPECT_EQ(left[1].toObject().value(QLatin1String("answers")), true) << seen;
    seen = run(withCluster({QStringLiteral("status"), QStringLiteral("--report")}));
    expectPart(seen, seen.out, QStringLiteral("- reg-2: of epoch 1, left behind by a repair"));
    // Asked itself it says why it takes nothing.
    auto words = withCluster({QStringLiteral("status")});
    words[words.indexOf(QStringLiteral("--url")) + 1] = QString::fromStdString(former.url());
    seen = run(words);
    EXPECT_EQ(seen.code, 3) << seen;
    expectPart(seen, seen.out, QStringLiteral("left behind · epoch 1"));
}

} // namespace
} // namespace pilothouse::test
