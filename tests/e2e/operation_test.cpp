// SPDX-License-Identifier: GPL-3.0-or-later
// Real clusters are changed by operations, while clients push, replicas die and operators change their minds.
#include "operation_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QSslSocket>

#include <algorithm>
#include <csignal>
#include <mutex>
#include <thread>

namespace pilothouse::test {

using namespace std::chrono_literals;

// As a person does it, the leader last: pushes go on through all of it.
TEST_F(Operation, FromFiveToThreeWhileClientsPush) {
    up(5);
    pushThrough({QStringLiteral("reg-1"), QStringLiteral("reg-2"), QStringLiteral("reg-3"),
                 QStringLiteral("reg-4"), QStringLiteral("reg-5")});
    const auto first = aFollower();
    QStringList stay = namesWithout(first);
    const auto removed = change(QStringLiteral("remove"), first);
    ASSERT_EQ(removed.exitCode, 0) << removed.err.toStdString() << removed.out.toStdString();
    EXPECT_TRUE(removed.out.contains(first + QStringLiteral(" has left the cluster")))
        << removed.out.toStdString();
    pushThrough(stay);
    expectGone(first);

    const auto leader = nameOfLeader();
    ASSERT_FALSE(leader.isEmpty());
    stay.removeAll(leader);
    const auto second = change(QStringLiteral("remove"), leader);
    ASSERT_EQ(second.exitCode, 0) << second.err.toStdString() << second.out.toStdString();
    pushThrough(stay);
    expectGone(leader);

    const auto now = waitForVerdict(QStringLiteral("healthy"));
    EXPECT_EQ(now[QLatin1String("voters")], 3) << printed(now).toStdString();
    expectAllAcknowledgedAt(stay);
    const auto kinds = eventKinds(hand(stay.front()).url());
    EXPECT_EQ(kinds.count(QStringLiteral("replica-left")), 2);
    EXPECT_EQ(kinds.count(QStringLiteral("operation-ended")), 2);
    for (const auto& pusher : m_pushers) {
        for (const int status : pusher->statuses()) {
            EXPECT_TRUE(status == 201 || status == 0 || status == 503 || status == 400) << status;
        }
    }
}

// With one of three left to spare a removal needs a word; the one that is left alone takes everything.
TEST_F(Operation, DownToOneNeedsAWordOnTheWay) {
    up(3);
    pushThrough({QStringLiteral("reg-1")});
    const auto refused = change(QStringLiteral("remove"), QStringLiteral("reg-3"));
    EXPECT_EQ(refused.exitCode, 2) << refused.out.toStdString();
    EXPECT_TRUE(refused.err.contains(QStringLiteral("--reason"))) << refused.err.toStdString();
    EXPECT_TRUE(refused.out.contains(QStringLiteral("It can lose 1 now, and 0 afterwards")))
        << refused.out.toStdString();
    EXPECT_TRUE(operations().value(QLatin1String("past")).toArray().isEmpty()) << "nothing was begun";
    const QStringList reason{QStringLiteral("--reason"), QStringLiteral("its host is given back")};
    const auto three = change(QStringLiteral("remove"), QStringLiteral("reg-3"), reason);
    ASSERT_EQ(three.exitCode, 0) << three.err.toStdString() << three.out.toStdString();
    EXPECT_EQ(newest()[QLatin1String("reason")].toString(), reason.last()) << "it is kept with the operation";
    const auto two = change(QStringLiteral("remove"), QStringLiteral("reg-2"));
    ASSERT_EQ(two.exitCode, 0) << two.err.toStdString() << two.out.toStdString();
    const auto last = change(QStringLiteral("remove"), QStringLiteral("reg-1"), reason);
    EXPECT_EQ(last.exitCode, 1) << "the last one stays: " << last.out.toStdString();
    waitForPushes(5);
    expectAllAcknowledgedAt({QStringLiteral("reg-1")});
}

// A dead one is forgotten, another joins in its place; the dead one comes back and is refused.
TEST_F(Operation, TheDeadIsForgottenAndReplacedWhileClientsPush) {
    up(3);
    pushThrough({QStringLiteral("reg-1"), QStringLiteral("reg-2"), QStringLiteral("reg-3")});
    const auto alive =
        ctl(atCluster({QStringLiteral("forget"), QStringLiteral("reg-3"), QStringLiteral("--yes")}));
    EXPECT_EQ(alive.exitCode, 1) << "it is alive: " << alive.out.toStdString();
    EXPECT_TRUE(alive.out.contains(QStringLiteral("remove it instead"))) << alive.out.toStdString();
    kill9(QStringLiteral("reg-3"));
    pushThrough({QStringLiteral("reg-1"), QStringLiteral("reg-2")});
    const auto dead = change(QStringLiteral("remove"), QStringLiteral("reg-3"),
                             {QStringLiteral("--reason"), QStringLiteral("x")});
    EXPECT_EQ(dead.exitCode, 1) << "it is dead: " << dead.out.toStdString();
    EXPECT_TRUE(dead.out.contains(QStringLiteral("forget it"))) << dead.out.toStdString();
    const auto forgotten = change(QStringLiteral("forget"), QStringLiteral("reg-3"));
    ASSERT_EQ(forgotten.exitCode, 0) << forgotten.err.toStdString() << forgotten.out.toStdString();
    EXPECT_EQ(status()[QLatin1String("voters")], 2);
    waitForPushes(5);

    joinOneMore();
    waitForPushes(5);
    const auto again = serveToItsEnd(QStringLiteral("reg-3"));
    EXPECT_EQ(again.exitCode, 3) << again.err.toStdString();
    waitForVerdict(QStringLiteral("healthy"));
    expectAllAcknowledgedAt({QStringLiteral("reg-1"), QStringLiteral("reg-2"), QStringLiteral("reg-4")});
}

// A replica that joins gets its vote when it has everything, not before; then the others may go.
TEST_F(Operation, AReplicaThatJoinsHasEverythingWhenItVotes) {
    up(1);
    pushThrough({QStringLiteral("reg-1")});
    const QByteArray large(60'000'000, 'x');
    const auto pushed = request(QStringLiteral("POST"),
                                hand(QStringLiteral("reg-1")).url() +
                                    QStringLiteral("/v2/team/large/blobs/uploads/?digest=") + digestOf(large),
                                large, 30s);
    ASSERT_EQ(pushed.status, 201) << pushed.body.toStdString();
    for (const auto* name : {"reg-2", "reg-3"}) {
        auto& next = plan();
        const auto joined = join(next, tokenFor(next));
        ASSERT_EQ(joined.exitCode, 0) << joined.err.toStdString();
        takeId(next);
        serve(next.name);
        QJsonObject first;
        waitFor(
            "it votes",
            [&] {
                first = clusterAt(QLatin1String(name));
                return votes(QLatin1String(name), QLatin1String(name));
            },
            60s);
        // As it was seen just before it voted, or in that moment.
        EXPECT_EQ(
            first.value(QLatin1String("self"))[QLatin1String("blobs")][QLatin1String("missing")].toInt(-1), 0)
            << printed(first).toStdString();
        waitForPushes(5);
    }
    const auto membership = clusterAt(QStringLiteral("reg-1")).value(QLatin1String("membership"));
    EXPECT_EQ(membership[QLatin1String("phase")], QStringLiteral("stable"));
    // What only the first had is everywhere now.
    const auto removed = change(QStringLiteral("remove"), QStringLiteral("reg-1"),
                                {QStringLiteral("--reason"), QStringLiteral("x")});
    ASSERT_EQ(removed.exitCode, 0) << removed.err.toStdString() << removed.out.toStdString();
    for (const auto* name : {"reg-2", "reg-3"}) {
        const auto pulled = request(QStringLiteral("GET"),
                                    hand(QLatin1String(name)).url() +
                                        QStringLiteral("/v2/team/large/blobs/") + digestOf(large),
                                    {}, 30s);
        EXPECT_TRUE(pulled.status == 200 && pulled.body == large) << name;
    }
    pushThrough({QStringLiteral("reg-2"), QStringLiteral("reg-3")});
    expectAllAcknowledgedAt({QStringLiteral("reg-2"), QStringLiteral("reg-3")});
}

TEST_F(Operation, OneOfTwoDeadIsLeftForARepair) {
    up(3);
    ASSERT_EQ(change(QStringLiteral("remove"), QStringLiteral("reg-3"),
                     {QStringLiteral("--reason"), QStringLiteral("x")})
                  .exitCode,
              0);
    kill9(QStringLiteral("reg-2"));
    waitForVerdict(QStringLiteral("no-quorum"));
    const auto forget = change(QStringLiteral("forget"), QStringLiteral("reg-2"),
                               {QStringLiteral("--force"), QStringLiteral("reg-2")});
    EXPECT_EQ(forget.exitCode, 1);
    EXPECT_TRUE(forget.out.contains(QStringLiteral("No majority answers"))) << forget.out.toStdString();
    const auto remove = change(QStringLiteral("remove"), QStringLiteral("reg-1"),
                               {QStringLiteral("--force"), QStringLiteral("reg-1")});
    EXPECT_EQ(remove.exitCode, 1) << remove.out.toStdString();
}

TEST_F(Operation, TwoOperatorsAtOnceAndTheSecondIsTold) {
    up(3);
    const EndlessRequest slow(m_access, hand(QStringLiteral("reg-3")).https);
    std::vector<int> statuses;
    std::vector<std::thread> operators;
    std::mutex mutex;
    for (const auto* through : {"reg-1", "reg-2", "reg-3"}) {
        operators.emplace_back([&, through] {
            const int status =
                start(QLatin1String(through), QStringLiteral("remove"), QStringLiteral("reg-3")).status;
            const std::lock_guard lock(mutex);
            statuses.push_back(status);
        });
    }
    for (auto& each : operators) {
        each.join();
    }
    std::sort(statuses.begin(), statuses.end());
    EXPECT_EQ(statuses, (std::vector<int>{201, 409, 409}));
    const auto told = start(QStringLiteral("reg-2"), QStringLiteral("remove"), QStringLiteral("reg-1"));
    EXPECT_EQ(told.status, 409);
    EXPECT_TRUE(told.body.contains("reg-3") && told.body.contains("admin")) << told.body.toStdString();
}

// It waits for a request at the replica; cancelled, everything is as it was.
TEST_F(Operation, ACancelledRemovalLeavesNothing) {
    up(3);
    const auto victim = aFollower();
    {
        const EndlessRequest slow(m_access, hand(victim).https);
        ASSERT_EQ(start(QStringLiteral("reg-1"), QStringLiteral("remove"), victim).status, 201);
        waitForStep(QStringLiteral("finish_requests"));
        EXPECT_EQ(pingOf(victim), 503) << "it is out of the pool";
        waitFor("what it waits for is told", [&] {
            return running().value(QLatin1String("waiting"))[QLatin1String("reason")] ==
                   QStringLiteral("requests");
        });
        const auto cancelled = ctl(atCluster({QStringLiteral("operations"), QStringLiteral("cancel")}));
        EXPECT_EQ(cancelled.exitCode, 0) << cancelled.err.toStdString();
        EXPECT_TRUE(cancelled.out.contains(QStringLiteral("as it was"))) << cancelled.out.toStdString();
    }
    waitForEnd("cancelled");
    waitFor("it takes traffic again", [&] { return pingOf(victim) == 200; });
    EXPECT_EQ(status()[QLatin1String("voters")], 3);
    ASSERT_EQ(addUser(victim, QStringLiteral("afterwards")).status, 201);
}

// Whoever carries it out is killed while it waits: another goes on.
TEST_F(Operation, GoesOnWhenWhoCarriesItOutIsKilled) {
    up(5);
    const auto victim = aFollower();
    auto slow = std::make_unique<EndlessRequest>(m_access, hand(victim).https);
    ASSERT_EQ(start(victim, QStringLiteral("remove"), victim).status, 201);
    waitForStep(QStringLiteral("finish_requests"));
    const auto leader = nameOfLeader();
    ASSERT_NE(leader, victim);
    kill9(leader);
    const auto dead = hand(leader).id;
    waitFor("another carries it out", [&] {
        const auto owner = running().value(QLatin1String("owner")).toString();
        return !owner.isEmpty() && owner != dead;
    });
    slow.reset();
    waitForEnd("done");
    expectGone(victim);
    EXPECT_EQ(status()[QLatin1String("voters")], 4);
}

// The program that started it is killed: nobody needs it.
TEST_F(Operation, GoesOnWithoutTheProgramThatStartedIt) {
    up(3);
    const auto victim = aFollower();
    auto slow = std::make_unique<EndlessRequest>(m_access, hand(victim).https);
    QProcess program;
    program.setProcessEnvironment(m_environment);
    program.start(programPath(QStringLiteral("pilothousectl")),
                  atCluster({QStringLiteral("remove"), victim, QStringLiteral("--yes"),
                             QStringLiteral("--reason"), QStringLiteral("x")}));
    ASSERT_TRUE(program.waitForStarted(5000));
    waitForStep(QStringLiteral("finish_requests"));
    program.kill();
    ASSERT_TRUE(program.waitForFinished(5000));
    slow.reset();
    waitForEnd("done");
    expectGone(victim);
}

// The replica dies while it is being removed: the operator goes on without it.
TEST_F(Operation, TheReplicaDiesInTheMiddle) {
    up(5);
    const auto victim = aFollower();
    auto slow = std::make_unique<EndlessRequest>(m_access, hand(victim).https);
    ASSERT_EQ(start(victim, QStringLiteral("remove"), victim).status, 201);
    waitForStep(QStringLiteral("finish_requests"));
    kill9(victim);
    slow.reset();
    waitFor("it is told", [&] {
        return running().value(QLatin1String("waiting"))[QLatin1String("reason")] ==
               QStringLiteral("no_answer");
    });
    const auto skipped = ctl(atCluster({QStringLiteral("operations"), QStringLiteral("skip")}));
    EXPECT_EQ(skipped.exitCode, 0) << skipped.err.toStdString() << skipped.out.toStdString();
    waitForEnd("done");
    EXPECT_EQ(status()[QLatin1String("voters")], 4);
}

// A majority is lost in the middle of the change, and comes back.
TEST_F(Operation, QuorumIsLostInTheMiddle) {
    up(3);
    const auto victim = aFollower();
    auto slow = std::make_unique<EndlessRequest>(m_access, hand(victim).https);
    ASSERT_EQ(start(victim, QStringLiteral("remove"), victim).status, 201);
    waitForStep(QStringLiteral("finish_requests"));
    const QStringList others = namesWithout(victim);
    for (const auto& name : others) {
        kill9(name);
    }
    waitForVerdict(QStringLiteral("no-quorum"));
    slow.reset();
    for (const auto& name : others) {
        serve(name);
    }
    waitForEnd("done");
    expectGone(victim);
    EXPECT_EQ(status()[QLatin1String("voters")], 2);
}

} // namespace pilothouse::test
