// SPDX-License-Identifier: GPL-3.0-or-later
// The life of a sandbox: stop, start again with the same data and addresses, a taken port, removal.
#include "sandbox_fixture.h"

#include <QDir>
#include <QJsonArray>
#include <QTcpServer>
#include <QUrl>

namespace pilothouse::test {

class Sandbox : public SandboxFixture {};

TEST_F(Sandbox, StopsAndStartsAgainAtTheSameAddresses) {
    start();
    const auto before = url(names().first());
    ASSERT_EQ(ctl({QStringLiteral("sandbox"), QStringLiteral("stop"), m_name}).exitCode, 0);
    for (const auto& name : names()) {
        EXPECT_FALSE(replicaPid(name).has_value() && runs(*replicaPid(name))) << name.toStdString();
    }
    const auto again = ctl({QStringLiteral("sandbox"), QStringLiteral("start"), QStringLiteral("--name"),
                            m_name, QStringLiteral("--json")});
    ASSERT_EQ(again.exitCode, 0) << again.err.toStdString();
    EXPECT_EQ(
        again.json()[QLatin1String("replicas")].toArray()[0].toObject()[QLatin1String("url")].toString(),
        before);
}

TEST_F(Sandbox, ATakenPortIsNamedWithItsHolder) {
    start(1);
    ASSERT_EQ(ctl({QStringLiteral("sandbox"), QStringLiteral("stop"), m_name}).exitCode, 0);
    QTcpServer thief;
    const auto port = static_cast<quint16>(QUrl(url(names().first())).port());
    ASSERT_TRUE(thief.listen(QHostAddress::LocalHost, port)) << thief.errorString().toStdString();
    const auto refused =
        ctl({QStringLiteral("sandbox"), QStringLiteral("start"), QStringLiteral("--name"), m_name});
    EXPECT_EQ(refused.exitCode, 1);
    EXPECT_TRUE(refused.err.contains(QString::number(port)) &&
                refused.err.contains(QStringLiteral("test_e2e")))
        << refused.err.toStdString();
}

TEST_F(Sandbox, RemovingLeavesNothing) {
    start(1);
    const auto dir = m_sandbox[QLatin1String("dir")].toString();
    EXPECT_EQ(ctl({QStringLiteral("sandbox"), QStringLiteral("remove"), m_name}).exitCode, 2)
        << "it must ask for --yes";
    EXPECT_TRUE(QDir(dir).exists());
    ASSERT_EQ(
        ctl({QStringLiteral("sandbox"), QStringLiteral("remove"), m_name, QStringLiteral("--yes")}).exitCode,
        0);
    EXPECT_FALSE(QDir(dir).exists());
    m_sandbox = {};
}

TEST_F(Sandbox, EveryVerbTellsAsJsonWhatItActedOn) {
    start(1);
    const QString replica = names().first();
    const auto toldBy = [&](const QStringList& verbAndRest) {
        const auto done = ctl(QStringList{QStringLiteral("sandbox"), verbAndRest.first(), m_name} +
                              verbAndRest.mid(1) + QStringList{QStringLiteral("--json")});
        EXPECT_EQ(done.exitCode, 0) << done.err.toStdString();
        return done.json();
    };
    const auto expected = [&](std::optional<qint64> pid) {
        const QJsonObject entry{{QStringLiteral("name"), replica},
                                {QStringLiteral("pid"), pid ? QJsonValue(*pid) : QJsonValue()}};
        return QJsonObject{{QStringLiteral("name"), m_name}, {QStringLiteral("replicas"), QJsonArray{entry}}};
    };
    EXPECT_EQ(toldBy({QStringLiteral("pause"), replica}), expected(replicaPid(replica)));
    EXPECT_EQ(toldBy({QStringLiteral("resume"), replica}), expected(replicaPid(replica)));
    EXPECT_EQ(toldBy({QStringLiteral("kill"), QStringLiteral("--all")}), expected(std::nullopt));
    const auto restarted = toldBy({QStringLiteral("restart"), replica});
    EXPECT_EQ(restarted, expected(replicaPid(replica)));
    EXPECT_EQ(toldBy({QStringLiteral("stop")}), expected(std::nullopt));
    EXPECT_EQ(toldBy({QStringLiteral("remove"), QStringLiteral("--yes")}), expected(std::nullopt));
    m_sandbox = {};
}

TEST_F(Sandbox, NoSecretIsInAProcessListOrALog) {
    start(1);
    QFile password(m_sandbox[QLatin1String("password_file")].toString());
    ASSERT_TRUE(password.open(QIODevice::ReadOnly));
    const auto secret = password.readAll().trimmed();
    for (const auto pid : {replicaPid(names().first()), enginePid(names().first())}) {
        ASSERT_TRUE(pid);
        QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(*pid));
        ASSERT_TRUE(commandLine.open(QIODevice::ReadOnly));
        EXPECT_FALSE(commandLine.readAll().contains(secret));
    }
    QFile log(m_sandbox[QLatin1String("dir")].toString() + QStringLiteral("/reg-1.log"));
    ASSERT_TRUE(log.open(QIODevice::ReadOnly));
    EXPECT_FALSE(log.readAll().contains(secret));
}

} // namespace pilothouse::test
