// SPDX-License-Identifier: GPL-3.0-or-later
// Sandboxes beside each other, started twice, interrupted, of numbers that make no sense; their output and
// secrets.
#include "sandbox_fixture.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTcpServer>
#include <QUrl>

#include <csignal>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace pilothouse::test {

using namespace std::chrono_literals;

class SandboxLife : public SandboxFixture {
protected:
    [[nodiscard]] QStringList startArguments(const QString& name, const QStringList& more) const {
        return QStringList{QStringLiteral("sandbox"), QStringLiteral("start"), QStringLiteral("--name"),
                           name} +
               more;
    }
    [[nodiscard]] std::unique_ptr<QProcess> begin(const QStringList& arguments) const {
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(m_environment);
        process->start(programPath(QStringLiteral("pilothousectl")), arguments);
        return process;
    }
    [[nodiscard]] QJsonArray listed() {
        const auto result =
            ctl({QStringLiteral("sandbox"), QStringLiteral("list"), QStringLiteral("--json")});
        EXPECT_EQ(result.exitCode, 0) << result.err.toStdString();
        return QJsonDocument::fromJson(result.out.toUtf8()).array();
    }
    void removeNamed(const QString& name) {
        const auto removed =
            ctl({QStringLiteral("sandbox"), QStringLiteral("remove"), name, QStringLiteral("--yes")});
        EXPECT_EQ(removed.exitCode, 0) << removed.err.toStdString();
    }
    // Pids of all processes of which a word of the command line contains `text`.
    [[nodiscard]] static QList<qint64> processesWith(const QByteArray& text) {
        QList<qint64> found;
        for (const auto& entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
            bool isPid = false;
            const auto pid = entry.toLongLong(&isPid);
            if (isPid && contentOf(QStringLiteral("/proc/%1/cmdline").arg(pid)).contains(text)) {
                found += pid;
            }
        }
        return found;
    }
    // Whether that process has that file open.
    [[nodiscard]] static bool hasOpen(qint64 pid, const QByteArray& file) {
        const QDir descriptors(QStringLiteral("/proc/%1/fd").arg(pid));
        const auto links = descriptors.entryInfoList(QDir::Files | QDir::System);
        return std::any_of(links.begin(), links.end(), [&](const QFileInfo& link) {
            return link.symLinkTarget() == QFile::decodeName(file);
        });
    }
};

TEST_F(SandboxLife, NumbersThatMakeNoSenseAreRefusedWithTheReason) {
    for (const int number : {2, 4, 6, 8, 9}) {
        const auto refused =
            ctl(startArguments(m_name, {QStringLiteral("--replicas"), QString::number(number)}));
        EXPECT_EQ(refused.exitCode, 2) << number;
        EXPECT_TRUE(
            refused.err.contains(number == 9 ? QStringLiteral("more than seven") : QStringLiteral("e")))
            << refused.err.toStdString();
        EXPECT_TRUE(refused.err.contains(QStringLiteral("--force"))) << refused.err.toStdString();
    }
    for (const char* number : {"0", "-1", "10"}) {
        const auto refused = ctl(startArguments(
            m_name, {QStringLiteral("--replicas"), QLatin1String(number), QStringLiteral("--force")}));
        EXPECT_NE(refused.exitCode, 0) << number;
    }
    EXPECT_TRUE(listed().isEmpty()) << "something was made of what was refused";
    const auto forced = ctl(startArguments(m_name, {QStringLiteral("--replicas"), QStringLiteral("2"),
                                                    QStringLiteral("--force"), QStringLiteral("--json")}));
    ASSERT_EQ(forced.exitCode, 0) << forced.err.toStdString();
    m_sandbox = forced.json();
    EXPECT_EQ(status()[QLatin1String("voters")], 2);
    EXPECT_EQ(status()[QLatin1String("tolerates")], 0);
}

