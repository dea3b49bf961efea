// SPDX-License-Identifier: GPL-3.0-or-later
// Replicas made, served and joined by hand, as a person types it.
#include "hand_fixture.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>

#include <csignal>

namespace pilothouse::test {

using namespace std::chrono_literals;

class Join : public HandFixture {
protected:
    void expectOnAll(const QByteArray& user) {
        for (const auto& each : m_hands) {
            EXPECT_EQ(usersAt(each->name).count('"' + user + '"'), 1)
                << user.toStdString() << " on " << each->name.toStdString();
        }
    }
};

TEST_F(Join, FromOneToThreeByTokensAsAPersonWould) {
    up(1);
    ASSERT_EQ(addUser(QStringLiteral("reg-1"), QStringLiteral("before-joining")).status, 201);
    QString firstToken;
    for (int i = 0; i < 2; ++i) {
        auto& next = plan();
        const auto token = tokenFor(next);
        const auto joined = join(next, token);
        ASSERT_EQ(joined.exitCode, 0) << joined.err.toStdString();
        EXPECT_TRUE(joined.out.contains(next.name) && joined.out.contains(QStringLiteral("serve")))
            << joined.out.toStdString();
        takeId(next);
        serve(next.name);
        waitForVote(next.name);
        firstToken = firstToken.isEmpty() ? token : firstToken;
    }
    const auto seen = waitForVerdict(QStringLiteral("healthy"), 30s);
    EXPECT_EQ(seen[QLatin1String("voters")], 3) << printed(seen).toStdString();
    EXPECT_EQ(seen[QLatin1String("tolerates")], 1);
    for (const auto& each : m_hands) {
        const auto user = QStringLiteral("from-") + each->name;
        ASSERT_EQ(addUser(each->name, user).status, 201);
        expectOnAll(user.toUtf8());
    }
    expectOnAll("before-joining");
    const auto kinds = eventKinds(m_hands.front()->url());
    EXPECT_EQ(kinds.count(QStringLiteral("replica-joined")), 2) << kinds.join(u' ').toStdString();

    // What was used once is used up, wherever it is tried again, and nothing is left of the try.
    auto& thief = plan();
    const auto refused = join(thief, firstToken);
    EXPECT_EQ(refused.exitCode, 1);
    EXPECT_TRUE(refused.err.contains(QStringLiteral("used"))) << refused.err.toStdString();
    EXPECT_FALSE(QFile::exists(thief.dir + QStringLiteral("/replica.json")));
    EXPECT_EQ(status()[QLatin1String("voters")], 3);
    m_hands.pop_back();
}

TEST_F(Join, AWrongOrAForeignTokenIsRefused) {
    up(1);
    auto& next = plan();
    const auto token = tokenFor(next);
    // Another secret for the same replica: decoded, changed, encoded.
    auto body = QByteArray::fromBase64(token.section(u'.', 1).toLatin1(), QByteArray::Base64UrlEncoding);
    auto json = QJsonDocument::fromJson(body).object();
    const auto secret = json[QLatin1String("secret")].toString();
    ASSERT_GE(secret.size(), 32) << "128 bits at least";
    json[QLatin1String("secret")] = QString(secret.size(), u'a');
    const auto encode = [](const QJsonObject& object) {
        return QStringLiteral("phjoin1.") +
               QString::fromLatin1(
                   QJsonDocument(object)
                       .toJson(QJsonDocument::Compact)
                       .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    };
    const auto guessed = join(next, encode(json));
    EXPECT_EQ(guessed.exitCode, 1) << guessed.out.toStdString();
    EXPECT_TRUE(guessed.err.contains(QStringLiteral("token"))) << guessed.err.toStdString();
    QDir(next.dir).removeRecursively();

    // A token that pins another cluster's authority: nothing is sent to this one.
    json[QLatin1String("secret")] = secret;
    json[QLatin1String("ca_sha256")] = QString(64, u'b');
    const auto foreign = join(next, encode(json));
    EXPECT_EQ(foreign.exitCode, 1);
    EXPECT_TRUE(foreign.err.contains(QStringLiteral("another cluster"))) << foreign.err.toStdString();
    QDir(next.dir).removeRecursively();

    for (const char* nonsense : {"", "hello", "phjoin1.e30"}) {
        const auto result = join(next, QLatin1String(nonsense));
        EXPECT_NE(result.exitCode, 0) << nonsense;
        EXPECT_TRUE(result.err.contains(QStringLiteral("token"))) << result.err.toStdString();
        EXPECT_FALSE(QFile::exists(next.dir)) << "a folder was made for: " << nonsense;
    }
    // After all that the real one still works.
    EXPECT_EQ(join(next, token).exitCode, 0);
}

// The engine's lease decides, no clock of anybody. It is revoked here, as it would be an hour later.
TEST_F(Join, AnExpiredTokenIsRefused) {
    up(1);
    auto& next = plan();
    const auto token = tokenFor(next);
    const auto first = QStringLiteral("reg-1");
    int revoked = 0;
    const QJsonArray leases = askEngine(first, QStringLiteral("lease/leases"), "{}")
                                  .json()
                                  .value(QLatin1String("leases"))
                                  .toArray();
    for (const auto& lease : leases) {
        const auto id = QStringLiteral(R"({"ID":"%1"})").arg(lease[QLatin1String("ID")].toString()).toUtf8();
        const auto life = askEngine(first, QStringLiteral("lease/timetolive"), id).json();
        if (life[QLatin1String("grantedTTL")].toString() == QStringLiteral("3600")) {
            EXPECT_EQ(askEngine(first, QStringLiteral("lease/revoke"), id).status, 200);
            ++revoked;
        }
    }
    ASSERT_EQ(revoked, 1) << "a token lives for an hour unless it is told otherwise";
    const auto refused = join(next, token);
    EXPECT_EQ(refused.exitCode, 1);
    EXPECT_TRUE(refused.err.contains(QStringLiteral("expired"))) << refused.err.toStdString();
    EXPECT_FALSE(QFile::exists(next.dir + QStringLiteral("/replica.json")));
    EXPECT_EQ(clusterAt(first)[QLatin1String("members")].toArray().size(), 1) << "a member was added";
    const auto badLife =
        replica({QStringLiteral("token"), QStringLiteral("--data-dir"), m_hands.front()->dir,
                 QStringLiteral("--name"), QStringLiteral("reg-9"), QStringLiteral("--host"),
                 QStringLiteral("127.0.0.1"), QStringLiteral("--lifetime"), QStringLiteral("0")});
    EXPECT_NE(badLife.exitCode, 0) << "a token that never lives";
}

TEST_F(Join, ALearnerThatIsKilledOnItsWayCompletesWhenItIsServedAgain) {
    up(1);
    auto& next = plan();
    const auto joined = join(next, tokenFor(next));
    ASSERT_EQ(joined.exitCode, 0) << joined.err.toStdString();
    takeId(next);
    EXPECT_FALSE(votes(next.name, QStringLiteral("reg-1"))) << "it votes before it was ever started";
    // The learner does not count: the cluster writes without it.
    EXPECT_EQ(addUser(QStringLiteral("reg-1"), QStringLiteral("learner-away")).status, 201);
    serve(next.name);
    waitFor("its engine runs", [&] { return enginePid(next.name).has_value(); });
    kill9(next.name);
    EXPECT_EQ(addUser(QStringLiteral("reg-1"), QStringLiteral("learner-dead")).status, 201)
        << "a dead learner must not stop writes";
    const auto seen = statusText(m_hands.front()->url());
    EXPECT_FALSE(votes(next.name, QStringLiteral("reg-1")))
        << "too late to show anything: it was promoted before the kill\n"
        << seen.out.toStdString();
    serve(next.name);
    waitForVote(next.name);
    expectOnAll("learner-away");
    expectOnAll("learner-dead");
}

TEST_F(Join, AnInterruptedJoinIsRepeatedWithTheSameToken) {
    up(1);
    auto& next = plan();
    const auto token = tokenFor(next);
    // It hangs on a replica that hangs, and is killed there.
    signal(QStringLiteral("reg-1"), SIGSTOP);
    QProcess interrupted;
    interrupted.setProcessEnvironment(m_environment);
    interrupted.start(programPath(QStringLiteral("pilothouse-replica")), joinArguments(next));
    ASSERT_TRUE(interrupted.waitForStarted(5000));
    interrupted.write(token.toUtf8() + '\n');
    ASSERT_TRUE(interrupted.waitForBytesWritten(5000));
    interrupted.closeWriteChannel();
    const QString pending = next.dir + QStringLiteral("/join.pending");
    waitFor("it has noted its keys", [&] { return QFile::exists(pending); });
    interrupted.kill();
    ASSERT_TRUE(interrupted.waitForFinished(5000));
    signal(QStringLiteral("reg-1"), SIGCONT);
    EXPECT_EQ(QFile(pending).permissions() & 0x77, 0) << "others may read the keys";

    // The answer can be lost after the token was used: then the same keys ask again. A copy stands for that
    // host.
    Hand lost = next;
    lost.dir = path(QStringLiteral("lost"));
    ASSERT_TRUE(QDir().mkdir(lost.dir));
    ASSERT_TRUE(QFile::setPermissions(lost.dir, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    ASSERT_TRUE(QFile::copy(pending, lost.dir + QStringLiteral("/join.pending")));
    const auto first = join(lost, token);
    ASSERT_EQ(first.exitCode, 0) << first.err.toStdString();
    const auto repeated = join(next, token);
    ASSERT_EQ(repeated.exitCode, 0) << repeated.err.toStdString();
    EXPECT_FALSE(QFile::exists(pending));
    const auto twice = join(next, token);
    EXPECT_EQ(twice.exitCode, 1) << "a complete folder must not be joined again";
    EXPECT_TRUE(twice.err.contains(QStringLiteral("already"))) << twice.err.toStdString();
    takeId(next);
    serve(next.name);
    waitForVote(next.name);
}

TEST_F(Join, WithoutQuorumItIsRefusedAndWorksLater) {
    up(3);
    auto& next = plan();
    const auto token = tokenFor(next);
    kill9(QStringLiteral("reg-2"));
    kill9(QStringLiteral("reg-3"));
    const auto refused = join(next, token);
    EXPECT_EQ(refused.exitCode, 1);
    EXPECT_FALSE(refused.err.isEmpty());
    EXPECT_FALSE(QFile::exists(next.dir + QStringLiteral("/replica.json")));
    serve(QStringLiteral("reg-2"));
    serve(QStringLiteral("reg-3"));
    waitForVerdict(QStringLiteral("healthy"), 30s);
    // The engine takes no new member until all have been connected for a while: that is waited for.
    const auto joined = join(next, token);
    ASSERT_EQ(joined.exitCode, 0) << "the token is unused still: " << joined.err.toStdString();
    takeId(next);
    serve(next.name);
    waitForVote(next.name);
}

} // namespace pilothouse::test
