// SPDX-License-Identifier: GPL-3.0-or-later
// Which cluster a command is about, what is said of mistakes, and the verbs.
#include "api/json.h"
#include "api/sandbox.h"
#include "program.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>

namespace pilothouse::test {
namespace {

class CommandsTest : public ProgramTest {
protected:
    // One sentence, from the program by name, with that exit code.
    static void expectSentence(const Ended& ended, int code, const QString& part) {
        EXPECT_EQ(ended.code, code) << ended;
        EXPECT_TRUE(ended.out.isEmpty()) << ended;
        EXPECT_EQ(ended.err.count(u'\n'), 1) << ended;
        EXPECT_TRUE(ended.err.startsWith(QStringLiteral("pilothousectl"))) << ended;
        EXPECT_TRUE(ended.err.contains(part)) << part.toStdString() << " is missing in\n" << ended;
    }
    void writeSandbox(const std::string& name) {
        api::Sandbox sandbox;
        sandbox.name = name;
        sandbox.dir = path(QStringLiteral("sandboxes")).toStdString();
        sandbox.ca_file = path(QStringLiteral("ca.crt")).toStdString();
        sandbox.username = "admin";
        sandbox.password_file = path(QStringLiteral("password")).toStdString();
        for (int i = 0; i < 3; ++i) {
            sandbox.replicas.push_back({ScriptedCluster::idOf(i), "reg-" + std::to_string(i + 1),
                                        m_cluster.replica(i).url(), "", std::nullopt, sandbox.dir + "/none"});
        }
        write(QStringLiteral("data/pilothouse/sandboxes/%1/sandbox.json").arg(QString::fromStdString(name)),
              QByteArray::fromStdString(api::toJson(sandbox)));
    }
    Ended add(const QStringList& more = {}) {
        return run(QStringList{QStringLiteral("cluster"), QStringLiteral("add"),
                               QString::fromStdString(m_cluster.replica(0).url()),
                               QStringLiteral("--password-file"), path(QStringLiteral("password"))} +
                   more);
    }
    [[nodiscard]] QString fingerprint() const {
        return QString::fromLatin1(
            m_cluster.authority().certificate().digest(QCryptographicHash::Sha256).toHex());
    }
    [[nodiscard]] bool anyCredentialsSent() {
        for (int i = 0; i < 3; ++i) {
            for (const auto& request : m_cluster.replica(i).requests()) {
                if (request.headers.contains("authorization")) {
                    return true;
                }
            }
        }
        return false;
    }
};

// --- mistakes

TEST_F(CommandsTest, ShowsTheHelpOfWhatWasNotFinished) {
    for (const auto& words :
         {QStringList{}, QStringList{QStringLiteral("sandbox")}, QStringList{QStringLiteral("user")}}) {
        const auto seen = run(words);
        EXPECT_EQ(seen.code, 2) << seen;
        EXPECT_TRUE(seen.out.isEmpty()) << seen;
        EXPECT_TRUE(
            seen.err.contains((QStringList{QStringLiteral("Usage: pilothousectl")} + words).join(u' ')))
            << seen;
        EXPECT_TRUE(seen.err.contains(QStringLiteral("Subcommands:"))) << seen;
    }
}

TEST_F(CommandsTest, GuessesWhatWasMeant) {
    expectSentence(run({QStringLiteral("stauts")}), 2, QStringLiteral("did you mean \"status\"?"));
    expectSentence(run({QStringLiteral("sandbox"), QStringLiteral("strat"), QStringLiteral("demo")}), 2,
                   QStringLiteral("did you mean \"start\"?"));
    expectSentence(run({QStringLiteral("status"), QStringLiteral("--jsno")}), 2,
                   QStringLiteral("no option \"--jsno\"; did you mean \"--json\"?"));
    expectSentence(run({QStringLiteral("status"), QStringLiteral("--password=secret")}), 2,
                   QStringLiteral("no option \"--password\""));
    const auto seen = run({QStringLiteral("frobnicate")});
    expectSentence(seen, 2, QStringLiteral("no command \"frobnicate\". See pilothousectl --help"));
}

TEST_F(CommandsTest, NamesWhatIsMissingOrWrong) {
    expectSentence(run({QStringLiteral("sandbox"), QStringLiteral("start")}), 2,
                   QStringLiteral("name is required"));
    expectSentence(run({QStringLiteral("events"), QStringLiteral("--limit"), QStringLiteral("0")}), 2,
                   QStringLiteral("--limit"));
    expectSentence(run({QStringLiteral("status"), QStringLiteral("--ca-file"), QStringLiteral("x")}), 2,
                   QStringLiteral("--url"));
    expectSentence(run({QStringLiteral("sandbox"), QStringLiteral("kill"), QStringLiteral("demo")}), 2,
                   QStringLiteral("--all"));
}

TEST_F(CommandsTest, HelpsAtEveryLevelOnStandardOutput) {
    for (const auto& words :
         {QStringList{}, QStringList{QStringLiteral("status")}, QStringList{QStringLiteral("sandbox")},
          QStringList{QStringLiteral("sandbox"), QStringLiteral("start")},
          QStringList{QStringLiteral("cluster"), QStringLiteral("add")},
          QStringList{QStringLiteral("drain")}}) {
        const auto seen = run(words + QStringList{QStringLiteral("--help")});
        EXPECT_EQ(seen.code, 0) << seen;
        EXPECT_TRUE(seen.err.isEmpty()) << seen;
        EXPECT_TRUE(
            seen.out.contains(words.isEmpty() ? QStringLiteral("Exit status") : QStringLiteral("Example")))
            << seen;
        EXPECT_FALSE(seen.out.contains(QStringLiteral("complete "))) << "an inner command is shown\n" << seen;
    }
}

TEST_F(CommandsTest, TakesDamagedAnswersAndRecordsForNoMistakeOfThePerson) {
    auto& replica = m_cluster.replica(0);
    replica.setAnswer("GET /api/v0/users", {200, R"({"users":3})"});
    replica.setAnswer("GET /api/v0/tokens", {200, "[]"});
    replica.setAnswer("GET /api/v0/events", {200, "<html>"});
    const QString url = QString::fromStdString(replica.url());
    for (const auto& words : {QStringList{QStringLiteral("user"), QStringLiteral("list")},
                              QStringList{QStringLiteral("token"), QStringLiteral("list")},
                              QStringList{QStringLiteral("events")}}) {
        expectSentence(run(withCluster(words)), 1,
                       url + QStringLiteral(" does not answer as a replica does"));
    }
    const QString record = write(QStringLiteral("data/pilothouse/sandboxes/demo/sandbox.json"), "{}");
    writeSandbox("other");
    for (const QStringList& more : {QStringList{}, QStringList{QStringLiteral("--json")}}) {
        const auto list = run(QStringList{QStringLiteral("sandbox"), QStringLiteral("list")} + more);
        EXPECT_EQ(list.code, 1) << list;
        EXPECT_TRUE(list.out.contains(QStringLiteral("other"))) << "it hides no other one\n" << list;
        EXPECT_TRUE(list.err.contains(record + QStringLiteral(" is damaged"))) << list;
    }
    for (const char* verb : {"start", "stop", "status"}) {
        expectSentence(run({QStringLiteral("sandbox"), QLatin1String(verb), QStringLiteral("demo")}), 1,
                       record + QStringLiteral(" is damaged"));
    }
    writeSandbox("demo");
    write(QStringLiteral("ca.crt"), "nothing");
    expectSentence(run({QStringLiteral("status"), QStringLiteral("--cluster"), QStringLiteral("demo")}), 1,
                   path(QStringLiteral("ca.crt")));
}

// --- which cluster

TEST_F(CommandsTest, SaysWhichClustersThereAre) {
    expectSentence(run({QStringLiteral("status")}), 2, QStringLiteral("no cluster is known here yet"));
    expectSentence(run({QStringLiteral("status"), QStringLiteral("--cluster"), QStringLiteral("prod")}), 1,
                   QStringLiteral("\"prod\""));
    writeSandbox("demo");
    writeSandbox("five");
    expectSentence(run({QStringLiteral("status")}), 2,
                   QStringLiteral("demo, five. Say which with --cluster"));
    EXPECT_EQ(run({QStringLiteral("status"), QStringLiteral("--cluster"), QStringLiteral("five")}).code, 0);
}

TEST_F(CommandsTest, TakesTheOnlyOneThatIsKnown) {
    writeSandbox("demo");
    const auto seen = run({QStringLiteral("status")});
    EXPECT_EQ(seen.code, 0) << seen;
}

TEST_F(CommandsTest, SpeaksToASandboxAsTheUserWhoIsNamed) {
    writeSandbox("demo");
    const QStringList asBob{QStringLiteral("status"), QStringLiteral("--cluster"), QStringLiteral("demo"),
                            QStringLiteral("--username"), QStringLiteral("bob")};
    expectSentence(run(asBob), 2, QStringLiteral("--password-file"));
    const auto refused =
        run(asBob + QStringList{QStringLiteral("--password-file"), write(QStringLiteral("bob"), "bobs\n")});
    EXPECT_EQ(refused.code, 1) << refused;
    const auto* request = m_cluster.replica(0).last("GET /api/v0/cluster");
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->headers.value("authorization"), "Basic " + QByteArray("bob:bobs").toBase64());
}

TEST_F(CommandsTest, NeedsAllOfAnAddress) {
    expectSentence(run({QStringLiteral("status"), QStringLiteral("--url"), QStringLiteral("https://reg-1")}),
                   2, QStringLiteral("--ca-file, --username and --password-file"));
    auto words = withCluster({QStringLiteral("status")});
    words[words.indexOf(QStringLiteral("--ca-file")) + 1] = path(QStringLiteral("password"));
    expectSentence(run(words), 2, path(QStringLiteral("password")));
    QFile(path(QStringLiteral("password"))).setPermissions(QFileDevice::ReadOwner | QFileDevice::ReadOther);
    expectSentence(run(withCluster({QStringLiteral("status")})), 1, QStringLiteral("chmod 600"));
}

TEST_F(CommandsTest, ReadsThePasswordFromStandardInput) {
    const auto seen = shell(QStringLiteral("echo secret | ctl ") +
                            withCluster({QStringLiteral("status")}, QStringLiteral("-")).join(u' '));
    EXPECT_EQ(seen.code, 0) << seen;
}

// --- saved clusters

TEST_F(CommandsTest, SavesNoClusterWhoseAuthorityNobodyCompared) {
    auto first = add();
    EXPECT_EQ(first.code, 2) << first;
    EXPECT_TRUE(first.err.remove(u':').contains(fingerprint().toUpper())) << first;
    expectSentence(add({QStringLiteral("--fingerprint"), QString(64, u'0')}), 1,
                   QStringLiteral("fingerprint is another"));
    EXPECT_FALSE(anyCredentialsSent());
    EXPECT_FALSE(QFile::exists(path(QStringLiteral("config/pilothouse/clusters.json"))));
}

TEST_F(CommandsTest, SavesAClusterAndFindsItByItsMembersLater) {
    const auto saved = add({QStringLiteral("--fingerprint"), fingerprint(), QStringLiteral("--json")});
    EXPECT_EQ(saved.code, 0) << saved;
    EXPECT_EQ(saved.json()[QLatin1String("name")], QStringLiteral("test")) << saved;
    EXPECT_TRUE(saved.err.contains(path(QStringLiteral("password")))) << "no keyring, and not said\n"
                                                                      << saved;
    QFile store(path(QStringLiteral("config/pilothouse/clusters.json")));
    EXPECT_EQ(store.permissions() & 0x77, 0);
    ASSERT_TRUE(store.open(QIODevice::ReadOnly));
    EXPECT_FALSE(store.readAll().contains("secret")) << "a password is in a file that is no password file";

    const auto again = add({QStringLiteral("--fingerprint"), fingerprint()});
    EXPECT_EQ(again.code, 1) << again;
    EXPECT_TRUE(again.err.contains(QStringLiteral("saved as \"test\" already"))) << again;

    m_cluster.kill(0); // the seed
    const auto seen = run({QStringLiteral("status"), QStringLiteral("--json")});
    EXPECT_EQ(seen.code, 3) << seen;
    EXPECT_EQ(seen.json()[QLatin1String("replicas")].toArray().size(), 3) << seen;
    EXPECT_EQ(seen.json()[QLatin1String("healthy_voters")], 2) << seen;

    const auto list = run({QStringLiteral("cluster"), QStringLiteral("list")});
    EXPECT_TRUE(list.out.contains(QStringLiteral("test"))) << list;
    const auto forgotten = run({QStringLiteral("cluster"), QStringLiteral("remove"), QStringLiteral("test"),
                                QStringLiteral("--json")});
    EXPECT_EQ(forgotten.code, 0) << forgotten;
    EXPECT_EQ(forgotten.out, QStringLiteral("{\"name\":\"test\",\"replicas\":[]}\n")) << forgotten;
    expectSentence(run({QStringLiteral("cluster"), QStringLiteral("remove"), QStringLiteral("test")}), 1,
                   QStringLiteral("\"test\""));
}

TEST_F(CommandsTest, SavesNothingThatDoesNotWork) {
    write(QStringLiteral("password"), "wrong\n");
    const auto seen = add({QStringLiteral("--fingerprint"), fingerprint()});
    expectSentence(seen, 1, QStringLiteral("nothing was saved"));
    EXPECT_FALSE(QFile::exists(path(QStringLiteral("config/pilothouse/clusters.json"))));
}

TEST_F(CommandsTest, AsksNobodyWhereThereIsNoTerminal) {
    expectSentence(run({QStringLiteral("cluster"), QStringLiteral("add"),
                        QString::fromStdString(m_cluster.replica(0).url()), QStringLiteral("--fingerprint"),
                        fingerprint()}),
                   2, QStringLiteral("Give --password-file"));
}

// --- verbs

TEST_F(CommandsTest, DrainsAndMakesLeaderByName) {
    m_cluster.replica(1).setAnswer("PUT /api/v0/replica/drain", {200, "{}"});
    for (int i = 0; i < 3; ++i) { // any of them may be asked
        m_cluster.replica(i).setAnswer("POST /api/v0/cluster/leader", {200, "{}"});
    }
    auto seen = run(withCluster({QStringLiteral("drain"), QStringLiteral("reg-2")}));
    EXPECT_EQ(seen.code, 0) << seen;
    EXPECT_TRUE(seen.out.startsWith(QStringLiteral("reg-2 is draining"))) << seen;
    seen = run(withCluster({QStringLiteral("drain"), QStringLiteral("reg-2"), QStringLiteral("--off"),
                            QStringLiteral("--json")}));
    EXPECT_EQ(seen.json()[QLatin1String("draining")], false) << seen;
    EXPECT_EQ(m_cluster.replica(1).last("PUT /api/v0/replica/drain")->body, R"({"draining":false})");
    seen = run(withCluster({QStringLiteral("make-leader"), QString::fromStdString(ScriptedCluster::idOf(2)),
                            QStringLiteral("--json")}));
    EXPECT_EQ(seen.json()[QLatin1String("name")], QStringLiteral("reg-3")) << seen;
    expectSentence(run(withCluster({QStringLiteral("make-leader"), QStringLiteral("reg-9")})), 1,
                   QStringLiteral("There are reg-1, reg-2, reg-3"));
}

TEST_F(CommandsTest, PassesTheReplicasSentenceOn) {
    m_cluster.replica(0).setAnswer(
        "POST /api/v0/users",
        {409,
         R"({"type":"","title":"","status":409,"code":"conflict","detail":"User ci exists","hint":"Choose another name"})",
         "application/problem+json"});
    expectSentence(
        run(withCluster({QStringLiteral("user"), QStringLiteral("create"), QStringLiteral("ci"),
                         QStringLiteral("--new-password-file"), path(QStringLiteral("password"))})),
        1, QStringLiteral("pilothousectl: User ci exists. Choose another name"));
}

TEST_F(CommandsTest, ListsAndChangesSettings) {
    m_cluster.replica(0).setAnswer("GET /api/v0/settings",
                                   {200, R"({"settings":[{"name":"read_only_registry","value":"false",)"
                                         R"("standard":"false","allowed":"true or false"}]})"});
    const auto listed = run(withCluster({QStringLiteral("setting"), QStringLiteral("list")}));
    EXPECT_EQ(listed.code, 0) << listed;
    EXPECT_TRUE(listed.out.contains(QStringLiteral("read_only_registry"))) << listed;
    EXPECT_TRUE(listed.out.contains(QStringLiteral("true or false"))) << listed;
    m_cluster.replica(0).setAnswer("PUT /api/v0/settings/read_only_registry",
                                   {200, R"({"name":"read_only_registry","value":"true",)"
                                         R"("standard":"false","allowed":"true or false"})"});
    const auto set = run(withCluster({QStringLiteral("setting"), QStringLiteral("set"),
                                      QStringLiteral("read_only_registry"), QStringLiteral("true")}));
    EXPECT_EQ(set.code, 0) << set;
    EXPECT_EQ(set.out, QStringLiteral("read_only_registry = true\n")) << set;
    const auto body = m_cluster.replica(0).last("PUT /api/v0/settings/read_only_registry")->body;
    EXPECT_TRUE(body.startsWith(R"({"value":"true","operation_id":")")) << body.toStdString();
}

TEST_F(CommandsTest, GrantsAndRevokesRepositories) {
    m_cluster.replica(0).setAnswer("PUT /api/v0/users/ci/grants/team%2F%2A",
                                   {200, R"({"name":"ci","role":"guest","created_at":"2026-03-02T10:00:00Z",)"
                                         R"("grants":[{"repository":"team/*","role":"writer"}]})"});
    const auto granted =
        run(withCluster({QStringLiteral("user"), QStringLiteral("grant"), QStringLiteral("ci"),
                         QStringLiteral("team/*"), QStringLiteral("--role"), QStringLiteral("writer")}));
    EXPECT_EQ(granted.code, 0) << granted;
    EXPECT_EQ(granted.out, QStringLiteral("ci, guest; writer in team/*\n")) << granted;
    const auto body = m_cluster.replica(0).last("PUT /api/v0/users/ci/grants/team%2F%2A")->body;
    EXPECT_TRUE(body.startsWith(R"({"role":"writer","operation_id":")")) << body.toStdString();

    m_cluster.replica(0).setAnswer(
        "DELETE /api/v0/users/ci/grants/team%2F%2A",
        {200, R"({"name":"ci","role":"guest","created_at":"2026-03-02T10:00:00Z"})"});
    const auto revoked = run(withCluster(
        {QStringLiteral("user"), QStringLiteral("revoke"), QStringLiteral("ci"), QStringLiteral("team/*")}));
    EXPECT_EQ(revoked.out, QStringLiteral("ci, guest\n")) << revoked;
}

TEST_F(CommandsTest, ShowsANewTokenAloneOnStandardOutput) {
    m_cluster.replica(0).setAnswer(
        "POST /api/v0/tokens",
        {201,
         R"({"token":{"id":"2f0c","user":"admin","description":"ci","created_at":"2026-03-02T10:00:00Z"},"secret":"ph_x"})"});
    const auto seen = run(withCluster({QStringLiteral("token"), QStringLiteral("create"),
                                       QStringLiteral("--description"), QStringLiteral("ci")}));
    EXPECT_EQ(seen.code, 0) << seen;
    EXPECT_EQ(seen.out, QStringLiteral("ph_x\n")) << seen;
}

TEST_F(CommandsTest, ChangesNothingWhereNothingIsGiven) {
    expectSentence(run(withCluster({QStringLiteral("user"), QStringLiteral("change"), QStringLiteral("ci")})),
                   2, QStringLiteral("Give --role or --new-password-file"));
}

} // namespace
} // namespace pilothouse::test
