// SPDX-License-Identifier: GPL-3.0-or-later
// A new host that waits, and a cluster that takes it in.
#include "hand_fixture.h"
#include "replica/security/certificates.h"
#include "replica/security/join_token.h"
#include "replica/security/setup_code.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <csignal>

namespace pilothouse::test {

using namespace std::chrono_literals;

class WaitToJoin : public HandFixture {
protected:
    [[nodiscard]] static QString file(const Hand& next, const char* name) {
        return next.dir + u'/' + QLatin1String(name);
    }
    [[nodiscard]] static QByteArray codeOf(const Hand& next) { return contentOf(setupCodeFile(next)); }
    [[nodiscard]] static security::SetupCode parsedCodeOf(const Hand& next) {
        const auto parsed = security::parseSetupCode(codeOf(next).toStdString());
        EXPECT_TRUE(parsed) << parsed.error().text();
        return parsed.value_or(security::SetupCode{});
    }
    // As the cluster asks: by the authority whose fingerprint the code has.
    [[nodiscard]] HttpAnswer ask(const Hand& next, const QString& verb, QJsonObject body) {
        const auto authority = QJsonDocument::fromJson(contentOf(file(next, "setup.pending")))
                                   .object()[QLatin1String("authority")]
                                   .toString()
                                   .toUtf8();
        if (!authority.isEmpty()) {
            m_authority = authority;
        }
        return certificateRequest(std::nullopt, m_authority,
                                  next.url() + QStringLiteral("/api/v0/setup/") + verb,
                                  QStringLiteral("POST"), QJsonDocument(std::move(body)).toJson());
    }
    [[nodiscard]] HttpAnswer join(const Hand& next, const QString& secret, const QString& token) {
        return ask(next, QStringLiteral("join"),
                   {{QStringLiteral("secret"), secret}, {QStringLiteral("token"), token}});
    }
    void expectLogWithout(const Hand& next, const QByteArray& secret) {
        EXPECT_FALSE(log(next.name).contains(QStringLiteral("phsetup1.")));
        EXPECT_FALSE(log(next.name).toUtf8().contains(secret));
    }

    QByteArray m_authority;
};

TEST_F(WaitToJoin, OneMoreReplicaThatTheClusterComesFor) {
    up(1);
    auto& next = plan();
    serveWaiting(next);
    const auto line = codeOf(next);
    kill9(next.name);
    serveWaiting(next);
    ASSERT_EQ(codeOf(next), line) << "a restart shows the same code";
    const auto code = parsedCodeOf(next);
    const auto secret = QString::fromStdString(code.secret);

    const QJsonObject path{
        {QStringLiteral("name"), QStringLiteral("reg-1")},
        {QStringLiteral("port"), QStringLiteral("https")},
        {QStringLiteral("address"), QStringLiteral("127.0.0.1:%1").arg(hand(QStringLiteral("reg-1")).https)}};
    const auto inspected = ask(next, QStringLiteral("inspect"),
                               {{QStringLiteral("secret"), secret},
                                {QStringLiteral("cluster_id"), QString(32, u'c')},
                                {QStringLiteral("paths"), QJsonArray{path}}});
    EXPECT_EQ(security::parseCertificate(m_authority.toStdString())->sha256, code.ca_sha256);
    ASSERT_EQ(inspected.status, 200) << inspected.body.toStdString();
    const auto report = inspected.json();
    EXPECT_EQ(report[QLatin1String("name")].toString(), next.name);
    EXPECT_EQ(report[QLatin1String("url")].toString(), next.url());
    EXPECT_FALSE(report[QLatin1String("engine_version")].toString().isEmpty());
    EXPECT_GE(report[QLatin1String("host")][QLatin1String("disk_sync_ms")].toDouble(-1), 0);
    EXPECT_EQ(report[QLatin1String("paths")][0][QLatin1String("reach")].toString(), QStringLiteral("ok"));

    const auto token = tokenFor(next);
    const auto taken = join(next, secret, token);
    ASSERT_EQ(taken.status, 200) << taken.body.toStdString();
    EXPECT_EQ(taken.json()[QLatin1String("phase")].toString(), QStringLiteral("joining"));
    waitFor("it is a replica", [&] { return QFile::exists(file(next, "replica.json")); });
    takeId(next);
    waitForVote(next.name);
    EXPECT_FALSE(QFile::exists(file(next, "setup.pending")));
    EXPECT_FALSE(QFile::exists(file(next, "setup-code")));
    EXPECT_FALSE(QFile::exists(file(next, "join.pending")));
    EXPECT_EQ(join(next, secret, token).status, 0) << "that authority is gone";
    EXPECT_EQ(addUser(next.name, QStringLiteral("through-the-new-one")).status, 201);
    expectLogWithout(next, secret.toUtf8());
    EXPECT_FALSE(log(next.name).contains(token));

    // The same command starts it from now on.
    EXPECT_EQ(stop(next.name), 0);
    serve(next.name, {QStringLiteral("--join-host=elsewhere.example.org")});
    waitForVote(next.name);
}

TEST_F(WaitToJoin, KilledInTheMiddleOfItsJoinItGoesOn) {
    up(1);
    auto& next = plan();
    serveWaiting(next);
    const auto secret = QString::fromStdString(parsedCodeOf(next).secret);
    const auto token = tokenFor(next);
    // It hangs on a cluster that hangs, and is killed there.
    signal(QStringLiteral("reg-1"), SIGSTOP);
    ASSERT_EQ(join(next, secret, token).status, 200);
    waitFor("it has noted its keys", [&] { return QFile::exists(file(next, "join.pending")); });
    kill9(next.name);
    signal(QStringLiteral("reg-1"), SIGCONT);
    serveToJoin(next);
    waitFor("it is a replica", [&] { return QFile::exists(file(next, "replica.json")); });
    takeId(next);
    waitForVote(next.name);
    expectLogWithout(next, secret.toUtf8());
}

TEST_F(WaitToJoin, AFailedAttemptIsToldAndAnotherTokenWorks) {
    up(1);
    auto& next = plan();
    serveWaiting(next);
    const auto secret = QString::fromStdString(parsedCodeOf(next).secret);
    const auto token = tokenFor(next);
    auto guessed = security::parseJoinToken(token.toStdString()).value();
    guessed.secret = std::string(64, 'a');
    const auto wrong = QString::fromStdString(security::formatJoinToken(guessed));
    ASSERT_EQ(join(next, secret, wrong).status, 200);
    QString error;
    waitFor("the failure is told", [&] {
        const auto state = join(next, secret, wrong).json();
        error = state[QLatin1String("error")].toString();
        return state[QLatin1String("phase")].toString() == QStringLiteral("failed");
    });
    EXPECT_TRUE(error.contains(QStringLiteral("token"))) << error.toStdString();
    EXPECT_EQ(pingOf(next.name), 503) << "it waits on";
    ASSERT_EQ(join(next, secret, token).status, 200);
    waitFor("it is a replica", [&] { return QFile::exists(file(next, "replica.json")); });
    takeId(next);
    waitForVote(next.name);
}

} // namespace pilothouse::test
