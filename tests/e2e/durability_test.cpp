// SPDX-License-Identifier: GPL-3.0-or-later
// Writers go on while replicas are killed: what was acknowledged is there afterwards, on every replica, once.
#include "sandbox_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <atomic>
#include <csignal>
#include <mutex>
#include <thread>

namespace pilothouse::test {

using namespace std::chrono_literals;

namespace {

// Creates users through all replicas in turn until it is stopped. A write that got no answer, or an answer
// that is no promise, has an unknown outcome: the user may be there or not. It is never repeated here.
class Writer {
public:
    Writer(Access access, QStringList urls, QString prefix)
        : m_thread([this, access = std::move(access), urls = std::move(urls), prefix = std::move(prefix)] {
              for (int i = 0; !m_stopping; ++i) {
                  const auto user = prefix + QString::number(i);
                  const auto answer = createUser(access, urls[i % urls.size()], user, 4s);
                  const std::lock_guard lock(m_mutex);
                  (answer.status == 201 ? m_acknowledged : m_unknown) += user;
                  m_statuses.insert(answer.status);
              }
          }) {}
    ~Writer() { stop(); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void stop() {
        m_stopping = true;
        if (m_thread.joinable()) {
            m_thread.join();
        }
    }
    [[nodiscard]] QStringList acknowledged() const {
        const std::lock_guard lock(m_mutex);
        return m_acknowledged;
    }
    [[nodiscard]] QStringList unknown() const {
        const std::lock_guard lock(m_mutex);
        return m_unknown;
    }
    [[nodiscard]] std::set<int> statuses() const {
        const std::lock_guard lock(m_mutex);
        return m_statuses;
    }

private:
    mutable std::mutex m_mutex; // guards what follows
    QStringList m_acknowledged;
    QStringList m_unknown;
    std::set<int> m_statuses;
    std::atomic<bool> m_stopping = false;
    std::thread m_thread; // last: it uses the rest
};

} // namespace

class Durability : public SandboxFixture {
protected:
    [[nodiscard]] QStringList urls() const {
        QStringList all;
        for (const auto& name : names()) {
            all += url(name);
        }
        return all;
    }
    // Waits for more acknowledged writes: the cluster works, and the next fault hits it at work.
    void waitForWrites(const std::vector<std::unique_ptr<Writer>>& writers, int more) {
        const auto count = [&] {
            qsizetype sum = 0;
            for (const auto& writer : writers) {
                sum += writer->acknowledged().size();
            }
            return sum;
        };
        const auto before = count();
        waitFor(
            "writes are acknowledged", [&] { return count() >= before + more; }, 60s);
    }
    QStringList usersOn(const QString& name) {
        QStringList users;
        const auto answer = request(QStringLiteral("GET"), url(name) + QStringLiteral("/api/v0/users"));
        const auto json = QJsonDocument::fromJson(answer.body);
        const auto list = json.isArray() ? json.array() : json.object()[QLatin1String("users")].toArray();
        for (const auto& user : list) {
            users += user[QLatin1String("name")].toString();
        }
        return users;
    }
    void expectAllOf(const std::vector<std::unique_ptr<Writer>>& writers) {
        QStringList first;
        for (const auto& name : names()) {
            const auto there = usersOn(name);
            EXPECT_EQ(QSet<QString>(there.begin(), there.end()).size(), there.size())
                << "somebody is twice on " << name.toStdString();
            for (const auto& writer : writers) {
                for (const auto& user : writer->acknowledged()) {
                    EXPECT_TRUE(there.contains(user))
                        << user.toStdString() << " was acknowledged and is not on " << name.toStdString();
                }
            }
            first = first.isEmpty() ? there : first;
            EXPECT_EQ(QSet<QString>(there.begin(), there.end()), QSet<QString>(first.begin(), first.end()))
                << "the replicas differ";
        }
    }
};

TEST_F(Durability, NothingAcknowledgedIsLostWhileReplicasAreKilled) {
    start();
    std::vector<std::unique_ptr<Writer>> writers;
    for (const auto* prefix : {"a-", "b-", "c-"}) {
        writers.push_back(std::make_unique<Writer>(m_access, urls(), QLatin1String(prefix)));
    }
    waitForWrites(writers, 3);
    const auto follower = aFollower();
    signalReplica(follower, SIGKILL);
    waitForWrites(writers, 3);
    startAgain();
    waitForWrites(writers, 3);
    const auto leader = nameOfLeader();
    ASSERT_FALSE(leader.isEmpty());
    signalReplica(leader, SIGKILL);
    waitForWrites(writers, 3);
    startAgain();
    waitForWrites(writers, 3);
    for (const auto& name : names()) { // all at once, at work
        signalReplica(name, SIGKILL);
    }
    startAgain();
    waitForWrites(writers, 3);
    for (auto& writer : writers) {
        writer->stop();
    }
    waitForVerdict(QStringLiteral("healthy"));
    expectAllOf(writers);
    for (const auto& writer : writers) {
        for (const int status : writer->statuses()) {
            // 0: no answer, 503 and 504: no quorum or not known, 429: the queue of passwords to hash is full.
            EXPECT_TRUE(status == 201 || status == 0 || status == 503 || status == 504 || status == 429)
                << "a writer was told " << status;
        }
    }
}

// A repeated request with the same operation id does what an interrupted one may have done already, once.
TEST_F(Durability, AnUnknownOutcomeIsSettledByRepeatingTheRequest) {
    start();
    auto writer = std::make_unique<Writer>(m_access, urls(), QStringLiteral("u-"));
    waitFor(
        "it writes", [&] { return writer->acknowledged().size() >= 2; }, 60s);
    for (const auto& name : names()) {
        signalReplica(name, SIGKILL);
    }
    waitFor("a write has an unknown outcome", [&] { return !writer->unknown().isEmpty(); });
    writer->stop();
    startAgain();
    for (const auto& user : writer->unknown()) {
        const auto repeated = addUser(names().front(), user);
        EXPECT_EQ(repeated.status, 201) << user.toStdString() << ": " << repeated.body.toStdString();
    }
    for (const auto& name : names()) {
        const auto there = usersOn(name);
        for (const auto& user : writer->unknown() + writer->acknowledged()) {
            EXPECT_EQ(there.count(user), 1) << user.toStdString() << " on " << name.toStdString();
        }
    }
}

} // namespace pilothouse::test
