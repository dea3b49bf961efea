// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/events.h"
#include "api/json.h"
#include "client/replica_connection.h"
#include "samples.h"

#include <memory>

namespace pilothouse::client {
namespace {

using test::runFor;
using test::ScriptedCluster;
using test::waitUntil;

const QByteArray statusRequest = "GET /api/v0/cluster";
const QByteArray streamRequest = "GET /api/v0/stream";

class ReplicaConnectionTest : public testing::Test {
protected:
    explicit ReplicaConnectionTest(const Timing& timing = {})
        : m_network(test::anchorOf(m_cluster.authority())),
          m_connection(m_network, {test::urlOf(replica()), ReplicaId(replica().id())}, systemClock(),
                       timing) {
        m_network.setCredentials({QStringLiteral("admin"), QStringLiteral("secret")});
    }

    test::ScriptedReplica& replica() { return m_cluster.replica(0); }
    [[nodiscard]] bool onStream() {
        return waitUntil([this] { return m_connection.liveness() == Liveness::stream; });
    }
    [[nodiscard]] bool reaches(domain::Reach reach) {
        return waitUntil([this, reach] { return m_connection.observation().reach == reach; });
    }
    [[nodiscard]] std::string how() {
        return "liveness " + std::to_string(static_cast<int>(m_connection.liveness())) + ", reach " +
               std::to_string(static_cast<int>(m_connection.observation().reach)) + ", error \"" +
               m_connection.observation().error + "\"";
    }

