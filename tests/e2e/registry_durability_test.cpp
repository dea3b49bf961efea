// SPDX-License-Identifier: GPL-3.0-or-later
// Pushes go on while replicas are killed: every push that was acknowledged can be pulled from every replica
// afterwards, with its digest.
#include "sandbox_fixture.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <atomic>
#include <csignal>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace pilothouse::test {

using namespace std::chrono_literals;

namespace {

constexpr auto manifestType = "application/vnd.oci.image.manifest.v1+json";

QString digestOf(const QByteArray& bytes) {
    return QStringLiteral("sha256:") +
           QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QByteArray descriptor(const char* type, const QByteArray& bytes) {
    return QStringLiteral(R"({"mediaType":"%1","digest":"%2","size":%3})")
        .arg(QLatin1String(type), digestOf(bytes))
        .arg(bytes.size())
        .toUtf8();
}

struct Image {
    QByteArray layer;
    QByteArray manifest;
};

const QByteArray config = "{}";

Image randomImage() {
    Image image;
    image.layer.resize(1000 + QRandomGenerator::global()->bounded(60'000));
    QRandomGenerator::global()->fillRange(reinterpret_cast<quint32*>(image.layer.data()),
                                          image.layer.size() / static_cast<qsizetype>(sizeof(quint32)));
    image.manifest = QByteArray(R"({"schemaVersion":2,"mediaType":")") + manifestType + R"(","config":)" +
                     descriptor("application/vnd.oci.image.config.v1+json", config) + R"(,"layers":[)" +
                     descriptor("application/vnd.oci.image.layer.v1.tar", image.layer) + "]}";
    return image;
}

// Pushes an image after another, each request through any replica, until it is stopped.
class Pusher {
public:
    Pusher(Access access, QStringList urls, QString repository)
        : m_access(std::move(access)), m_urls(std::move(urls)), m_repository(std::move(repository)),
          m_thread([this] { push(); }) {}
    ~Pusher() { stop(); }
    Pusher(const Pusher&) = delete;
    Pusher& operator=(const Pusher&) = delete;

    void stop() {
        m_stopping = true;
        if (m_thread.joinable()) {
            m_thread.join();
        }
    }
    // By tag.
    [[nodiscard]] std::map<QString, Image> acknowledged() const {
        const std::lock_guard lock(m_mutex);
        return m_acknowledged;
    }
    [[nodiscard]] std::set<int> statuses() const {
        const std::lock_guard lock(m_mutex);
        return m_statuses;
    }
    [[nodiscard]] const QString& repository() const { return m_repository; }

private:
    bool send(const QString& method, const QString& rest, const QByteArray& body, const QByteArray& type) {
        const QString url = m_urls[QRandomGenerator::global()->bounded(m_urls.size())] +
                            QStringLiteral("/v2/") + m_repository + rest;
        const auto answer = httpRequest(m_access, method, url, body, 6s, type);
        const std::lock_guard lock(m_mutex);
        m_statuses.insert(answer.status);
        return answer.status == 201;
    }
    bool pushBlob(const QByteArray& bytes) {
        return send(QStringLiteral("POST"), QStringLiteral("/blobs/uploads/?digest=") + digestOf(bytes),
                    bytes, "application/octet-stream");
    }
    void push() {
        for (int i = 0; !m_stopping; ++i) {
            const Image image = randomImage();
            const QString tag = QStringLiteral("t%1").arg(i);
            const bool pushed = pushBlob(config) && pushBlob(image.layer) &&
                                send(QStringLiteral("PUT"), QStringLiteral("/manifests/") + tag,
                                     image.manifest, manifestType);
            const std::lock_guard lock(m_mutex);
            if (pushed) {
                m_acknowledged[tag] = image;
            }
        }
    }

    const Access m_access;
    const QStringList m_urls;
    const QString m_repository;
    mutable std::mutex m_mutex; // guards what follows
    std::map<QString, Image> m_acknowledged;
    std::set<int> m_statuses;
    std::atomic<bool> m_stopping = false;
    std::thread m_thread; // last: it uses the rest
};

} // namespace

class RegistryDurability : public SandboxFixture {
protected:
    using Pushers = std::vector<std::unique_ptr<Pusher>>;

    void waitForPushes(const Pushers& pushers, std::size_t more) {
        const auto count = [&] {
            std::size_t sum = 0;
            for (const auto& pusher : pushers) {
                sum += pusher->acknowledged().size();
            }
            return sum;
        };
        const auto before = count();
        waitFor(
            "pushes are acknowledged", [&] { return count() >= before + more; }, 60s);
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
