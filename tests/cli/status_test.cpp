// SPDX-License-Identifier: GPL-3.0-or-later
// `pilothousectl status` and `events`.
#include "api/events.h"
#include "program.h"
#include "support/wait.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <csignal>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace pilothouse::test {
namespace {

class StatusTest : public ProgramTest {
protected:
    static QString at(const Ended& ended, int line) { return ended.out.split(u'\n').value(line); }
};

TEST_F(StatusTest, GivesPeopleTheSentenceAndATableInPlainText) {
    const auto seen = run(withCluster({QStringLiteral("status")}));
    EXPECT_EQ(seen.code, 0) << seen;
    EXPECT_TRUE(seen.out.startsWith(QStringLiteral("Healthy. 3 of 3 replicas vote"))) << seen;
    EXPECT_TRUE(seen.out.contains(QStringLiteral("\nREPLICA  ROLE "))) << seen;
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(seen.out.contains(QStringLiteral("\nreg-%1 ").arg(i + 1))) << seen;
    }
    EXPECT_FALSE(seen.out.contains(u'\033')) << seen;
    EXPECT_TRUE(seen.err.isEmpty()) << seen;
}

TEST_F(StatusTest, EndsWithThreeWhereTheClusterIsNotHealthy) {
    m_cluster.kill(2);
    auto seen = run(withCluster({QStringLiteral("status")}));
    EXPECT_EQ(seen.code, 3) << seen;
    EXPECT_TRUE(seen.out.contains(QStringLiteral("reg-3"))) << seen;
    m_cluster.kill(1);
    m_cluster.kill(0);
    seen = run(withCluster({QStringLiteral("status"), QStringLiteral("--json")}));
    EXPECT_EQ(seen.code, 3) << seen;
    EXPECT_EQ(seen.json()[QLatin1String("verdict")], QStringLiteral("unreachable")) << seen;
}

TEST_F(StatusTest, SaysThatThePasswordIsWrongAndNotThatTheClusterIsIll) {
    const auto seen = run(withCluster({QStringLiteral("status")}, write(QStringLiteral("wrong"), "other\n")));
    EXPECT_EQ(seen.code, 1) << seen;
    EXPECT_TRUE(seen.out.isEmpty()) << seen;
    EXPECT_TRUE(seen.err.contains(QStringLiteral("password"))) << seen;
    EXPECT_EQ(seen.err.count(u'\n'), 1) << seen;
}

TEST_F(StatusTest, KeepsTheContractOfItsJson) {
    const auto seen = run(withCluster({QStringLiteral("status"), QStringLiteral("--json")}));
    ASSERT_EQ(seen.code, 0) << seen;
    EXPECT_EQ(seen.out.count(u'\n'), 1) << "one line into a pipe";
    const auto json = seen.json();
    for (const auto& [key, type] :
         {std::pair("cluster", QJsonValue::String), std::pair("verdict", QJsonValue::String),
          std::pair("sentence", QJsonValue::String), std::pair("voters", QJsonValue::Double),
          std::pair("quorum", QJsonValue::Double), std::pair("healthy_voters", QJsonValue::Double),
          std::pair("tolerates", QJsonValue::Double), std::pair("tolerates_configured", QJsonValue::Double),
          std::pair("leader", QJsonValue::String), std::pair("term", QJsonValue::Double),
          std::pair("disagreement", QJsonValue::Bool), std::pair("views", QJsonValue::Array),
          std::pair("replicas", QJsonValue::Array)}) {
        EXPECT_EQ(json[QLatin1String(key)].type(), type) << key << "\n" << seen;
    }
    const auto replica = json[QLatin1String("replicas")].toArray().at(1).toObject();
    for (const auto& [key, type] :
         {std::pair("id", QJsonValue::String), std::pair("name", QJsonValue::String),
          std::pair("url", QJsonValue::String), std::pair("state", QJsonValue::String),
          std::pair("reachable", QJsonValue::Bool), std::pair("healthy", QJsonValue::Bool),
          std::pair("voting", QJsonValue::Bool), std::pair("role", QJsonValue::String),
          std::pair("applied_index", QJsonValue::Double), std::pair("lag", QJsonValue::Double),
          std::pair("entries_not_applied", QJsonValue::Double), std::pair("observed_by", QJsonValue::String),
          std::pair("observed_at", QJsonValue::String)}) {
        EXPECT_EQ(replica[QLatin1String(key)].type(), type) << key << "\n" << seen;
    }
    const auto view = json[QLatin1String("views")].toArray().at(0).toObject();
    EXPECT_EQ(view[QLatin1String("observer")].toString().toStdString(), ScriptedCluster::idOf(0)) << seen;
    EXPECT_EQ(view[QLatin1String("quorum")], true) << seen;
}