    ScriptedCluster m_cluster{3};
    ClusterNetwork m_network;
    ReplicaConnection m_connection;
};

TEST_F(ReplicaConnectionTest, PrefersTheStreamAndNeedsNoPollsThere) {
    m_connection.start();
    ASSERT_TRUE(onStream()) << how();
    EXPECT_EQ(m_connection.observation().name, "reg-1");
    EXPECT_EQ(replica().openStreams(), 1);
    const int polls = replica().count(statusRequest);

    replica().status.self.consensus.held_index = 777;
    replica().publish();
    EXPECT_TRUE(waitUntil([&] { return m_connection.observation().report->consensus.held == LogIndex(777); }))
        << how();
    EXPECT_EQ(replica().count(statusRequest), polls) << "asked although the stream tells";
    EXPECT_EQ(replica().openStreams(), 1);
    ASSERT_TRUE(m_connection.observation().roundTripMs ||
                waitUntil([&] { return m_connection.observation().roundTripMs.has_value(); }));
}

TEST_F(ReplicaConnectionTest, AsksForAStreamThatNothingOnTheWayCompresses) {
    m_connection.start();
    ASSERT_TRUE(onStream()) << how();
    const auto* request = replica().last(streamRequest);
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->headers.value("accept"), "text/event-stream");
    EXPECT_EQ(request->headers.value("accept-encoding"), "identity");
    EXPECT_FALSE(request->headers.contains("last-event-id"));
}

class ImpatientConnection : public ReplicaConnectionTest {
protected:
    ImpatientConnection()
        : ReplicaConnectionTest({.pollEvery = Milliseconds(50),
                                 .streamAgainAfter = Milliseconds(300),
                                 .pingEvery = Milliseconds(20)}) {}
    // Frames that come meanwhile: time passes.
    [[nodiscard]] bool hearFrames(int frames) {
        for (int i = 1; i <= frames; ++i) {
            replica().status.self.consensus.held_index += 1;
            const LogIndex held(replica().status.self.consensus.held_index);
            replica().publish();
            runFor(Milliseconds(20));
            if (!waitUntil([&] { return m_connection.observation().report->consensus.held == held; })) {
                return false;
            }
        }
        return true;
    }
};

TEST_F(ImpatientConnection, MeasuresNoRoundTripsWhileNobodyLooks) {
    const QByteArray ping = "GET /_ping";
    m_connection.start();
    ASSERT_TRUE(onStream()) << how();
    ASSERT_TRUE(waitUntil([&] { return replica().count(ping) >= 3; })) << replica().count(ping);
    m_connection.setHidden(true);
    ASSERT_TRUE(hearFrames(2)) << how(); // one may be on its way
    const int before = replica().count(ping);
    ASSERT_TRUE(hearFrames(10)) << how();
    EXPECT_EQ(replica().count(ping), before);
    m_connection.setHidden(false);
    EXPECT_TRUE(waitUntil([&] { return replica().count(ping) >= before + 3; }));
}

TEST_F(ImpatientConnection, PollsWhereThereIsNoStreamAndGoesBackToItWhenThereIs) {
    replica().setStreams(false);
    m_connection.start();
    ASSERT_TRUE(waitUntil([&] { return m_connection.liveness() == Liveness::polling; })) << how();
    const int polls = replica().count(statusRequest);
    EXPECT_TRUE(waitUntil([&] { return replica().count(statusRequest) >= polls + 3; }))
        << "polled " << replica().count(statusRequest) << " times";
    EXPECT_EQ(m_connection.observation().reach, domain::Reach::ok) << how();

    replica().setStreams(true);
    EXPECT_TRUE(onStream()) << how();
    EXPECT_EQ(replica().openStreams(), 1);
}

TEST_F(ImpatientConnection, PollsWhereAProxyHoldsTheStreamBack) {
    replica().setStreamsHeldBack(true);
    m_connection.start();
    ASSERT_TRUE(waitUntil([&] { return m_connection.observation().reach == domain::Reach::ok; })) << how();
    EXPECT_TRUE(waitUntil([&] { return m_connection.liveness() == Liveness::polling; })) << how();
}

class PollingConnection : public ReplicaConnectionTest {
protected:
    PollingConnection() : ReplicaConnectionTest({.pollEvery = Milliseconds(50)}) {}
};

TEST_F(PollingConnection, AsksRarelyWhileNobodyLooks) {
    replica().setStreams(false);
    m_connection.start();
    ASSERT_TRUE(waitUntil([&] { return replica().count(statusRequest) >= 5; })) << how();
    m_connection.setHidden(true);
    runFor(Milliseconds(200)); // one may be on its way
    const int before = replica().count(statusRequest);
    runFor(Milliseconds(1500)); // longer than what is late while somebody looks
    EXPECT_EQ(replica().count(statusRequest), before);
    EXPECT_EQ(m_connection.observation().reach, domain::Reach::ok) << how();
    m_connection.setHidden(false);
    EXPECT_TRUE(waitUntil([&] { return replica().count(statusRequest) >= before + 5; })) << how();
    EXPECT_EQ(m_connection.observation().reach, domain::Reach::ok) << how();
}

TEST_F(ReplicaConnectionTest, SaysLateAfterOneSecondAndNotAnsweringAfterTwoAndAHalf) {
    m_connection.start();
    ASSERT_TRUE(onStream()) << how();
    replica().setSilent(true);
    std::optional<MonotonicTime> lastByte;
    std::optional<Milliseconds> saidLate;
    std::optional<Milliseconds> gaveUp;
    const auto silence = [&] {
        return std::chrono::duration_cast<Milliseconds>(systemClock().monotonic() -
                                                        *m_connection.observation().lastByteAt);
    };
    QObject::connect(&m_connection, &ReplicaConnection::changed, &m_connection, [&] {
        if (m_connection.observation().reach == domain::Reach::timeout) {
            gaveUp = gaveUp.value_or(silence());
        } else if (silence() >= Milliseconds(900)) {
            saidLate = saidLate.value_or(silence());
        }
    });
    ASSERT_TRUE(waitUntil([&] { return gaveUp.has_value(); }, std::chrono::seconds(20))) << how();
    ASSERT_TRUE(saidLate) << "it gave up after " << gaveUp->count() << " ms without having said late";
    EXPECT_GE(*saidLate, Milliseconds(1000));
    EXPECT_GE(*gaveUp, Milliseconds(2500));
    EXPECT_EQ(m_connection.liveness(), Liveness::none);
    EXPECT_TRUE(m_connection.observation().failingSince);
    EXPECT_TRUE(m_connection.observation().report) << "the last report is kept, however old";

    replica().setSilent(false);
    EXPECT_TRUE(onStream()) << how();
    EXPECT_FALSE(m_connection.observation().failingSince);
}

TEST_F(ReplicaConnectionTest, TellsAKilledReplicaAtOnceAndFindsItAgain) {
    m_connection.start();
    ASSERT_TRUE(onStream()) << how();
    runFor(Milliseconds(1100)); // so that the stream counts as one that lasted
    m_cluster.kill(0);
    ASSERT_TRUE(reaches(domain::Reach::refused)) << how();
    const auto since = m_connection.observation().failingSince;
    ASSERT_TRUE(since);
    EXPECT_TRUE(m_connection.observation().error.starts_with(replica().url())) << how();
    runFor(Milliseconds(600));
    EXPECT_EQ(m_connection.observation().failingSince, since) << "the first of the failures counts";
    m_cluster.restart(0);
    EXPECT_TRUE(onStream()) << how();
}

TEST_F(ReplicaConnectionTest, ResumesBehindTheLastEventThatItSaw) {
    std::vector<std::int64_t> seen;
    QObject::connect(&m_connection, &ReplicaConnection::eventArrived, &m_connection,
                     [&](const api::Event& event) { seen.push_back(event.revision); });
    m_connection.start();
    ASSERT_TRUE(onStream()) << how();
    m_cluster.addEvent(std::string(api::event::replicaStarted), 1, "reg-2 started");
    ASSERT_TRUE(waitUntil([&] { return seen.size() == 1; })) << how();

    replica().cutStreams();
    m_cluster.addEvent(std::string(api::event::replicaStopped), 1, "reg-2 stopped"); // while nobody listens
    ASSERT_TRUE(waitUntil([&] { return seen.size() == 2; })) << how();
    EXPECT_EQ(seen[1], seen[0] + 1);
    EXPECT_EQ(replica().last(streamRequest)->headers.value("last-event-id"),
              QByteArray::number(qint64(seen[0])));
    EXPECT_EQ(replica().openStreams(), 1);
}

TEST_F(ReplicaConnectionTest, BearsASlowReplicaAndMeasuresIt) {
    replica().setDelay(Milliseconds(300));
    m_connection.start();
    ASSERT_TRUE(waitUntil([&] { return m_connection.observation().roundTripMs.has_value(); })) << how();
    EXPECT_GE(*m_connection.observation().roundTripMs, 250) << how();
    EXPECT_EQ(m_connection.observation().reach, domain::Reach::ok) << how();
}

TEST_F(ReplicaConnectionTest, NamesTheFieldThatHasTheWrongType) {
    replica().setStreams(false);
    const auto whole = QByteArray::fromStdString(api::toJson(replica().status));
    const auto wrong = QByteArray(whole).replace("\"term\":2", "\"term\":\"two\"");
    ASSERT_NE(wrong, whole) << whole.toStdString();
    replica().setAnswer(statusRequest, {200, wrong});
    m_connection.start();
    ASSERT_TRUE(reaches(domain::Reach::error)) << how();
    EXPECT_NE(m_connection.observation().error.find("term"), std::string::npos) << how();
    EXPECT_FALSE(m_connection.observation().report);
}

TEST_F(ReplicaConnectionTest, TakesGarbageForNoReplica) {
    for (const QByteArray& body :
         {QByteArray("<html>It works!</html>"), QByteArray(), QByteArray("\0\xff{", 3)}) {
        replica().setStreams(false);
        replica().setAnswer(statusRequest, {200, body});
        m_connection.start();
        ASSERT_TRUE(reaches(domain::Reach::error)) << how() << " for " << body.toStdString();
        EXPECT_EQ(m_connection.liveness(), Liveness::none);
        m_connection.stop();
    }
    replica().setAnswer(streamRequest, {200, "event: status\ndata: nonsense\n\n", "text/event-stream"});
    m_connection.start();
    EXPECT_TRUE(reaches(domain::Reach::error)) << how();
}

TEST_F(ReplicaConnectionTest, ReadsNoAnswerWithoutEnd) {
    replica().setStreams(false);
    replica().setAnswer(statusRequest, {200, QByteArray((17 << 20), 'x')});
    m_connection.start();
    ASSERT_TRUE(waitUntil([&] { return m_connection.observation().reach != domain::Reach::unknown; },
                          std::chrono::seconds(30)));
    EXPECT_EQ(m_connection.observation().reach, domain::Reach::error) << how();
    EXPECT_NE(m_connection.observation().error.find("16 MiB"), std::string::npos) << how();
}

TEST_F(ReplicaConnectionTest, BelievesNobodyWhoCallsItselfOtherwiseThanItsCertificate) {
    replica().status.observer = replica().status.self.id = ScriptedCluster::idOf(1);
    m_connection.start();
    ASSERT_TRUE(reaches(domain::Reach::error)) << how();
    EXPECT_NE(m_connection.observation().error.find(ScriptedCluster::idOf(1)), std::string::npos) << how();
    EXPECT_FALSE(m_connection.observation().report);
}

TEST_F(ReplicaConnectionTest, DoesNotHammerWithAPasswordThatWasRefused) {
    replica().setCredentials("admin", "another");
    m_connection.start();
    ASSERT_TRUE(reaches(domain::Reach::rejected)) << how();
    const auto requests = replica().requests().size();
    runFor(Milliseconds(1500));
    EXPECT_EQ(replica().requests().size(), requests);

    m_network.setCredentials({QStringLiteral("admin"), QStringLiteral("another")});
    m_connection.retryNow();
    EXPECT_TRUE(onStream()) << how();
}

TEST_F(ReplicaConnectionTest, IsQuietAfterItsStop) {
    m_connection.start();
    ASSERT_TRUE(onStream()) << how();
    m_connection.stop();
    EXPECT_TRUE(waitUntil([&] { return replica().openStreams() == 0; }));
    const auto requests = replica().requests().size();
    runFor(Milliseconds(500));
    EXPECT_EQ(replica().requests().size(), requests);
}

TEST(BackOff, DoublesToItsMostAndJittersByAQuarter) {
    BackOff backOff(Milliseconds(200), Milliseconds(1000));
    EXPECT_EQ(backOff.next(0.5), Milliseconds(200));
    EXPECT_EQ(backOff.next(0), Milliseconds(300));
    EXPECT_EQ(backOff.next(0.999999), Milliseconds(999));
    EXPECT_EQ(backOff.next(0.5), Milliseconds(1000));
    EXPECT_EQ(backOff.next(0.5), Milliseconds(1000));
    backOff.reset();
    EXPECT_EQ(backOff.next(0.5), Milliseconds(200));
}

} // namespace
} // namespace pilothouse::client
