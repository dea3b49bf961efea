// SPDX-License-Identifier: GPL-3.0-or-later
// Real clusters lose their majority for good, and go on from one survivor.
#include "operation_fixture.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <csignal>

namespace pilothouse::test {

using namespace std::chrono_literals;

class Repair : public Operation {
protected:
    static QString reg(int number) { return QStringLiteral("reg-%1").arg(number); }
    // `pilothousectl repair` from that replica.
    CtlResult repair(const QString& from, const QStringList& more) {
        return ctl(atCluster(QStringList{QStringLiteral("repair"), QStringLiteral("--from"), from,
                                         QStringLiteral("--yes"), QStringLiteral("--reason"),
                                         QStringLiteral("a test")} +
                             more));
    }
    // The same over the API, with a statement about each of the others and nothing that the asker sees.
    HttpAnswer order(const QString& from, const QStringList& gone, const QString& statement) {
        QJsonArray silent;
        for (const auto& name : gone) {
            silent.append(QJsonObject{{QStringLiteral("replica"), hand(name).id},
                                      {QStringLiteral("name"), name},
                                      {QStringLiteral("statement"), statement}});
        }
        const QJsonObject body{{QStringLiteral("silent"), silent},
                               {QStringLiteral("seen"), QJsonArray()},
                               {QStringLiteral("reason"), QStringLiteral("a test")},
                               {QStringLiteral("operation_id"), QString()}};
        return request(QStringLiteral("POST"), addressAt(from, QStringLiteral("/api/v0/repair")),
                       QJsonDocument(body).toJson());
    }
    QString addressAt(const QString& name, const QString& target) { return hand(name).url() + target; }
    QJsonObject lastRepair(const QString& at) {
        return request(QStringLiteral("GET"), addressAt(at, QStringLiteral("/api/v0/repair"))).json();
    }
    void waitForRepair(const QString& at, const QString& phase) {
        waitFor(
            "the repair ends", [&] { return lastRepair(at)[QLatin1String("phase")] == phase; }, 60s);
    }
    qint64 epochAt(const QString& name) {
        return clusterAt(name).value(QLatin1String("cluster"))[QLatin1String("epoch")].toInteger();
    }
    QString healthCodeAt(const QString& name) {
        return clusterAt(name)
            .value(QLatin1String("self"))[QLatin1String("health")][QLatin1String("code")]
            .toString();
    }
    void waitForReadOnly(const QString& name) {
        waitFor(qPrintable(name + QStringLiteral(" is read-only")),
                [&] { return healthCodeAt(name) == QStringLiteral("read_only"); });
        EXPECT_EQ(pingOf(name), 503);
        const auto refused = addUser(name, QStringLiteral("refused-by-") + name);
        EXPECT_EQ(refused.status, 503) << refused.body.toStdString();
    }
    // Every write that was acknowledged is where a repair may need it.
    void settle(const QString& survivor) {
        for (auto& pusher : m_pushers) {
            pusher->stop();
        }
        waitFor("it has everything", [&] {
            const auto self = clusterAt(survivor).value(QLatin1String("self")).toObject();
            const auto blobs = self[QLatin1String("blobs")].toObject();
            const auto revision = self[QLatin1String("consensus")][QLatin1String("revision")].toInteger();
            return blobs[QLatin1String("missing")].toInt(-1) == 0 &&
                   blobs[QLatin1String("complete_up_to")].toInteger() >= revision;
        });
    }
    void join(const QString& name) {
        auto& next = plan();
        ASSERT_EQ(next.name, name);
        serveWaiting(next);
        const auto joined = joinWaiting(next, {QStringLiteral("--reason"), QStringLiteral("back to three")});
        ASSERT_EQ(joined.exitCode, 0) << joined.err.toStdString() << joined.out.toStdString();
        takeId(next);
    }
};

// Two of three are dead. The third goes on alone, the dead come back and wait, and two new ones make three.
TEST_F(Repair, OneOfThreeGoesOnAndLeadsBackToThree) {
    up(3);
    pushThrough({reg(1), reg(2), reg(3)});
    waitForPushes(10);
    settle(reg(1));
    kill9(reg(2));
    kill9(reg(3));
    waitForVerdict(QStringLiteral("no-quorum"));
    const auto blocked = repair(reg(1), {QStringLiteral("--destroyed"), reg(2)});
    EXPECT_NE(blocked.exitCode, 0) << blocked.out.toStdString();
    EXPECT_TRUE(blocked.out.contains(QStringLiteral("reg-3"))) << blocked.out.toStdString();
    EXPECT_EQ(epochAt(reg(1)), 1) << "nothing was begun";

    const auto repaired =
        repair(reg(1), {QStringLiteral("--destroyed"), reg(2), QStringLiteral("--powered-off"), reg(3)});
    ASSERT_EQ(repaired.exitCode, 0) << repaired.err.toStdString() << repaired.out.toStdString();
    EXPECT_EQ(epochAt(reg(1)), 2);
    EXPECT_TRUE(eventKinds(hand(reg(1)).url()).contains(QStringLiteral("cluster-repaired")));
    waitFor("its record is with the others",
            [&] { return newest()[QLatin1String("kind")] == QStringLiteral("repair"); });

    serve(reg(2));
    serve(reg(3));
    waitForReadOnly(reg(2));
    waitForReadOnly(reg(3));
    EXPECT_EQ(epochAt(reg(2)), 1);
    EXPECT_EQ(clusterAt(reg(1)).value(QLatin1String("former")).toArray().size(), 2);

    join(QStringLiteral("reg-4"));
    const auto tooLate =
        ctl(atCluster({QStringLiteral("repair"), QStringLiteral("put-back"), QStringLiteral("--yes"),
                       QStringLiteral("--reason"), QStringLiteral("x")}));
    EXPECT_NE(tooLate.exitCode, 0) << tooLate.out.toStdString();
    EXPECT_TRUE(tooLate.err.contains(QStringLiteral("a second replica has joined")))
        << tooLate.err.toStdString();
    join(QStringLiteral("reg-5"));
    waitFor("three vote, and all is well", [&] { return pingOf(reg(4)) == 200 && pingOf(reg(5)) == 200; });
    expectAllAcknowledgedAt({reg(1), QStringLiteral("reg-4"), QStringLiteral("reg-5")});
    EXPECT_EQ(healthCodeAt(reg(2)), QStringLiteral("read_only"));
    for (const auto& name : {reg(1), QStringLiteral("reg-4")}) {
        EXPECT_FALSE(usersAt(name).contains("refused-by")) << name.toStdString();
    }
}

// Of five two are left. The one that has more is found; what only the other has is fetched from it.
TEST_F(Repair, TheBetterOfTwoOfFiveGoesOn) {
    up(5);
    pushThrough({reg(1), reg(2), reg(3), reg(4), reg(5)});
    waitForPushes(10);
    settle(reg(1));
    kill9(reg(1)); // misses what comes
    ASSERT_EQ(addUser(reg(2), QStringLiteral("later")).status, 201);
    waitFor("the better one has it", [&] { return usersAt(reg(2)).contains("later"); });
    kill9(reg(3));
    kill9(reg(4));
    kill9(reg(5));
    // It is started anew, so that it does not lead and bring the other up to date; and what it has lost of
    // its blobs is with the other alone.
    ASSERT_EQ(stop(reg(2)), 0);
    ASSERT_TRUE(QDir(hand(reg(2)).dir + QStringLiteral("/blobs")).removeRecursively());
    serve(reg(1));
    waitFor("the returned one answers", [&] { return clusterAt(reg(1)).contains(QLatin1String("self")); });
    serve(reg(2));
    waitFor("it answers again", [&] { return clusterAt(reg(2)).contains(QLatin1String("self")); });
    const QStringList gone{QStringLiteral("--destroyed"), reg(3) + u',' + reg(4) + u',' + reg(5)};
    const auto best = ctl(atCluster(QStringList{QStringLiteral("repair"), QStringLiteral("--yes"),
                                                QStringLiteral("--reason"), QStringLiteral("a test")} +
                                    gone));
    ASSERT_EQ(best.exitCode, 0) << best.err.toStdString() << best.out.toStdString();
    EXPECT_EQ(epochAt(reg(2)), 2) << best.out.toStdString();
    EXPECT_TRUE(usersAt(reg(2)).contains("later")) << "an acknowledged write was lost";
    waitForReadOnly(reg(1));
    expectAllAcknowledgedAt({reg(2)});
}

// What a majority acknowledged lies in the survivor's log, but nobody told it that it is committed.
TEST_F(Repair, AnAcknowledgedEntryThatTheSurvivorHasNotAppliedIsKept) {
    up(3);
    const auto leader = nameOfLeader();
    const auto others = namesWithout(leader);
    const auto& survivor = others.front();
    kill9(others.back());
    waitFor("the two are a majority", [&] { return pingOf(leader) == 200 && pingOf(survivor) == 200; });
    // Its majority is the leader and the survivor: both have it in their logs when it is acknowledged.
    ASSERT_EQ(addUser(leader, QStringLiteral("acknowledged")).status, 201);
    kill9(survivor);
    kill9(leader);
    serve(survivor);
    waitFor("the survivor answers", [&] { return clusterAt(survivor).contains(QLatin1String("self")); });
    const auto ordered = order(survivor, {leader, others.back()}, QStringLiteral("destroyed"));
    ASSERT_EQ(ordered.status, 202) << ordered.body.toStdString();
    waitForRepair(survivor, QStringLiteral("done"));
    EXPECT_TRUE(usersAt(survivor).contains("acknowledged")) << "an acknowledged write was lost";
}

// A minority is cut off, and repaired by somebody who takes the others for dead. They live: nothing of the
// two is ever mixed, and when the repair is put back they go on.
TEST_F(Repair, ACutOffMinorityIsRepairedWhileTheMajorityLives) {
    up(3, true);
    const auto alone = reg(1);
    for (const auto& other : namesWithout(alone)) {
        m_net->cutBothWays(number(alone), number(other));
    }
    waitFor("it sees no majority", [&] { return pingOf(alone) == 503; });
    const auto refused = repair(alone, {QStringLiteral("--destroyed"), reg(2) + u',' + reg(3)});
    EXPECT_NE(refused.exitCode, 0) << "who asks hears the majority: " << refused.out.toStdString();
    EXPECT_EQ(epochAt(alone), 1);

    const auto ordered = order(alone, {reg(2), reg(3)}, QStringLiteral("cut_off"));
    ASSERT_EQ(ordered.status, 202) << ordered.body.toStdString();
    waitForRepair(alone, QStringLiteral("done"));
    ASSERT_EQ(addUser(alone, QStringLiteral("by-the-minority")).status, 201);
    ASSERT_EQ(addUser(reg(2), QStringLiteral("by-the-majority")).status, 201) << "it lives";
    const auto engines = std::pair{enginePid(reg(2)), enginePid(reg(3))};
    ASSERT_TRUE(engines.first && engines.second);

    m_net->heal();
    waitForReadOnly(reg(2));
    waitForReadOnly(reg(3));
    EXPECT_TRUE(isServed(reg(2)) && isServed(reg(3))) << "no old member ends";
    EXPECT_EQ(enginePid(reg(2)), engines.first);
    EXPECT_EQ(enginePid(reg(3)), engines.second);
    EXPECT_FALSE(usersAt(alone).contains("by-the-majority"));
    EXPECT_TRUE(usersAt(alone).contains("by-the-minority"));

    const auto back =
        ctl(atCluster({QStringLiteral("repair"), QStringLiteral("put-back"), QStringLiteral("--yes"),
                       QStringLiteral("--reason"), QStringLiteral("the others live")}));
    ASSERT_EQ(back.exitCode, 0) << back.err.toStdString() << back.out.toStdString();
    waitForVerdict(QStringLiteral("healthy"), 40s);
    for (const auto& each : m_hands) {
        waitFor("it has the majority's state",
                [&] { return usersAt(each->name).contains("by-the-majority"); });
        EXPECT_FALSE(usersAt(each->name).contains("by-the-minority")) << each->name.toStdString();
        EXPECT_EQ(epochAt(each->name), 1) << each->name.toStdString();
    }
    EXPECT_TRUE(QDir(hand(alone).dir).exists(QStringLiteral("after-epoch-2"))) << "what it took is kept";
}

// The engine does not start alone: everything is as it was, and the others can come back.
TEST_F(Repair, OneThatFailsIsTakenBack) {
    up(3);
    ASSERT_EQ(addUser(reg(1), QStringLiteral("before")).status, 201);
    for (const auto& each : m_hands) {
        kill9(each->name);
    }
    const QString engine = path(QStringLiteral("engine.sh"));
    QFile script(engine);
    ASSERT_TRUE(script.open(QIODevice::WriteOnly));
    script.write(
        "#!/bin/sh\ncase \"$*\" in *--force-new-cluster*) echo 'cannot go on alone' >&2; exit 1;; esac\n"
        "exec etcd \"$@\"\n");
    script.close();
    script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    serve(reg(1), {QStringLiteral("--engine-program"), engine});
    waitFor("it answers", [&] { return clusterAt(reg(1)).contains(QLatin1String("self")); });
    const auto ordered = order(reg(1), {reg(2), reg(3)}, QStringLiteral("powered_off"));
    ASSERT_EQ(ordered.status, 202) << ordered.body.toStdString();
    waitForRepair(reg(1), QStringLiteral("failed"));
    const auto failed = lastRepair(reg(1));
    EXPECT_FALSE(failed[QLatin1String("error")].toString().isEmpty()) << printed(failed).toStdString();
    EXPECT_FALSE(QDir(hand(reg(1)).dir).exists(QStringLiteral("before-epoch-2"))) << "nothing is left of it";
    serve(reg(2));
    serve(reg(3));
    waitForVerdict(QStringLiteral("healthy"), 40s);
    EXPECT_EQ(epochAt(reg(1)), 1);
    EXPECT_TRUE(usersAt(reg(1)).contains("before"));
}

// The survivor is killed again and again while it is repaired.
TEST_F(Repair, ASurvivorThatIsKilledGoesOn) {
    up(3);
    ASSERT_EQ(addUser(reg(1), QStringLiteral("before")).status, 201);
    waitFor("it has it", [&] { return usersAt(reg(1)).contains("before"); });
    kill9(reg(2));
    kill9(reg(3));
    waitFor("it sees no majority", [&] { return pingOf(reg(1)) == 503; });
    const auto ordered = order(reg(1), {reg(2), reg(3)}, QStringLiteral("destroyed"));
    ASSERT_EQ(ordered.status, 202) << ordered.body.toStdString();
    const QString journal = hand(reg(1)).dir + QStringLiteral("/repair.json");
    const auto isBegun = [&](const char* step) {
        const auto steps = QJsonDocument::fromJson(contentOf(journal))
                               .object()
                               .value(QLatin1String("repair"))
                               .toObject()
                               .value(QLatin1String("steps"))
                               .toArray();
        for (const auto& each : steps) {
            if (each[QLatin1String("kind")] == QLatin1String(step)) {
                return each[QLatin1String("state")] != QStringLiteral("pending");
            }
        }
        return false;
    };
    for (const char* step : {"copy_folder", "new_authority", "start_alone", "record_epoch"}) {
        waitFor(step, [&] { return isBegun(step); });
        kill9(reg(1));
        serve(reg(1));
    }
    waitForRepair(reg(1), QStringLiteral("done"));
    EXPECT_TRUE(usersAt(reg(1)).contains("before"));
    EXPECT_EQ(epochAt(reg(1)), 2);
    EXPECT_EQ(addUser(reg(1), QStringLiteral("after")).status, 201);
}

} // namespace pilothouse::test