TEST_F(StatusTest, SaysNullForWhatIsNotKnown) {
    m_cluster.kill(2);
    m_cluster.kill(1);
    const auto seen = run(withCluster({QStringLiteral("status"), QStringLiteral("--json")}));
    const auto json = seen.json();
    EXPECT_EQ(json[QLatin1String("verdict")], QStringLiteral("no-quorum")) << seen;
    EXPECT_TRUE(json[QLatin1String("leader")].isNull()) << seen;
    const auto dead = json[QLatin1String("replicas")].toArray().at(2).toObject();
    EXPECT_EQ(dead[QLatin1String("reachable")], false) << seen;
    EXPECT_TRUE(dead[QLatin1String("role")].isNull()) << seen;
    EXPECT_TRUE(dead[QLatin1String("lag")].isNull()) << seen;
}

TEST_F(StatusTest, NumbersWhatToDoByStepWithTheCommandsBelow) {
    m_cluster.kill(2);
    m_cluster.kill(1);
    const auto seen = run(withCluster({QStringLiteral("status")}));
    EXPECT_EQ(seen.code, 3) << seen;
    const auto at = [&](int number) {
        return seen.out.indexOf(
            QRegularExpression(QStringLiteral("^%1\\. ").arg(number), QRegularExpression::MultilineOption));
    };
    EXPECT_TRUE(at(1) > 0 && at(2) > at(1) && at(3) > at(2) && at(4) < 0) << seen;
    EXPECT_TRUE(seen.out.contains(QStringLiteral("One replica back is enough.\n     journalctl -u ")))
        << seen;
    EXPECT_TRUE(seen.out.contains(QStringLiteral("Until then: from reg-1 itself"))) << seen;
    const auto report = run(withCluster({QStringLiteral("status"), QStringLiteral("--report")}));
    EXPECT_TRUE(report.out.contains(QStringLiteral(
        "look, then start. One replica back is enough.\n   - `journalctl -u pilothouse-replica`")))
        << report;
}

TEST_F(StatusTest, SpeaksToPeopleInTheirLanguageAndToScriptsInItsOwn) {
    m_environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("de_DE.UTF-8"));
    m_cluster.kill(2);
    const auto text = run(withCluster({QStringLiteral("status")}));
    EXPECT_TRUE(text.out.contains(QStringLiteral(" Leader "))) << text;
    EXPECT_FALSE(text.out.contains(QStringLiteral("follower"))) << text;
    const auto report = run(withCluster({QStringLiteral("status"), QStringLiteral("--report")}));
    EXPECT_TRUE(report.out.startsWith(QStringLiteral("## Cluster test: gefährdet\n"))) << report;
    const auto json = run(withCluster({QStringLiteral("status"), QStringLiteral("--json")})).json();
    EXPECT_EQ(json[QLatin1String("verdict")], QStringLiteral("at-risk"));
    EXPECT_EQ(json[QLatin1String("replicas")].toArray()[0].toObject()[QLatin1String("role")],
              QStringLiteral("leader"));
    m_cluster.kill(0);
    m_cluster.kill(1);
    const auto silent = run(withCluster({QStringLiteral("user"), QStringLiteral("list")}));
    EXPECT_EQ(silent.code, 1) << silent;
    EXPECT_TRUE(silent.err.contains(QStringLiteral("hat die Verbindung abgelehnt"))) << silent;
    const auto none = run({QStringLiteral("sandbox"), QStringLiteral("stop"), QStringLiteral("demo")});
    EXPECT_TRUE(none.err.contains(QStringLiteral("es gibt keine Sandbox „demo“"))) << none;
}

TEST_F(StatusTest, ReportsInMarkdownThatCanBePasted) {
    m_cluster.addEvent(std::string(api::event::clusterCreated), 0, "Cluster test was created");
    m_cluster.addEvent(std::string(api::event::replicaStarted), 1, "reg-2 | started *now* <b>");
    m_cluster.kill(2);
    const auto seen = run(withCluster({QStringLiteral("status"), QStringLiteral("--report")}));
    EXPECT_EQ(seen.code, 3) << seen;
    EXPECT_TRUE(seen.out.startsWith(QStringLiteral("## Cluster test: at risk\n\n**No failure left to lose.")))
        << seen;
    EXPECT_TRUE(seen.out.contains(QStringLiteral("(UTC)"))) << seen;
    EXPECT_TRUE(seen.out.contains(QStringLiteral("\n| reg-1 | 000000000001 | leader | yes |"))) << seen;
    EXPECT_TRUE(seen.out.contains(QStringLiteral("| itself |"))) << seen;
    EXPECT_TRUE(seen.out.contains(QStringLiteral("reg-2 \\| started \\*now\\* \\<b\\> | reg-1 |\n"))) << seen;
    // In each table every row has as many cells as its heading.
    int cells = 0;
    for (QString line : seen.out.split(u'\n')) {
        const auto count = line.remove(QStringLiteral("\\|")).count(u'|');
        EXPECT_TRUE(cells == 0 || count == 0 || count == cells) << line.toStdString() << "\n" << seen;
        cells = static_cast<int>(count);
    }
}

