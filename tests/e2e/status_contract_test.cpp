// SPDX-License-Identifier: GPL-3.0-or-later
// What scripts rely on: the JSON and exit codes of `sandbox start` and `status`.
#include "sandbox_fixture.h"

#include <QDateTime>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <csignal>

namespace pilothouse::test {

class StatusContract : public SandboxFixture {};

TEST_F(StatusContract, AHealthyClusterOfThree) {
    start(3);
    for (const char* key : {"name", "dir", "ca_file", "username", "password_file", "replicas"}) {
        EXPECT_TRUE(m_sandbox.contains(QLatin1String(key))) << key;
    }
    EXPECT_EQ(QFileInfo(m_sandbox[QLatin1String("password_file")].toString()).permissions() & 0x77, 0)
        << "others may read the password";
    for (const auto& value : m_sandbox[QLatin1String("replicas")].toArray()) {
        for (const char* key : {"id", "name", "url", "http_url", "pid", "data_dir"}) {
            EXPECT_TRUE(value.toObject().contains(QLatin1String(key))) << key;
        }
        EXPECT_TRUE(value.toObject()[QLatin1String("url")].toString().startsWith(QStringLiteral("https://")));
    }

    const auto seen = statusByUrl(names().last());
    const auto text = QJsonDocument(seen).toJson().toStdString();
    EXPECT_EQ(seen[QLatin1String("verdict")], QStringLiteral("healthy")) << text;
    EXPECT_EQ(seen[QLatin1String("voters")], 3);
    EXPECT_EQ(seen[QLatin1String("quorum")], 2);
    EXPECT_EQ(seen[QLatin1String("healthy_voters")], 3);
    EXPECT_EQ(seen[QLatin1String("tolerates")], 1);
    EXPECT_EQ(seen[QLatin1String("disagreement")], false);
    EXPECT_EQ(seen[QLatin1String("views")].toArray().size(), 3);
    EXPECT_GT(seen[QLatin1String("term")].toInt(), 0);
    EXPECT_TRUE(seen[QLatin1String("sentence")].toString().startsWith(
        QStringLiteral("Healthy. 3 of 3 replicas vote")))
        << text;
    int leaders = 0;
    for (const auto& value : seen[QLatin1String("replicas")].toArray()) {
        const auto replica = value.toObject();
        leaders += replica[QLatin1String("role")] == QStringLiteral("leader") ? 1 : 0;
        EXPECT_EQ(replica[QLatin1String("reachable")], true);
        EXPECT_EQ(replica[QLatin1String("healthy")], true);
        EXPECT_EQ(replica[QLatin1String("voting")], true);
        EXPECT_GT(replica[QLatin1String("applied_index")].toInt(), 0);
        EXPECT_TRUE(replica[QLatin1String("lag")].isDouble());
        EXPECT_EQ(replica[QLatin1String("observed_by")], replica[QLatin1String("id")]);
        EXPECT_FALSE(replica[QLatin1String("observed_at")].toString().isEmpty());
    }
    EXPECT_EQ(leaders, 1) << text;
}

// Field by field: a script may rely on the type of each, and on null where nothing is known.
TEST_F(StatusContract, EveryFieldHasItsType) {
    start(3);
    const QRegularExpression id(QStringLiteral("^[0-9a-f]{12}$"));
    for (const char* key : {"name", "dir", "ca_file", "username", "password_file"}) {
        EXPECT_TRUE(m_sandbox[QLatin1String(key)].isString()) << key;
    }
    EXPECT_TRUE(QFileInfo::exists(m_sandbox[QLatin1String("ca_file")].toString()));
    for (const auto& value : m_sandbox[QLatin1String("replicas")].toArray()) {
        const auto replica = value.toObject();
        EXPECT_TRUE(id.match(replica[QLatin1String("id")].toString()).hasMatch());
        EXPECT_TRUE(replica[QLatin1String("http_url")].toString().startsWith(QStringLiteral("http://")));
        EXPECT_TRUE(runs(replica[QLatin1String("pid")].toInteger())) << "the processes go on";
        EXPECT_TRUE(QFileInfo(replica[QLatin1String("data_dir")].toString()).isDir());
    }
    const auto expectTypes = [&](const QJsonObject& seen) {
        const auto text = printed(seen).toStdString();
        for (const char* key : {"verdict", "sentence"}) {
            EXPECT_TRUE(seen[QLatin1String(key)].isString()) << key << text;
        }
        for (const char* key : {"voters", "quorum", "healthy_voters", "tolerates"}) {
            EXPECT_TRUE(seen[QLatin1String(key)].isDouble()) << key << text;
        }
        EXPECT_TRUE(seen[QLatin1String("disagreement")].isBool()) << text;
        EXPECT_TRUE(seen[QLatin1String("views")].isArray()) << text;
        EXPECT_EQ(seen[QLatin1String("replicas")].toArray().size(), 3) << text;
        for (const auto& value : seen[QLatin1String("replicas")].toArray()) {
            const auto replica = value.toObject();
            for (const char* key : {"id", "name", "url"}) {
                EXPECT_TRUE(replica[QLatin1String(key)].isString()) << key << text;
            }
            for (const char* key : {"reachable", "healthy", "voting"}) {
                EXPECT_TRUE(replica[QLatin1String(key)].isBool()) << key << text;
            }
            for (const char* key : {"role", "applied_index", "lag", "observed_by", "observed_at"}) {
                EXPECT_TRUE(replica.contains(QLatin1String(key))) << key << text;
            }
            const auto at = replica[QLatin1String("observed_at")];
            EXPECT_TRUE(at.isNull() || QDateTime::fromString(at.toString(), Qt::ISODateWithMs).isValid())
                << text;
            const auto role = replica[QLatin1String("role")];
            EXPECT_TRUE(role.isNull() || role == QStringLiteral("leader") ||
                        role == QStringLiteral("follower") || role == QStringLiteral("learner"))
                << text;
        }
    };
    auto seen = statusByUrl(names().first());
    expectTypes(seen);
    EXPECT_TRUE(id.match(seen[QLatin1String("leader")].toString()).hasMatch());
    EXPECT_TRUE(seen[QLatin1String("term")].isDouble());
    EXPECT_EQ(ctl({QStringLiteral("status"), QStringLiteral("--cluster"), m_name, QStringLiteral("--json")})
                  .exitCode,
              0);

    signalReplica(names()[0], SIGKILL);
    signalReplica(names()[1], SIGKILL);
    waitForVerdict(QStringLiteral("no-quorum"), std::chrono::seconds(10));
    seen = statusByUrl(names().last());
    expectTypes(seen);
    EXPECT_TRUE(seen[QLatin1String("leader")].isNull()) << printed(seen).toStdString();
    const auto result =
        ctl({QStringLiteral("status"), QStringLiteral("--cluster"), m_name, QStringLiteral("--json")});
    EXPECT_EQ(result.exitCode, 3) << "not healthy";
    EXPECT_FALSE(result.json().isEmpty()) << "one JSON object all the same: " << result.out.toStdString();
}

TEST_F(StatusContract, ASingleReplicaIsAtRiskByItsNature) {
    start(1);
    const auto seen = status();
    EXPECT_EQ(seen[QLatin1String("verdict")], QStringLiteral("at-risk"));
    EXPECT_EQ(seen[QLatin1String("tolerates")], 0);
    const auto result = ctl({QStringLiteral("status"), QStringLiteral("--cluster"), m_name});
    EXPECT_EQ(result.exitCode, 3) << result.out.toStdString() << result.err.toStdString();
}

TEST_F(StatusContract, UsageErrorsSaySoAndExitWithTwo) {
    EXPECT_EQ(ctl({QStringLiteral("status"), QStringLiteral("--no-such-flag")}).exitCode, 2);
    const auto two = ctl({QStringLiteral("sandbox"), QStringLiteral("start"), QStringLiteral("--name"),
                          m_name, QStringLiteral("--replicas"), QStringLiteral("2")});
    EXPECT_EQ(two.exitCode, 2);
    EXPECT_TRUE(two.err.contains(QStringLiteral("even number"))) << two.err.toStdString();
    const auto unknown =
        ctl({QStringLiteral("status"), QStringLiteral("--cluster"), QStringLiteral("nobody")});
    EXPECT_EQ(unknown.exitCode, 1);
    EXPECT_TRUE(unknown.err.contains(QStringLiteral("nobody"))) << unknown.err.toStdString();
}

} // namespace pilothouse::test
