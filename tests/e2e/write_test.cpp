// SPDX-License-Identifier: GPL-3.0-or-later
// What is written through one replica is there on every other; the verbs on running replicas work.
#include "sandbox_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace pilothouse::test {

class Write : public SandboxFixture {};

TEST_F(Write, OnAnyIsReadOnAll) {
    start();
    for (const auto& writer : names()) {
        const auto user = QStringLiteral("from-") + writer;
        const auto body =
            QStringLiteral(
                R"({"name":"%1","password":"a-long-password","role":"writer","operation_id":"%1"})")
                .arg(user);
        const auto created =
            request(QStringLiteral("POST"), url(writer) + QStringLiteral("/api/v0/users"), body.toUtf8());
        ASSERT_EQ(created.status, 201) << created.body.toStdString();
        // A retry carries the same operation id and changes nothing.
        EXPECT_EQ(
            request(QStringLiteral("POST"), url(writer) + QStringLiteral("/api/v0/users"), body.toUtf8())
                .status,
            201);
        for (const auto& reader : names()) {
            const auto users = request(QStringLiteral("GET"), url(reader) + QStringLiteral("/api/v0/users"));
            EXPECT_EQ(users.body.count(user.toUtf8()), 1)
                << reader.toStdString() << ": " << users.body.toStdString();
        }
    }
}

TEST_F(Write, ADrainedReplicaGivesUpTrafficAndTakesItAgain) {
    start();
    const auto drained = names().last();
    const auto drain = [&](const char* on) {
        return request(QStringLiteral("PUT"), url(drained) + QStringLiteral("/api/v0/replica/drain"),
                       QByteArray(R"({"draining":)") + on + "}")
            .status;
    };
    ASSERT_EQ(drain("true"), 204);
    waitFor("its health address says 503", [&] {
        return request(QStringLiteral("GET"), httpUrl(drained) + QStringLiteral("/_ping")).status == 503;
    });
    const auto seen = status();
    EXPECT_EQ(seen[QLatin1String("verdict")], QStringLiteral("degraded"))
        << QJsonDocument(seen).toJson().toStdString();
    EXPECT_EQ(seen[QLatin1String("tolerates")], 1) << "a draining replica still votes";
    ASSERT_EQ(drain("false"), 204);
    waitForStatus("healthy again", [](const QJsonObject& s) {
        return s[QLatin1String("verdict")] == QStringLiteral("healthy");
    });
}

TEST_F(Write, LeadershipIsHandedToTheReplicaThatIsAskedFor) {
    start();
    const auto leader = nameOfLeader();
    const auto target = names().first() == leader ? names().last() : names().first();
    QString targetId;
    for (const auto& value : status()[QLatin1String("replicas")].toArray()) {
        if (value.toObject()[QLatin1String("name")] == target) {
            targetId = value.toObject()[QLatin1String("id")].toString();
        }
    }
    // Asked of the target, which has to pass it on to the leader.
    const auto asked = request(QStringLiteral("POST"), url(target) + QStringLiteral("/api/v0/cluster/leader"),
                               QStringLiteral(R"({"replica":"%1"})").arg(targetId).toUtf8());
    ASSERT_EQ(asked.status, 204) << asked.body.toStdString();
    waitForStatus("it leads", [&](const QJsonObject& s) { return s[QLatin1String("leader")] == targetId; });
}

TEST_F(Write, LoginsAreChecked) {
    start(1);
    const auto plain =
        request(QStringLiteral("GET"), httpUrl(names().first()) + QStringLiteral("/api/v0/cluster"));
    EXPECT_EQ(plain.status, 308) << "plain HTTP only redirects";
    const auto missing =
        request(QStringLiteral("GET"), url(names().first()) + QStringLiteral("/api/v0/nothing"));
    EXPECT_EQ(missing.status, 404);
    EXPECT_EQ(missing.json()[QLatin1String("status")], 404) << missing.body.toStdString();
}

} // namespace pilothouse::test