// --- watching

TEST_F(StatusTest, WatchesAsOneObjectALineUntilInterrupted) {
    const auto process =
        begin(withCluster({QStringLiteral("status"), QStringLiteral("--watch"), QStringLiteral("--json")}));
    QByteArray out;
    const auto lines = [&] {
        out += process->readAllStandardOutput();
        return out.count('\n');
    };
    ASSERT_TRUE(waitUntil([&] { return lines() >= 2; })) << endOf(*process);
    m_cluster.kill(2);
    ASSERT_TRUE(waitUntil([&] { return lines() > 0 && out.contains("\"verdict\":\"at-risk\""); }))
        << out.toStdString();
    ::kill(static_cast<pid_t>(process->processId()), SIGINT);
    const auto ended = endOf(*process);
    EXPECT_EQ(ended.code, 128 + SIGINT) << ended;
    for (const auto& line : out.left(out.lastIndexOf('\n')).split('\n')) {
        EXPECT_TRUE(QJsonDocument::fromJson(line).isObject()) << line.toStdString();
    }
}

TEST_F(StatusTest, WatchesIntoAPipeWithoutControlSequences) {
    const auto process = begin(withCluster({QStringLiteral("status"), QStringLiteral("--watch")}));
    QByteArray out;
    ASSERT_TRUE(waitUntil([&] {
        out += process->readAllStandardOutput();
        return out.count("Healthy. 3 of 3") >= 2;
    })) << out.toStdString();
    EXPECT_FALSE(out.contains('\033')) << out.toStdString();
    ::kill(static_cast<pid_t>(process->processId()), SIGTERM);
    EXPECT_EQ(endOf(*process).code, 128 + SIGTERM);
}

TEST_F(StatusTest, EndsWhenItsReaderHasGone) {
    const auto seen =
        shell(QStringLiteral("ctl ") +
              withCluster({QStringLiteral("status"), QStringLiteral("--watch"), QStringLiteral("--json")})
                  .join(u' ') +
              QStringLiteral(" | head -n 1; echo ${PIPESTATUS[0]}"));
    EXPECT_TRUE(seen.out.endsWith(QStringLiteral("}\n1\n"))) << seen;
    EXPECT_TRUE(seen.err.isEmpty()) << seen;
}

TEST_F(StatusTest, SaysThatItsOutputCannotBeWritten) {
    const auto seen = shell(QStringLiteral("ctl ") + withCluster({QStringLiteral("status")}).join(u' ') +
                            QStringLiteral(" > /dev/full"));
    EXPECT_EQ(seen.code, 1) << seen;
    EXPECT_TRUE(seen.err.startsWith(QStringLiteral("pilothousectl: cannot write to standard output")))
        << seen;
}

// A terminal of 20 lines and 60 columns whose other end a test reads and types at.
class Terminal {
public:
    Terminal() : m_master(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)) {
        EXPECT_EQ(grantpt(m_master), 0);
        EXPECT_EQ(unlockpt(m_master), 0);
        const winsize size{.ws_row = 20, .ws_col = 60, .ws_xpixel = 0, .ws_ypixel = 0};
        ioctl(m_master, TIOCSWINSZ, &size);
    }
    ~Terminal() { close(m_master); }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    // To be run in the child: the terminal becomes its own, for everything.
    void adopt() const {
        setsid();
        const int slave = open(ptsname(m_master), O_RDWR);
        ioctl(slave, TIOCSCTTY, 0);
        for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
            dup2(slave, stream);
        }
    }
    const QByteArray& read() {
        char buffer[4096];
        for (auto got = ::read(m_master, buffer, sizeof buffer); got > 0;
             got = ::read(m_master, buffer, sizeof buffer)) {
            m_seen.append(buffer, got);
        }
        return m_seen;
    }
    void type(const QByteArray& keys) const {
        EXPECT_EQ(::write(m_master, keys.constData(), keys.size()), keys.size());
    }

