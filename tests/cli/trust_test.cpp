// SPDX-License-Identifier: GPL-3.0-or-later
// What `trust` says. What it does to files is in tests/client/trust_files_test.cpp, and real clients in
// tests/e2e/trust_test.sh; nothing here writes a client's file.
#include "program.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QUrl>

#include <set>
#include <unistd.h>

namespace pilothouse::test {
namespace {

class TrustTest : public ProgramTest {
protected:
    TrustTest() {
        m_environment.insert(QStringLiteral("HOME"), path(QStringLiteral("home")));
        m_environment.insert(QStringLiteral("PATH"), QStringLiteral("/nowhere")); // no client is installed
    }
    [[nodiscard]] QStringList addressesOfReplicas(int size = 3) {
        QStringList addresses;
        for (int i = 0; i < size; ++i) {
            addresses += QUrl(QString::fromStdString(m_cluster.replica(i).url())).authority();
        }
        return addresses;
    }
    // Every address that the answer has, once, in order.
    [[nodiscard]] static QStringList addressesIn(const Ended& ended) {
        QStringList addresses;
        for (const auto& file : ended.json()[QLatin1String("files")].toArray()) {
            addresses += file.toObject()[QLatin1String("address")].toString();
        }
        addresses.removeDuplicates();
        return addresses;
    }
    [[nodiscard]] static QStringList linesIn(const Ended& ended) {
        QStringList lines;
        for (const auto& line : ended.json()[QLatin1String("lines")].toArray()) {
            lines += line.toObject()[QLatin1String("line")].toString();
        }
        return lines;
    }
    // A saved cluster whose password is kept nowhere.
    void save() {
        const auto member = QStringLiteral(R"({"id": "00000000000%1", "name": "reg-%1", "url": "%2"})");
        QStringList members;
        for (int i = 0; i < 3; ++i) {
            members += member.arg(i + 1).arg(QString::fromStdString(m_cluster.replica(i).url()));
        }
        const QString pem =
            QString::fromLatin1(m_cluster.authority().pem()).replace(u'\n', QStringLiteral("\\n"));
        write(QStringLiteral("config/pilothouse/clusters.json"),
              QStringLiteral(R"({"schema": 1, "clusters": [{"name": "prod", "seeds": ["https://seed.example"],
                    "ca": "%1", "cluster_id": "", "user": "ann", "password_file": "", "members": [%2]}]})")
                  .arg(pem, members.join(u','))
                  .toUtf8());
    }
};

TEST_F(TrustTest, ListsEveryClientAtEveryAddressOfTheCluster) {
    const auto seen = run(withCluster({QStringLiteral("trust"), QStringLiteral("--json")}));
    ASSERT_EQ(seen.code, 0) << seen;
    EXPECT_EQ(seen.err, QString()) << seen;
    EXPECT_EQ(addressesIn(seen), addressesOfReplicas()) << seen;
    std::set<QString> clients;
    for (const auto& value : seen.json()[QLatin1String("files")].toArray()) {
        const auto file = value.toObject();
        clients.insert(file[QLatin1String("client")].toString());
        EXPECT_EQ(file[QLatin1String("state")], QStringLiteral("missing"));
        EXPECT_EQ(file[QLatin1String("changed")], false);
        const QString command = file[QLatin1String("command")].toString();
        EXPECT_TRUE(command.contains(QStringLiteral("install -D -m 644 "))) << command.toStdString();
        EXPECT_TRUE(command.contains(file[QLatin1String("path")].toString())) << command.toStdString();
        EXPECT_TRUE(command.contains(path(QStringLiteral("ca.crt"))) ||
                    file[QLatin1String("path")].toString().endsWith(QStringLiteral("hosts.toml")))
            << command.toStdString();
    }
    std::set<QString> expected{QStringLiteral("containers"), QStringLiteral("docker"),
                               QStringLiteral("containerd")};
    if (geteuid() != 0) {
        expected.insert(QStringLiteral("docker-rootless"));
    }
    EXPECT_EQ(clients, expected);
    EXPECT_FALSE(QDir(path(QStringLiteral("home"))).exists()) << "something was written";
}

