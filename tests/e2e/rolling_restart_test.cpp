// SPDX-License-Identifier: GPL-3.0-or-later
// Changes by which the members of a real cluster stay the same: restarts, names, the leader, the pool.
#include "operation_fixture.h"

#include <QJsonArray>

namespace pilothouse::test {

using namespace std::chrono_literals;

class RollingRestart : public Operation {
protected:
    // Which start of its program answers; empty while it does not.
    [[nodiscard]] QString instanceOf(const QString& name) {
        return request(QStringLiteral("GET"), hand(name).url() + QStringLiteral("/api/v0/replica"))
            .json()[QLatin1String("instance")]
            .toString();
    }
    [[nodiscard]] std::map<QString, QString> instances() {
        std::map<QString, QString> all;
        for (const auto& each : m_hands) {
            all[each->name] = instanceOf(each->name);
        }
        return all;
    }
    [[nodiscard]] CtlResult restartAll(const QStringList& more = {}) {
        return ctl(atCluster(QStringList{QStringLiteral("rolling-restart"), QStringLiteral("--yes")} + more));
    }
    // The names of those that were restarted, in their order.
    [[nodiscard]] static QStringList restartedBy(const QJsonObject& operation) {
        QStringList names;
        for (const auto& line : operation[QLatin1String("journal")].toArray()) {
            if (line[QLatin1String("what")] == QStringLiteral("step_done") &&
                line[QLatin1String("step")] == QStringLiteral("restart")) {
                names += line[QLatin1String("name")].toString();
            }
        }
        return names;
    }
};

TEST_F(RollingRestart, OneAfterAnotherTheLeaderLastWhileClientsPush) {
    up(3);
    const QStringList all{QStringLiteral("reg-1"), QStringLiteral("reg-2"), QStringLiteral("reg-3")};
    const auto leader = nameOfLeader();
    const auto pid = pidOf(leader);
    const auto before = instances();
    pushThrough(all);
    const auto restarted = restartAll();
    ASSERT_EQ(restarted.exitCode, 0) << restarted.err.toStdString() << restarted.out.toStdString();
    EXPECT_TRUE(restarted.out.contains(QStringLiteral("All replicas were restarted")))
        << restarted.out.toStdString();
    for (const auto& [name, instance] : instances()) {
        EXPECT_NE(instance, before.at(name)) << name.toStdString();
        EXPECT_FALSE(instance.isEmpty()) << name.toStdString();
        EXPECT_TRUE(isServed(name)) << name.toStdString();
        EXPECT_EQ(pingOf(name), 200) << name.toStdString() << " takes traffic again";
    }
    EXPECT_EQ(pidOf(leader), pid) << "its process stays the same";
    const auto order = restartedBy(newest());
    EXPECT_EQ(order.size(), 3);
    EXPECT_EQ(order.last(), leader);
    waitForPushes(5);
    expectAllAcknowledgedAt(all);
}

// It goes on at another replica; the one that was killed has been started anew by that.
TEST_F(RollingRestart, GoesOnWhenWhoCarriesItOutIsKilled) {
    up(3);
    const auto leader = nameOfLeader();
    const auto before = instances();
    const auto started = restartAll({QStringLiteral("--no-wait")});
    ASSERT_EQ(started.exitCode, 0) << started.err.toStdString();
    waitForStep(QStringLiteral("restart"));
    kill9(leader);
    serve(leader);
    waitForEnd("done");
    for (const auto& [name, instance] : instances()) {
        EXPECT_NE(instance, before.at(name)) << name.toStdString();
    }
    EXPECT_EQ(restartedBy(newest()).size(), 3) << printed(newest()).toStdString();
}

// One that does not come back stops it there: the others keep their majority. Cancelled, nobody is left
// drained.
TEST_F(RollingRestart, StopsAtOneThatDoesNotComeBackAndCanBeCancelled) {
    up(3);
    const auto first = aFollower();
    const auto started = restartAll({QStringLiteral("--no-wait")});
    ASSERT_EQ(started.exitCode, 0) << started.err.toStdString();
    waitFor("it is told to restart", [&] {
        const auto waiting = running()[QLatin1String("waiting")].toObject();
        return presentStep() == QStringLiteral("restart") && !waiting.isEmpty();
    });
    const auto steps = running()[QLatin1String("steps")].toArray();
    QString subject;
    for (const auto& step : steps) {
        if (step[QLatin1String("state")] == QStringLiteral("running")) {
            subject = step[QLatin1String("name")].toString();
        }
    }
    ASSERT_FALSE(subject.isEmpty()) << printed(running()).toStdString();
    kill9(subject);
    const auto any = namesWithout(subject).front();
    const auto cancelled = request(QStringLiteral("POST"),
                                   hand(any).url() + QStringLiteral("/api/v0/cluster/operations/%1/decision")
                                                         .arg(running()[QLatin1String("id")].toString()),
                                   R"({"decision":"cancel","step":"","operation_id":""})");
    EXPECT_EQ(cancelled.status, 200) << cancelled.body.toStdString();
    serve(subject);
    waitForEnd("cancelled");
    EXPECT_LT(restartedBy(newest()).size(), 3) << printed(newest()).toStdString();
    waitFor("nobody drains", [&] {
        return std::all_of(m_hands.begin(), m_hands.end(),
                           [&](const auto& each) { return pingOf(each->name) == 200; });
    });
}

TEST_F(RollingRestart, ALoneReplicaNeedsAWordAndComesBackByItself) {
    up(1);
    const auto before = instanceOf(QStringLiteral("reg-1"));
    const auto refused = restartAll();
    EXPECT_EQ(refused.exitCode, 2) << refused.out.toStdString();
    EXPECT_TRUE(refused.err.contains(QStringLiteral("--reason"))) << refused.err.toStdString();
    const auto restarted = restartAll({QStringLiteral("--reason"), QStringLiteral("a new version")});
    ASSERT_EQ(restarted.exitCode, 0) << restarted.err.toStdString() << restarted.out.toStdString();
    EXPECT_NE(instanceOf(QStringLiteral("reg-1")), before);
}

TEST_F(RollingRestart, NamesLeadersAndThePoolLeaveARecord) {
    up(3);
    const auto follower = aFollower();
    const auto led = ctl(atCluster({QStringLiteral("make-leader"), follower}));
    ASSERT_EQ(led.exitCode, 0) << led.err.toStdString() << led.out.toStdString();
    waitFor("it leads", [&] { return nameOfLeader() == follower; });
    EXPECT_EQ(newest()[QLatin1String("kind")], QStringLiteral("make_leader"));

    for (const auto& name : {QStringLiteral("reg-1"), QStringLiteral("reg-2")}) {
        const auto drained = ctl(atCluster({QStringLiteral("drain"), name}));
        ASSERT_EQ(drained.exitCode, 0) << drained.err.toStdString() << drained.out.toStdString();
        EXPECT_EQ(pingOf(name), 503) << name.toStdString();
    }
    EXPECT_EQ(newest()[QLatin1String("kind")], QStringLiteral("drain"));
    const auto last = ctl(atCluster({QStringLiteral("drain"), QStringLiteral("reg-3")}));
    EXPECT_EQ(last.exitCode, 2) << last.out.toStdString();
    EXPECT_TRUE(last.out.contains(QStringLiteral("Nobody would take traffic any more")))
        << last.out.toStdString();
    EXPECT_EQ(pingOf(QStringLiteral("reg-3")), 200);
    const auto back =
        ctl(atCluster({QStringLiteral("drain"), QStringLiteral("--off"), QStringLiteral("reg-1")}));
    ASSERT_EQ(back.exitCode, 0) << back.err.toStdString() << back.out.toStdString();
    EXPECT_EQ(pingOf(QStringLiteral("reg-1")), 200);

    const auto taken = ctl(atCluster({QStringLiteral("rename"), QStringLiteral("reg-2"),
                                      QStringLiteral("reg-3"), QStringLiteral("--yes")}));
    EXPECT_EQ(taken.exitCode, 1) << taken.out.toStdString();
    const auto renamed = ctl(atCluster({QStringLiteral("rename"), QStringLiteral("reg-2"),
                                        QStringLiteral("berlin-2"), QStringLiteral("--yes")}));
    ASSERT_EQ(renamed.exitCode, 0) << renamed.err.toStdString() << renamed.out.toStdString();
    for (const auto& each : m_hands) {
        waitFor("all know the name",
                [&] { return printed(clusterAt(each->name)).contains(QStringLiteral("berlin-2")); });
    }
    EXPECT_EQ(clusterAt(QStringLiteral("reg-2"))[QLatin1String("self")][QLatin1String("name")],
              QStringLiteral("berlin-2"));
}

} // namespace pilothouse::test