private:
    int m_master;
    QByteArray m_seen;
};

TEST_F(StatusTest, DrawsOnATerminalWithoutBlankingItAndLeavesItAsItWas) {
    Terminal terminal;
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.setChildProcessModifier([&terminal] { terminal.adopt(); });
    process.start(QStringLiteral(PILOTHOUSE_BIN "/pilothousectl"),
                  withCluster({QStringLiteral("status"), QStringLiteral("--watch")}));
    ASSERT_TRUE(waitUntil([&] { return terminal.read().contains("Healthy. 3 of 3"); }))
        << terminal.read().toStdString();
    EXPECT_TRUE(terminal.read().contains("\033[?1049h")) << "not on the other screen";

    m_cluster.kill(2);
    ASSERT_TRUE(waitUntil([&] { return terminal.read().contains("No failure left"); }))
        << terminal.read().toStdString();
    EXPECT_EQ(terminal.read().count("\033[2J"), 1) << "the screen is blanked between two pictures";
    terminal.type("\003");
    EXPECT_TRUE(waitUntil([&] { return process.state() == QProcess::NotRunning; }));
    EXPECT_EQ(process.exitStatus(), QProcess::CrashExit);
    const QByteArray& all = terminal.read();
    const auto left = all.lastIndexOf("\033[?1049l");
    EXPECT_GT(left, all.lastIndexOf("\033[?1049h")) << all.toStdString();
    EXPECT_GT(all.indexOf("\033[?25h"), all.indexOf("\033[?25l")) << "the cursor stays hidden";
    EXPECT_TRUE(all.mid(left).contains("No failure left")) << "what was seen last cannot be read any more";
    for (const auto& line : all.mid(left).split('\n')) {
        EXPECT_LE(QString::fromUtf8(line).trimmed().size(), 60 + 8) << line.toStdString();
    }
}

// --- events

TEST_F(StatusTest, TellsEventsByTimeAndWithoutControlCharacters) {
    m_cluster.addEvent(std::string(api::event::clusterCreated), 0, "Cluster test was created");
    m_cluster.addEvent(std::string(api::event::replicaStarted), 1, "reg-2 started\033[2J");
    api::Event late; // recorded after the others, of a time before them
    late.revision = 99;
    late.at = "2020-01-01T00:00:00.000Z";
    late.message = "The quorum was lost";
    m_cluster.replica(0).addEvent(late);
    auto seen = run(withCluster({QStringLiteral("events")}));
    EXPECT_EQ(seen.code, 0) << seen;
    EXPECT_EQ(at(seen, 0), QStringLiteral("2020-01-01T00:00:00.000Z  The quorum was lost")) << seen;
    EXPECT_TRUE(at(seen, 1).endsWith(QStringLiteral("Z  Cluster test was created"))) << seen;
    EXPECT_TRUE(at(seen, 2).endsWith(QStringLiteral("Z  reg-2 started\uFFFD[2J"))) << seen;
    seen = run(withCluster({QStringLiteral("events"), QStringLiteral("--limit"), QStringLiteral("1"),
                            QStringLiteral("--json")}));
    EXPECT_EQ(seen.json()[QLatin1String("revision")], 99) << seen;
}

TEST_F(StatusTest, FollowsEventsTellingEachOnce) {
    m_cluster.addEvent(std::string(api::event::clusterCreated), 0, "before");
    const auto process = begin(withCluster({QStringLiteral("events"), QStringLiteral("--follow")}));
    QByteArray out;
    const auto has = [&](const char* text) {
        out += process->readAllStandardOutput();
        return out.contains(text);
    };
    ASSERT_TRUE(waitUntil([&] { return has("before"); })) << out.toStdString();
    ASSERT_TRUE(waitUntil([&] { return m_cluster.replica(2).openStreams() == 1; }));
    m_cluster.addEvent(std::string(api::event::replicaStarted), 1, "after");
    ASSERT_TRUE(waitUntil([&] { return has("after"); })) << out.toStdString();
    for (int i = 0; i < 3; ++i) {
        m_cluster.kill(i);
    }
    QByteArray err;
    EXPECT_TRUE(waitUntil([&] {
        err += process->readAllStandardError();
        return err.contains("No replica answers");
    })) << err.toStdString();
    ::kill(static_cast<pid_t>(process->processId()), SIGINT);
    EXPECT_EQ(endOf(*process).code, 128 + SIGINT);
    EXPECT_EQ(out.count("before"), 1) << out.toStdString();
    EXPECT_EQ(out.count("after"), 1) << out.toStdString();
}

} // namespace
} // namespace pilothouse::test
