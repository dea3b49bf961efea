// SPDX-License-Identifier: GPL-3.0-or-later
// Pushes go on while replicas are killed: every push that was acknowledged can be pulled from every replica
// afterwards, with its digest.
#include "pusher.h"
#include "sandbox_fixture.h"

#include <csignal>

namespace pilothouse::test {

using namespace std::chrono_literals;

class RegistryDurability : public SandboxFixture {
protected:
    void waitForPushes(const Pushers& pushers, std::size_t more) {
        const auto before = acknowledgedBy(pushers);
        waitFor(
            "pushes are acknowledged", [&] { return acknowledgedBy(pushers) >= before + more; }, 60s);
    }
    [[nodiscard]] QByteArray get(const QString& name, const QString& rest) {
        const auto answer = request(QStringLiteral("GET"), url(name) + QStringLiteral("/v2/") + rest);
        EXPECT_EQ(answer.status, 200) << rest.toStdString() << " on " << name.toStdString() << ": "
                                      << answer.body.left(300).toStdString();
        return answer.body;
    }
    void expectAllOf(const Pusher& pusher) {
        for (const auto& name : names()) {
            for (const auto& [tag, image] : pusher.acknowledged()) {
                EXPECT_EQ(get(name, pusher.repository() + QStringLiteral("/manifests/") + tag),
                          image.manifest)
                    << tag.toStdString() << " on " << name.toStdString();
                EXPECT_EQ(get(name, pusher.repository() + QStringLiteral("/blobs/") + digestOf(image.layer)),
                          image.layer)
                    << "the layer of " << tag.toStdString() << " on " << name.toStdString();
            }
        }
    }
};

TEST_F(RegistryDurability, NothingAcknowledgedIsLostWhileReplicasAreKilled) {
    start();
    QStringList urls;
    for (const auto& name : names()) {
        urls += url(name);
    }
    Pushers pushers;
    for (const auto* repository : {"team/a", "team/b", "team/c"}) {
        pushers.push_back(std::make_unique<Pusher>(m_access, urls, QLatin1String(repository)));
    }
    waitForPushes(pushers, 5);
    signalReplica(aFollower(), SIGKILL);
    waitForPushes(pushers, 5);
    startAgain();
    waitForPushes(pushers, 5);
    const auto leader = nameOfLeader();
    ASSERT_FALSE(leader.isEmpty());
    signalReplica(leader, SIGKILL);
    waitForPushes(pushers, 5);
    startAgain();
    waitForPushes(pushers, 5);
    for (const auto& name : names()) { // all at once, at work
        signalReplica(name, SIGKILL);
    }
    startAgain();
    waitForPushes(pushers, 5);
    for (auto& pusher : pushers) {
        pusher->stop();
    }
    waitForVerdict(QStringLiteral("healthy"));
    for (const auto& pusher : pushers) {
        expectAllOf(*pusher);
        for (const int status : pusher->statuses()) {
            // 0: no answer; 503: no quorum, or not known yet; 400: a blob of an image whose push failed
            // before is not there.
            EXPECT_TRUE(status == 201 || status == 0 || status == 503 || status == 400)
                << "a client was told " << status;
        }
    }
}

// A replica that was away has everything by itself some time after it is back: then the others may go.
TEST_F(RegistryDurability, AReplicaThatWasAwayCompletesItself) {
    start();
    const auto away = aFollower();
    signalReplica(away, SIGKILL);
    QStringList urls;
    for (const auto& name : names()) {
        urls += name == away ? QString() : url(name);
    }
    urls.removeAll(QString());
    Pushers pushers;
    pushers.push_back(std::make_unique<Pusher>(m_access, urls, QStringLiteral("team/app")));
    waitForPushes(pushers, 5);
    pushers.front()->stop();
    startAgain();
    const auto isComplete = [&] {
        const auto answer = request(QStringLiteral("GET"), url(away) + QStringLiteral("/api/v0/replica"));
        const auto blobs = answer.json()[QLatin1String("blobs")].toObject();
        return answer.status == 200 && !blobs.isEmpty() && blobs[QLatin1String("missing")].toInt(-1) == 0;
    };
    waitFor("it has every blob", isComplete, 60s);
    const auto complete = waitForStatus("every blob has three copies", [](const QJsonObject& status) {
        return status[QLatin1String("min_copies")].toInt() == 3;
    });
    EXPECT_EQ(complete[QLatin1String("under_replicated_blobs")].toInt(-1), 0)
        << printed(complete).toStdString();
    EXPECT_EQ(complete[QLatin1String("tolerates_data")].toInt(-1), 2) << printed(complete).toStdString();
    for (const auto& name : names()) {
        if (name != away) {
            signalReplica(name, SIGKILL);
        }
    }
    // Without quorum, by digest, from its own disk.
    for (const auto& [tag, image] : pushers.front()->acknowledged()) {
        EXPECT_EQ(get(away, QStringLiteral("team/app/blobs/") + digestOf(image.layer)), image.layer);
        EXPECT_EQ(get(away, QStringLiteral("team/app/manifests/") + digestOf(image.manifest)),
                  image.manifest);
    }
}

} // namespace pilothouse::test
