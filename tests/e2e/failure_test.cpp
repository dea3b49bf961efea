// SPDX-License-Identifier: GPL-3.0-or-later
// Replicas are killed, frozen and brought back; the cluster and what is said of it follow.
#include "sandbox_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <csignal>

namespace pilothouse::test {

using namespace std::chrono_literals;

class Failure : public SandboxFixture {
protected:
    void kill9(const QString& replica) { signalReplica(replica, SIGKILL); }
    void restart(const QString& replica) {
        const auto result = ctl({QStringLiteral("sandbox"), QStringLiteral("restart"), m_name, replica});
        ASSERT_EQ(result.exitCode, 0) << result.err.toStdString();
    }
    [[nodiscard]] static QString verdict(const QJsonObject& status) {
        return status[QLatin1String("verdict")].toString();
    }
};

TEST_F(Failure, AFollowerIsKilledAndComesBack) {
    start();
    const auto victim = aFollower();
    const auto engine = enginePid(victim);
    ASSERT_TRUE(engine);
    kill9(victim);
    waitFor(
        "the engine dies with its replica", [&] { return !runs(*engine); }, 3s);
    const auto hurt = waitForStatus(
        "no failure is left to lose",
        [](const QJsonObject& s) {
            return verdict(s) == QStringLiteral("at-risk") && s[QLatin1String("healthy_voters")] == 2;
        },
        5s);
    EXPECT_EQ(hurt[QLatin1String("tolerates")], 0);
    EXPECT_TRUE(hurt[QLatin1String("sentence")].toString().contains(victim))
        << hurt[QLatin1String("sentence")].toString().toStdString();
    EXPECT_EQ(addUser(nameOfLeader(), QStringLiteral("while-hurt")).status, 201);

    restart(victim);
    waitForStatus("it is healthy again",
                  [](const QJsonObject& s) { return verdict(s) == QStringLiteral("healthy"); });
    waitFor("the returned replica has what was written without it", [&] {
        return request(QStringLiteral("GET"), url(victim) + QStringLiteral("/api/v0/users"))
            .body.contains("while-hurt");
    });
}

TEST_F(Failure, TheLeaderIsKilledAndAnotherTakesOver) {
    start();
    const auto before = nameOfLeader();
    ASSERT_FALSE(before.isEmpty());
    const auto term = status()[QLatin1String("term")].toInt();
    kill9(before);
    waitForStatus("another leader, in a later term", [&](const QJsonObject& s) {
        return s[QLatin1String("leader")].isString() && s[QLatin1String("term")].toInt() > term;
    });
    const auto after = nameOfLeader();
    EXPECT_NE(after, before);
    EXPECT_EQ(addUser(after, QStringLiteral("after-election")).status, 201);
}

TEST_F(Failure, TwoOfThreeAreLost) {
    start();
    const auto survivor = aFollower();
    ASSERT_EQ(addUser(survivor, QStringLiteral("acknowledged")).status, 201);
    for (const auto& name : names()) {
        if (name != survivor) {
            kill9(name);
        }
    }
    const auto seen = waitForVerdict(QStringLiteral("no-quorum"), 10s);
    EXPECT_TRUE(seen[QLatin1String("leader")].isNull()) << printed(seen).toStdString();
    EXPECT_EQ(seen[QLatin1String("tolerates")], 0);
    const auto people = ctl({QStringLiteral("status"), QStringLiteral("--cluster"), m_name});
    EXPECT_EQ(people.exitCode, 3) << "not healthy";
    for (const auto& name : names()) {
        EXPECT_TRUE(seen[QLatin1String("sentence")].toString().contains(name)) << people.out.toStdString();
    }
    EXPECT_TRUE(people.out.contains(QStringLiteral("sandbox start")) ||
                people.out.contains(QStringLiteral("Bring one of them back")))
        << "it must say what to do\n"
        << people.out.toStdString();
    waitFor(
        "the health address says so",
        [&] {
            return request(QStringLiteral("GET"), httpUrl(survivor) + QStringLiteral("/_ping")).status == 503;
        },
        5s);
    const auto asked = std::chrono::steady_clock::now();
    const auto refused = addUser(survivor, QStringLiteral("lost"));
    const auto took = std::chrono::steady_clock::now() - asked;
    EXPECT_EQ(refused.status, 503) << refused.body.toStdString();
    EXPECT_LT(took, 2s) << "a write without quorum must be refused";
    EXPECT_EQ(request(QStringLiteral("GET"), url(survivor) + QStringLiteral("/api/v0/cluster")).status, 200)
        << "status and logins work without quorum";

    const auto started =
        ctl({QStringLiteral("sandbox"), QStringLiteral("start"), QStringLiteral("--name"), m_name});
    ASSERT_EQ(started.exitCode, 0) << started.err.toStdString();
    waitForStatus("healthy again",
                  [](const QJsonObject& s) { return verdict(s) == QStringLiteral("healthy"); });
    EXPECT_TRUE(usersAt(survivor).contains("acknowledged"));
}

TEST_F(Failure, AllAreKilledAtOnceAndNothingAcknowledgedIsLost) {
    start();
    for (int i = 0; i < 10; ++i) {
        ASSERT_EQ(addUser(names()[i % 3], QStringLiteral("user-%1").arg(i)).status, 201);
    }
    for (const auto& name : names()) {
        kill9(name);
    }
    const auto started =
        ctl({QStringLiteral("sandbox"), QStringLiteral("start"), QStringLiteral("--name"), m_name});
    ASSERT_EQ(started.exitCode, 0) << started.err.toStdString();
    for (const auto& name : names()) {
        const auto users = usersAt(name);
        for (int i = 0; i < 10; ++i) {
            EXPECT_TRUE(users.contains(QStringLiteral("user-%1").arg(i).toUtf8()))
                << name.toStdString() << ": " << users.toStdString();
        }
    }
}

TEST_F(Failure, APausedLeaderStepsBackWhenItGoesOn) {
    start();
    const auto paused = nameOfLeader();
    ASSERT_EQ(ctl({QStringLiteral("sandbox"), QStringLiteral("pause"), m_name, paused}).exitCode, 0);
    waitForStatus(
        "another leads",
        [&](const QJsonObject& s) {
            return s[QLatin1String("leader")].isString() && s[QLatin1String("leader")] != idOf(paused) &&
                   verdict(s) == QStringLiteral("at-risk");
        },
        30s);
    ASSERT_EQ(ctl({QStringLiteral("sandbox"), QStringLiteral("resume"), m_name, paused}).exitCode, 0);
    waitForStatus(
        "healthy, and everybody takes the same for leader",
        [](const QJsonObject& s) {
            return verdict(s) == QStringLiteral("healthy") && !s[QLatin1String("disagreement")].toBool();
        },
        30s);
    EXPECT_NE(nameOfLeader(), paused);
}

// A paused one is told apart from one that ended, and a sandbox that was stopped from one that is lost.
TEST_F(Failure, ThePausedAreToBeResumedAndTheStoppedStarted) {
    start();
    const auto names = this->names();
    ASSERT_EQ(ctl({QStringLiteral("sandbox"), QStringLiteral("pause"), m_name, names[0]}).exitCode, 0);
    kill9(names[1]);
    waitForVerdict(QStringLiteral("no-quorum"), 10s);
    const QStringList status{QStringLiteral("status"), QStringLiteral("--cluster"), m_name};
    auto people = ctl(status);
    EXPECT_TRUE(people.out.contains(QStringLiteral("sandbox resume %1 %2").arg(m_name, names[0])) &&
                people.out.contains(QStringLiteral("sandbox start --name ") + m_name))
        << people.out.toStdString();
    ASSERT_EQ(ctl({QStringLiteral("sandbox"), QStringLiteral("resume"), m_name, names[0]}).exitCode, 0);
    waitForVerdict(QStringLiteral("at-risk"));
    ASSERT_EQ(ctl({QStringLiteral("sandbox"), QStringLiteral("stop"), m_name}).exitCode, 0);
    people = ctl(status);
    EXPECT_EQ(people.exitCode, 3) << people.err.toStdString();
    EXPECT_TRUE(people.out.contains(QStringLiteral("stopped"))) << people.out.toStdString();
}

TEST_F(Failure, AReplicaThatHangsAloneGoesOnVoting) {
    start();
    const auto hung = aFollower();
    const auto other = names().front() == hung ? names().last() : names().front();
    const auto engine = enginePid(hung);
    ASSERT_TRUE(engine);
    signalReplica(hung, SIGSTOP);
    const auto seen = waitForStatus("its peers tell that its engine votes", [&](const QJsonObject& s) {
        return replicaIn(s, hung)[QLatin1String("reachable")] == false && s[QLatin1String("tolerates")] == 1;
    });
    EXPECT_NE(replicaIn(seen, hung)[QLatin1String("healthy")], true) << printed(seen).toStdString();
    const auto people = ctl({QStringLiteral("status"), QStringLiteral("--cluster"), m_name});
    EXPECT_TRUE(people.out.contains(QStringLiteral("not answering, still voting")))
        << people.out.toStdString();
    EXPECT_EQ(people.exitCode, 3);
    EXPECT_EQ(addUser(other, QStringLiteral("while-one-hangs")).status, 201);
    EXPECT_TRUE(runs(*engine));
    EXPECT_EQ(enginePid(hung), engine) << "its engine was restarted";
    signalReplica(hung, SIGCONT);
    waitForVerdict(QStringLiteral("healthy"));
    EXPECT_TRUE(usersAt(hung).contains("while-one-hangs"));
}

TEST_F(Failure, AnEngineThatDiesAloneIsStartedAgain) {
    start();
    const auto name = aFollower();
    const auto replica = replicaPid(name);
    const auto engine = enginePid(name);
    ASSERT_TRUE(engine);
    ASSERT_EQ(addUser(name, QStringLiteral("before")).status, 201);
    ASSERT_EQ(::kill(static_cast<pid_t>(*engine), SIGKILL), 0);
    waitFor("another engine runs", [&] { return enginePid(name).value_or(*engine) != *engine; });
    waitForVerdict(QStringLiteral("healthy"));
    EXPECT_EQ(replicaPid(name), replica) << "the replica itself goes on";
    EXPECT_TRUE(usersAt(name).contains("before"));
    waitFor("it is recorded",
            [&] { return eventKinds(url(name)).contains(QStringLiteral("engine-restarted")); });
}

TEST_F(Failure, AFreshClusterHasLostNobody) {
    start();
    const auto leader = nameOfLeader();
    ASSERT_FALSE(leader.isEmpty());
    waitFor("every start is recorded",
            [&] { return eventKinds(url(leader)).count(QStringLiteral("replica-started")) == 3; });
    const auto kinds = eventKinds(url(leader));
    for (const auto* never : {"replica-lost", "replica-returned", "quorum-lost", "engine-restarted"}) {
        EXPECT_FALSE(kinds.contains(QLatin1String(never))) << kinds.join(u' ').toStdString();
    }
    // Everybody hears everybody: what is asked first is not refused by an old sight.
    for (const auto& target : names()) {
        const auto asked =
            request(QStringLiteral("POST"), url(target) + QStringLiteral("/api/v0/cluster/leader"),
                    QStringLiteral(R"({"replica":"%1"})").arg(idOf(target)).toUtf8());
        EXPECT_EQ(asked.status, 204) << target.toStdString() << ": " << asked.body.toStdString();
    }
}

TEST_F(Failure, ADeadReplicaIsNotMadeLeader) {
    start();
    const auto dead = aFollower();
    const auto leader = nameOfLeader();
    signalReplica(dead, SIGKILL);
    const auto asked = request(QStringLiteral("POST"), url(leader) + QStringLiteral("/api/v0/cluster/leader"),
                               QStringLiteral(R"({"replica":"%1"})").arg(idOf(dead)).toUtf8());
    EXPECT_EQ(asked.status, 409) << asked.body.toStdString();
    EXPECT_TRUE(asked.body.contains(dead.toUtf8())) << asked.body.toStdString();
    EXPECT_EQ(nameOfLeader(), leader);
}

} // namespace pilothouse::test
