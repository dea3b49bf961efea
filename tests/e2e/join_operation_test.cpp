// SPDX-License-Identifier: GPL-3.0-or-later
// Hosts that wait are joined by an operation of the cluster, while clients push, replicas die and operators
// change their minds.
#include "operation_fixture.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <csignal>

namespace pilothouse::test {

using namespace std::chrono_literals;

class JoinOperation : public Operation {
protected:
    // The finding of that check in a plan for the host.
    [[nodiscard]] QJsonObject findingOf(const QString& through, const QString& setupCode, const char* check) {
        const QJsonObject body{{QStringLiteral("kind"), QStringLiteral("join")},
                               {QStringLiteral("replica"), QString()},
                               {QStringLiteral("setup_code"), setupCode}};
        m_plan = request(QStringLiteral("POST"), hand(through).url() + QStringLiteral("/api/v0/cluster/plan"),
                         QJsonDocument(body).toJson());
        for (const auto& finding : m_plan.json().value(QLatin1String("findings")).toArray()) {
            if (finding[QLatin1String("check")] == QLatin1String(check)) {
                return finding.toObject();
            }
        }
        return {};
    }
    [[nodiscard]] QString severityOf(const QString& through, const Hand& next, const char* check) {
        return findingOf(through, QString::fromUtf8(contentOf(setupCodeFile(next))), check)
            .value(QLatin1String("severity"))
            .toString();
    }
    // `pilothousectl replace …`, to its end.
    [[nodiscard]] CtlResult replace(const QString& dead, const Hand& next, const QStringList& more) {
        return ctl(atCluster(QStringList{QStringLiteral("replace"), dead, QStringLiteral("--setup-code-file"),
                                         setupCodeFile(next)} +
                             more));
    }
    void waitForReason(const QString& reason) {
        waitFor(qPrintable(QStringLiteral("it waits for ") + reason), [&] {
            return running()[QLatin1String("waiting")][QLatin1String("reason")].toString() == reason;
        });
    }
    void cancel() {
        const auto cancelled = ctl(atCluster({QStringLiteral("operations"), QStringLiteral("cancel")}));
        EXPECT_EQ(cancelled.exitCode, 0) << cancelled.out.toStdString() << cancelled.err.toStdString();
    }
    void expectMembers(const QString& by, int members) {
        waitFor("the members are as expected",
                [&] { return clusterAt(by)[QLatin1String("members")].toArray().size() == members; });
    }