TEST_F(SandboxLife, TwoAtOnceAndTheListOfThem) {
    const QStringList names{QStringLiteral("first"), QStringLiteral("second")};
    std::vector<std::unique_ptr<QProcess>> starting;
    for (const auto& name : names) {
        starting.push_back(begin(startArguments(
            name, {QStringLiteral("--replicas"), QStringLiteral("1"), QStringLiteral("--json")})));
    }
    QSet<QString> urls;
    for (const auto& each : starting) {
        ASSERT_TRUE(each->waitForFinished(90'000));
        ASSERT_EQ(each->exitCode(), 0) << each->readAllStandardError().toStdString();
        const auto made = QJsonDocument::fromJson(each->readAllStandardOutput()).object();
        urls += made[QLatin1String("replicas")][0][QLatin1String("url")].toString();
    }
    EXPECT_EQ(urls.size(), 2) << "both have one address";
    QStringList found;
    for (const auto& value : listed()) {
        found += value[QLatin1String("name")].toString();
    }
    EXPECT_EQ(found, names);
    const auto people = ctl({QStringLiteral("sandbox"), QStringLiteral("list")});
    EXPECT_TRUE(people.out.contains(names[0]) && people.out.contains(names[1])) << people.out.toStdString();
    removeNamed(names[0]);
    EXPECT_EQ(listed().size(), 1);
    const auto other =
        ctl({QStringLiteral("status"), QStringLiteral("--cluster"), names[1], QStringLiteral("--json")});
    EXPECT_EQ(other.json()[QLatin1String("healthy_voters")], 1) << "removing one has hurt the other";
    removeNamed(names[1]);
}

TEST_F(SandboxLife, TwoStartsOfOneNameMakeOneSandbox) {
    const QStringList arguments =
        startArguments(m_name, {QStringLiteral("--replicas"), QStringLiteral("3"), QStringLiteral("--dir"),
                                path(QStringLiteral("box")), QStringLiteral("--json")});
    auto one = begin(arguments);
    auto other = begin(arguments);
    ASSERT_TRUE(one->waitForFinished(90'000) && other->waitForFinished(90'000));
    EXPECT_EQ(one->exitCode(), 0) << one->readAllStandardError().toStdString();
    EXPECT_EQ(other->exitCode(), 0) << other->readAllStandardError().toStdString();
    m_sandbox = QJsonDocument::fromJson(one->readAllStandardOutput()).object();
    const auto second = QJsonDocument::fromJson(other->readAllStandardOutput()).object();
    EXPECT_EQ(m_sandbox, second) << "two different clusters";
    EXPECT_EQ(processesWith(path(QStringLiteral("box/reg-1")).toUtf8()).size(), 2)
        << "replica and engine, once";
    EXPECT_EQ(status()[QLatin1String("verdict")], QStringLiteral("healthy"));
}

TEST_F(SandboxLife, AnInterruptedStartLeavesNothing) {
    const QString box = path(QStringLiteral("box"));
    const QStringList arguments = startArguments(
        m_name, {QStringLiteral("--replicas"), QStringLiteral("3"), QStringLiteral("--dir"), box});
    // While it makes keys, as soon as the first replica was started, and while all of them come up.
    const QString moments[] = {box + QStringLiteral("/members.yaml"), box + QStringLiteral("/reg-1.log"),
                               box + QStringLiteral("/reg-3/engine.pid")};
    for (const auto& moment : moments) {
        for (const int signal : {SIGINT, SIGTERM}) {
            SCOPED_TRACE(moment.toStdString() + ", signal " + std::to_string(signal));
            auto starting = begin(arguments);
            waitFor("it gets there", [&] { return QFile::exists(moment); });
            ASSERT_EQ(::kill(static_cast<pid_t>(starting->processId()), signal), 0);
            ASSERT_TRUE(starting->waitForFinished(60'000));
            EXPECT_NE(starting->exitCode(), 0);
            EXPECT_FALSE(QFile::exists(box)) << QDir(box).entryList().join(u' ').toStdString();
            EXPECT_TRUE(processesWith(box.toUtf8()).isEmpty()) << "processes are left";
            EXPECT_TRUE(listed().isEmpty());
        }
    }
    start(); // the name and the folder are free again
}

TEST_F(SandboxLife, AnInterruptedStartWaitsForNobodyElse) {
    const QString records = path(QStringLiteral("data/pilothouse/sandboxes"));
    ASSERT_TRUE(QDir().mkpath(records));
    const QByteArray lock = (records + QStringLiteral("/.%1.lock").arg(m_name)).toUtf8();
    const int file = ::open(lock.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    ASSERT_EQ(::flock(file, LOCK_EX), 0); // as another program that starts or stops it
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        SCOPED_TRACE(signal);
        auto starting = begin(startArguments(m_name, {QStringLiteral("--dir"), path(QStringLiteral("box"))}));
        waitFor("it waits", [&] { return hasOpen(starting->processId(), lock); });
        ASSERT_EQ(::kill(static_cast<pid_t>(starting->processId()), signal), 0);
        EXPECT_TRUE(starting->waitForFinished(10'000)) << "it waits for 60 s";
        EXPECT_EQ(starting->exitStatus(), QProcess::NormalExit);
        EXPECT_EQ(starting->exitCode(), 1);
        EXPECT_FALSE(QFile::exists(path(QStringLiteral("box"))));
        EXPECT_TRUE(QFile::exists(QFile::decodeName(lock))) << "the other's lock is gone";
    }
    ::close(file);
    start();
}

TEST_F(SandboxLife, EveryPortOfItIsLookedAtBeforeAStart) {
    start(1);
    ASSERT_EQ(ctl({QStringLiteral("sandbox"), QStringLiteral("stop"), m_name}).exitCode, 0);
    const auto identity =
        QJsonDocument::fromJson(contentOf(dataDir(names().first()) + QStringLiteral("/replica.json")))
            .object();
    const auto listen = identity[QLatin1String("listen")].toObject();
    for (const char* key : {"https_port", "http_port", "engine_client_port", "engine_peer_port"}) {
        QTcpServer thief;
        const auto port = static_cast<quint16>(listen[QLatin1String(key)].toInt());
        ASSERT_TRUE(thief.listen(QHostAddress::LocalHost, port)) << thief.errorString().toStdString();
        const auto refused = ctl(startArguments(m_name, {}));
        EXPECT_EQ(refused.exitCode, 1) << key;
        EXPECT_TRUE(refused.err.contains(QString::number(port)) &&
                    refused.err.contains(QStringLiteral("test_e2e")))
            << key << ": " << refused.err.toStdString();
        EXPECT_TRUE(processesWith(path(QStringLiteral("box")).toUtf8()).isEmpty()) << "something was started";
    }
    startAgain();
}

TEST_F(SandboxLife, NoSecretIsInAnyCommandLineOrEnvironment) {
    start();
    const auto secret = contentOf(m_access.passwordFile).trimmed();
    ASSERT_GE(secret.size(), 16);
    auto looking =
        begin({QStringLiteral("status"), QStringLiteral("--cluster"), m_name, QStringLiteral("--watch")});
    ASSERT_TRUE(looking->waitForStarted());
    QList<qint64> pids{looking->processId()};
    for (const auto& name : names()) {
        ASSERT_TRUE(replicaPid(name) && enginePid(name));
        pids << *replicaPid(name) << *enginePid(name);
    }
    for (const auto pid : pids) {
        for (const auto* file : {"cmdline", "environ"}) {
            const auto content = contentOf(QStringLiteral("/proc/%1/%2").arg(pid).arg(QLatin1String(file)));
            EXPECT_FALSE(content.contains(secret)) << file << " of " << pid << " holds the password";
        }
    }
    looking->kill();
    looking->waitForFinished();
    for (const auto& name : names()) {
        EXPECT_FALSE(
            contentOf(path(QStringLiteral("box/") + name + QStringLiteral(".log"))).contains(secret));
        EXPECT_FALSE(contentOf(dataDir(name) + QStringLiteral("/projection.sqlite")).contains(secret));
    }
}

// What the cluster has removed or forgotten is no part of the sandbox any more, and holds up no start of it.
TEST_F(SandboxLife, StartsAgainWithoutTheReplicasThatLeft) {
    start(5);
    const auto change = [&](const char* verb, const QString& replica) {
        const auto done =
            ctl({QLatin1String(verb), replica, QStringLiteral("--cluster"), m_name, QStringLiteral("--yes"),
                 QStringLiteral("--reason"), QStringLiteral("a test")});
        EXPECT_EQ(done.exitCode, 0) << done.err.toStdString() << done.out.toStdString();
    };
    change("remove", QStringLiteral("reg-5"));
    signalReplica(QStringLiteral("reg-4"), SIGKILL); // which learns of it when it is started
    change("forget", QStringLiteral("reg-4"));
    ASSERT_EQ(ctl({QStringLiteral("sandbox"), QStringLiteral("stop"), m_name}).exitCode, 0);
    const auto again =
        ctl({QStringLiteral("sandbox"), QStringLiteral("start"), QStringLiteral("--name"), m_name});
    ASSERT_EQ(again.exitCode, 0) << again.err.toStdString();
    waitForVerdict(QStringLiteral("healthy"));
    const auto told = ctl({QStringLiteral("sandbox"), QStringLiteral("status"), m_name});
    EXPECT_TRUE(told.out.contains(QStringLiteral("reg-3"))) << told.out.toStdString();
    EXPECT_FALSE(told.out.contains(QStringLiteral("reg-4")) || told.out.contains(QStringLiteral("reg-5")))
        << told.out.toStdString();
    const QString data = dataDir(QStringLiteral("reg-5"));
    EXPECT_TRUE(QFile::exists(data + QStringLiteral("/removed")));
    ASSERT_EQ(
        ctl({QStringLiteral("sandbox"), QStringLiteral("remove"), m_name, QStringLiteral("--yes")}).exitCode,
        0);
    EXPECT_FALSE(QFile::exists(data)) << "nothing of it is left behind";
    m_sandbox = {}; // there is none to put away
}

} // namespace pilothouse::test