TEST_F(TrustTest, PutsTheExternalUrlFirstAsClientsWriteIt) {
    for (int i = 0; i < 3; ++i) {
        m_cluster.replica(i).status.cluster.external_url = "https://Registry.example.org:443/";
    }
    const auto seen = run(withCluster({QStringLiteral("trust"), QStringLiteral("--json")}));
    EXPECT_EQ(addressesIn(seen), QStringList(QStringLiteral("registry.example.org")) + addressesOfReplicas())
        << seen;
    EXPECT_EQ(linesIn(seen).value(2), QStringLiteral("podman push registry.example.org/team/app:1"));
    EXPECT_EQ(linesIn(seen).value(3),
              QStringLiteral("podman pull %1/team/app:1").arg(addressesOfReplicas().first()));
}

TEST_F(TrustTest, SaysTheSameForPeople) {
    const auto seen = run(withCluster({QStringLiteral("trust")}));
    ASSERT_EQ(seen.code, 0) << seen;
    const auto fingerprint =
        m_cluster.authority().certificate().digest(QCryptographicHash::Sha256).toHex(':').toUpper();
    EXPECT_TRUE(seen.out.contains(QString::fromLatin1(fingerprint))) << seen;
    for (const auto& word : {"podman, skopeo, buildah", "containerd", "--install", "config_path",
                             "--hosts-dir", "--password-stdin", "podman tag IMAGE"}) {
        EXPECT_TRUE(seen.out.contains(QLatin1String(word))) << word << " is missing in\n" << seen;
    }
    for (const auto& word : {"skip_verify", "tls-verify", "insecure", "http://"}) {
        EXPECT_FALSE(seen.out.contains(QLatin1String(word))) << word << " is in\n" << seen;
    }
}

TEST_F(TrustTest, TakesTheAuthorityAndTheMembersOfASavedClusterWithoutAPassword) {
    save();
    const auto seen = run({QStringLiteral("trust"), QStringLiteral("prod"), QStringLiteral("--json")});
    ASSERT_EQ(seen.code, 0) << seen;
    EXPECT_TRUE(seen.err.contains(QStringLiteral("known here"))) << seen;
    EXPECT_EQ(addressesIn(seen), addressesOfReplicas()) << seen;
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(m_cluster.replica(i).requests().empty()) << "somebody was asked without a password";
    }
    QFile kept(seen.json()[QLatin1String("ca_file")].toString());
    ASSERT_TRUE(kept.open(QIODevice::ReadOnly)) << seen;
    EXPECT_EQ(kept.readAll(), m_cluster.authority().pem());
    EXPECT_EQ(linesIn(seen).value(0),
              QStringLiteral("for each in %1 %2; do podman login --username ann $each; done")
                  .arg(addressesOfReplicas()[0], addressesOfReplicas()[1]));
}

TEST_F(TrustTest, NeedsOnlyTheAuthorityOfAnAddress) {
    const QString url = QStringLiteral("https://reg-1.example.org");
    const auto seen = run({QStringLiteral("trust"), QStringLiteral("--url"), url, QStringLiteral("--ca-file"),
                           path(QStringLiteral("ca.crt")), QStringLiteral("--json")});
    ASSERT_EQ(seen.code, 0) << seen;
    EXPECT_EQ(addressesIn(seen), QStringList(QStringLiteral("reg-1.example.org")));
    EXPECT_EQ(linesIn(seen).value(0), QStringLiteral("podman login --username USER reg-1.example.org"));

    const auto none = run({QStringLiteral("trust"), QStringLiteral("--url"), url});
    EXPECT_EQ(none.code, 2) << none;
    EXPECT_TRUE(none.err.contains(QStringLiteral("--ca-file"))) << none;
    EXPECT_TRUE(none.out.isEmpty()) << none;
}

TEST_F(TrustTest, NothingIsReplacedOrRemovedByAccident) {
    for (const auto& words : {QStringList{QStringLiteral("--replace")},
                              QStringList{QStringLiteral("--install"), QStringLiteral("--remove")},
                              QStringList{QStringLiteral("--remove"), QStringLiteral("--replace")}}) {
        const auto seen = run(withCluster(QStringList(QStringLiteral("trust")) + words));
        EXPECT_EQ(seen.code, 2) << seen;
    }
    const auto two = run({QStringLiteral("trust"), QStringLiteral("demo"), QStringLiteral("--cluster"),
                          QStringLiteral("five")});
    EXPECT_EQ(two.code, 2) << two;
}

} // namespace
} // namespace pilothouse::test