    HttpAnswer m_plan;
};

// As a person does it, from the first replica on, with pushes all the time.
TEST_F(JoinOperation, FromOneToThreeWhileClientsPush) {
    up(1);
    pushThrough({QStringLiteral("reg-1")});
    auto& second = plan();
    serveWaiting(second);
    const QByteArray code = contentOf(setupCodeFile(second));
    const auto refused = joinWaiting(second);
    EXPECT_EQ(refused.exitCode, 2) << refused.out.toStdString();
    EXPECT_TRUE(refused.out.contains(QStringLiteral("2 replicas will vote"))) << refused.out.toStdString();
    EXPECT_TRUE(refused.err.contains(QStringLiteral("--reason"))) << refused.err.toStdString();
    const auto joined = joinWaiting(second, {QStringLiteral("--reason"), QStringLiteral("a third follows")});
    ASSERT_EQ(joined.exitCode, 0) << joined.err.toStdString() << joined.out.toStdString();
    EXPECT_TRUE(joined.out.contains(QStringLiteral("reg-2 votes now"))) << joined.out.toStdString();
    EXPECT_FALSE(joined.out.contains(QStringLiteral("Cancel this"))) << joined.out.toStdString();
    takeId(second);
    const auto record = newest();
    EXPECT_EQ(record[QLatin1String("replica")].toString(), second.id) << printed(record).toStdString();
    EXPECT_FALSE(QJsonDocument(record).toJson().contains(code.trimmed())) << "a secret is told";

    auto& third = plan();
    serveWaiting(third);
    const QTemporaryDir documents;
    const QString runbook = documents.filePath(QStringLiteral("runbook.md"));
    const QByteArray thirdCode = contentOf(setupCodeFile(third)).trimmed();
    const auto last = joinWaiting(third, {QStringLiteral("--runbook"), runbook});
    ASSERT_EQ(last.exitCode, 0) << last.err.toStdString() << last.out.toStdString();
    EXPECT_FALSE(last.out.contains(QStringLiteral("Cancel this"))) << last.out.toStdString();
    takeId(third);
    const QStringList all{QStringLiteral("reg-1"), QStringLiteral("reg-2"), QStringLiteral("reg-3")};
    pushThrough(all);
    const auto now = waitForVerdict(QStringLiteral("healthy"));
    EXPECT_EQ(now[QLatin1String("voters")], 3) << printed(now).toStdString();
    expectAllAcknowledgedAt(all);
    for (const auto& name : all) {
        EXPECT_FALSE(log(name).toUtf8().contains(code.trimmed())) << name.toStdString();
    }
    EXPECT_FALSE(QFile::exists(setupCodeFile(third)));
    const QByteArray planned = contentOf(runbook);
    EXPECT_TRUE(planned.startsWith("# Runbook: Join reg-3\n")) << planned.toStdString();
    const auto exported = ctl(atCluster(
        {QStringLiteral("operations"), QStringLiteral("export"), newest()[QLatin1String("id")].toString()}));
    EXPECT_EQ(exported.exitCode, 0) << exported.err.toStdString();
    EXPECT_TRUE(exported.out.contains(QStringLiteral("## What happened"))) << exported.out.toStdString();
    EXPECT_FALSE((planned + exported.out.toUtf8()).contains(thirdCode)) << "a secret is told";
}

// Its wait is over once it is a member: the same code joins nobody else.
TEST_F(JoinOperation, ChecksSayWhatStandsInTheWay) {
    up(3);
    const QString one = QStringLiteral("reg-1");
    auto& next = plan();
    serveWaiting(next);
    EXPECT_EQ(severityOf(one, next, "host_answers"), QStringLiteral("passed")) << m_plan.body.toStdString();
    EXPECT_EQ(severityOf(one, next, "host_paths"), QStringLiteral("passed")) << m_plan.body.toStdString();
    EXPECT_EQ(severityOf(one, next, "host_machine"), QStringLiteral("information")) << "all on this computer";
    EXPECT_EQ(severityOf(one, next, "members_well"), QStringLiteral("passed")) << m_plan.body.toStdString();
    const auto paths = findingOf(one, QString::fromUtf8(contentOf(setupCodeFile(next))), "host_paths");
    EXPECT_EQ(paths[QLatin1String("numbers")][0].toInt(), 18) << "three ports of three, both ways";

    const auto garbage = findingOf(one, QStringLiteral("phsetup1.abc"), "host_answers");
    EXPECT_EQ(m_plan.status, 400) << m_plan.body.toStdString();

    kill9(QStringLiteral("reg-3"));
    waitFor("a dead member stands in the way",
            [&] { return severityOf(one, next, "members_well") == QStringLiteral("blocks"); });
    const auto refused = joinWaiting(next, {QStringLiteral("--reason"), QStringLiteral("hurry")});
    EXPECT_EQ(refused.exitCode, 1) << refused.out.toStdString();
    EXPECT_TRUE(refused.out.contains(QStringLiteral("forget it first"))) << refused.out.toStdString();
    serve(QStringLiteral("reg-3"));
    waitForVerdict(QStringLiteral("healthy"));

    const QString code = QString::fromUtf8(contentOf(setupCodeFile(next)));
    EXPECT_EQ(stop(next.name), 0);
    const auto silent = findingOf(one, code, "host_answers");
    EXPECT_EQ(silent[QLatin1String("severity")].toString(), QStringLiteral("blocks"));
    EXPECT_FALSE(silent[QLatin1String("detail")].toString().isEmpty());
}

TEST_F(JoinOperation, GoesOnWhenItsHostDiesAndWhenTheLeaderDoes) {
    up(3);
    pushThrough({QStringLiteral("reg-1"), QStringLiteral("reg-2"), QStringLiteral("reg-3")});
    auto& next = plan();
    serveWaiting(next);
    signal(next.name, SIGSTOP);
    const auto asked = startJoin(aFollower(), next);
    EXPECT_EQ(asked.status, 409) << "it does not answer: " << asked.body.toStdString();
    signal(next.name, SIGCONT);
    ASSERT_EQ(startJoin(aFollower(), next).status, 201);
    EXPECT_EQ(startJoin(aFollower(), next).status, 409) << "one at a time";
    // Before it votes, wherever it is.
    waitFor("it is a member", [&] { return QFile::exists(next.dir + QStringLiteral("/replica.json")); });
    kill9(next.name);
    const auto leader = nameOfLeader();
    kill9(leader);
    serveToJoin(next);
    takeId(next);
    waitForEnd("done");
    waitForVote(next.name);
    serve(leader);
    waitForVerdict(QStringLiteral("healthy"));
    expectAllAcknowledgedAt(
        {QStringLiteral("reg-1"), QStringLiteral("reg-2"), QStringLiteral("reg-3"), next.name});
}

// By another host, and in place: on the same host, with the same name and address.
TEST_F(JoinOperation, TheDeadAreReplacedWhileClientsPush) {
    up(3);
    pushThrough({QStringLiteral("reg-1"), QStringLiteral("reg-2"), QStringLiteral("reg-3")});
    kill9(QStringLiteral("reg-3"));
    pushThrough({QStringLiteral("reg-1"), QStringLiteral("reg-2")});
    auto& fourth = plan();
    serveWaiting(fourth);
    const auto refused = joinWaiting(fourth);
    EXPECT_EQ(refused.exitCode, 1) << "a broken one is listed: " << refused.out.toStdString();
    waitFor("nobody hears it any more", [&] {
        const auto looked = replace(QStringLiteral("reg-3"), fourth, {QStringLiteral("--dry-run")});
        return looked.exitCode == 0 && looked.out.contains(QStringLiteral("reg-3 answers nobody"));
    });
    const auto replaced = replace(QStringLiteral("reg-3"), fourth, {QStringLiteral("--yes")});
    ASSERT_EQ(replaced.exitCode, 0) << replaced.err.toStdString() << replaced.out.toStdString();
    EXPECT_TRUE(replaced.out.contains(QStringLiteral("reg-4 votes now: 3 of 3")))
        << replaced.out.toStdString();
    takeId(fourth);

    auto& second = hand(QStringLiteral("reg-2"));
    const QString before = second.id;
    kill9(second.name);
    pushThrough({QStringLiteral("reg-1"), QStringLiteral("reg-4")});
    QDir(second.dir).removeRecursively();
    serveWaiting(second);
    const auto inPlace = replace(second.name, second, {QStringLiteral("--yes")});
    ASSERT_EQ(inPlace.exitCode, 0) << inPlace.err.toStdString() << inPlace.out.toStdString();
    takeId(second);
    EXPECT_NE(second.id, before);
    const auto now = waitForVerdict(QStringLiteral("healthy"));
    EXPECT_EQ(now[QLatin1String("voters")], 3) << printed(now).toStdString();
    expectAllAcknowledgedAt({QStringLiteral("reg-1"), second.name, fourth.name});
}

TEST_F(JoinOperation, ACancelledReplacementHasForgottenTheDead) {
    up(3);
    auto& next = plan();
    serveWaiting(next);
    kill9(QStringLiteral("reg-3"));
    QJsonObject wanted{{QStringLiteral("kind"), QStringLiteral("replace")},
                       {QStringLiteral("replica"), hand(QStringLiteral("reg-3")).id},
                       {QStringLiteral("setup_code"), QString::fromUtf8(contentOf(setupCodeFile(next)))},
                       {QStringLiteral("operation_id"), QString()}};
    waitFor("it begins", [&] {
        return request(QStringLiteral("POST"),
                       hand(QStringLiteral("reg-1")).url() + QStringLiteral("/api/v0/cluster/operations"),
                       QJsonDocument(wanted).toJson())
                   .status == 201;
    });
    waitFor("it is let in", [&] { return presentStep() == QStringLiteral("admit"); });
    kill9(next.name);
    cancel();
    waitForEnd("cancelled");
    expectMembers(QStringLiteral("reg-1"), 2);
    const auto shown = ctl(atCluster(
        {QStringLiteral("operations"), QStringLiteral("show"), newest()[QLatin1String("id")].toString()}));
    EXPECT_TRUE(shown.out.contains(QStringLiteral("done     Take reg-3 out of the group")))
        << shown.out.toStdString();
}

// The engine takes no member while one is dead: the host's attempt, which has used its token up, ends before
// the dead one is back, and the next one must be for the same keys.
TEST_F(JoinOperation, OutlastsAMemberThatIsDeadForLong) {
    up(3);
    auto& next = plan();
    serveWaiting(next);
    const QString dead = aFollower();
    ASSERT_EQ(startJoin(QStringLiteral("reg-1"), next).status, 201);
    waitFor("it is let in", [&] { return running().isEmpty() || presentStep() == QStringLiteral("admit"); });
    kill9(dead);
    if (!running().isEmpty() && !QFile::exists(next.dir + QStringLiteral("/replica.json"))) {
        waitFor(
            "its attempt has ended",
            [&] { return log(next.name).contains(QStringLiteral("could not join")); }, 90s);
        EXPECT_FALSE(log(next.name).contains(QStringLiteral("clock"))) << log(next.name).toStdString();
    }
    serve(dead);
    waitForEnd("done");
    takeId(next);
    waitForVote(next.name);
}

// Nothing is left of it, and the host can wait again.
TEST_F(JoinOperation, CancelledBeforeTheHostIsAMemberItWaitsOn) {
    up(3);
    auto& next = plan();
    serveWaiting(next);
    ASSERT_EQ(startJoin(QStringLiteral("reg-1"), next).status, 201);
    waitFor("it is let in", [&] { return running().isEmpty() || presentStep() == QStringLiteral("admit"); });
    signal(next.name, SIGSTOP);
    if (!running().isEmpty() &&
        clusterAt(QStringLiteral("reg-1"))[QLatin1String("members")].toArray().size() == 3) {
        waitForReason(QStringLiteral("no_answer"));
        cancel();
        waitForEnd("cancelled");
        expectMembers(QStringLiteral("reg-1"), 3);
        signal(next.name, SIGCONT);
        waitFor("it waits on", [&] { return pingOf(next.name) == 503; });
    } else {
        signal(next.name, SIGCONT);
        waitForEnd("done"); // it was faster than the signal
    }
}

TEST_F(JoinOperation, CancelledWhileItCatchesUpItIsTakenOut) {
    up(3);
    auto& next = plan();
    serveWaiting(next);
    ASSERT_EQ(startJoin(QStringLiteral("reg-1"), next).status, 201);
    waitFor("it is a member", [&] { return QFile::exists(next.dir + QStringLiteral("/replica.json")); });
    kill9(next.name);
    takeId(next);
    waitForReason(QStringLiteral("no_answer"));
    cancel();
    waitForEnd("cancelled");
    expectMembers(QStringLiteral("reg-1"), 3);
    const auto again = serveToItsEnd(next.name);
    EXPECT_NE(again.exitCode, 0) << again.err.toStdString();
    EXPECT_TRUE(again.err.contains(QStringLiteral("oin again with a new data folder")))
        << again.err.toStdString();
    EXPECT_EQ(waitForVerdict(QStringLiteral("healthy"))[QLatin1String("voters")], 3);
}

TEST_F(JoinOperation, WaitsForAMajorityThatWasLost) {
    up(3);
    auto& next = plan();
    serveWaiting(next);
    ASSERT_EQ(startJoin(QStringLiteral("reg-1"), next).status, 201);
    waitFor("it is a member", [&] { return QFile::exists(next.dir + QStringLiteral("/replica.json")); });
    kill9(next.name);
    kill9(QStringLiteral("reg-2"));
    kill9(QStringLiteral("reg-3"));
    waitFor("the majority is lost", [&] { return pingOf(QStringLiteral("reg-1")) == 503; });
    serve(QStringLiteral("reg-2"));
    serve(QStringLiteral("reg-3"));
    serveToJoin(next);
    takeId(next);
    waitForEnd("done");
    waitForVote(next.name);
    EXPECT_EQ(waitForVerdict(QStringLiteral("healthy"))[QLatin1String("voters")], 4);
}

} // namespace pilothouse::test
