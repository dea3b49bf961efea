// SPDX-License-Identifier: GPL-3.0-or-later
// A session on a scripted cluster: what it makes of it, and how often it says so.
#include "api/events.h"
#include "api/json.h"
#include "base/clock.h"
#include "support/scripted_cluster.h"
#include "support/wait.h"
#include "ui/console/live_session.h"

#include <QSignalSpy>

#include <gtest/gtest.h>

namespace pilothouse::ui {
namespace {

using domain::Verdict;
using test::runFor;
using test::waitUntil;

class LiveSessionTest : public testing::Test {
protected:
    void start() {
        client::WatchTarget target;
        target.trust = {cluster.authority().certificate(), ClusterId(test::TestAuthority::clusterId)};
        target.credentials = {QStringLiteral("admin"), QStringLiteral("secret")};
        target.seeds = {QUrl(QString::fromStdString(cluster.replica(0).url()))};
        session = std::make_unique<LiveSession>(QStringLiteral("saved/test"), target, nullptr, systemClock());
        session->start();
    }
    // A worse moment on the way there is shown for five seconds.
    [[nodiscard]] bool becomes(Verdict verdict) {
        return waitUntil([&] { return session->view().verdict == verdict; }, std::chrono::seconds(20));
    }
    [[nodiscard]] std::string shown() {
        return session->view().headline.toStdString() + ": " + session->view().sentence.toStdString();
    }

    test::ScriptedCluster cluster{3};
    std::unique_ptr<LiveSession> session;
};

TEST_F(LiveSessionTest, TakesAPageOfEventsForOneChange) {
    constexpr int many = 150;
    for (int i = 0; i < many; ++i) {
        cluster.addEvent(std::string(api::event::replicaStarted), 1, "reg-2 started");
    }
    start();
    QSignalSpy changed(session.get(), &ClusterSession::changed);
    ASSERT_TRUE(waitUntil([&] { return session->events().size() == many; })) << session->events().size();
    EXPECT_LT(changed.count(), 20);
}

TEST_F(LiveSessionTest, CallsNobodyLateThatItAsksRarelyWhileNobodyLooks) {
    for (int i = 0; i < cluster.size(); ++i) {
        cluster.replica(i).setStreams(false);
    }
    start();
    ASSERT_TRUE(becomes(Verdict::healthy)) << shown();
    bool wasLate = false;
    QObject::connect(session.get(), &ClusterSession::changed, session.get(), [&] {
        for (const models::ReplicaView& replica : session->view().replicas) {
            wasLate = wasLate || replica.state != domain::ReplicaState::healthy;
        }
    });
    session->setHidden(true);
    const qsizetype samples = session->samples().size();
    runFor(Milliseconds(3000));
    EXPECT_EQ(session->samples().size(), samples) << "nobody looked";
    session->setHidden(false);
    runFor(Milliseconds(500));
    EXPECT_FALSE(wasLate);
    EXPECT_EQ(session->view().verdict, Verdict::healthy) << shown();
}

TEST_F(LiveSessionTest, ACutOffConsoleGoesOnShowingWhatItKnewBefore) {
    for (const client::OwnNetwork network : {client::OwnNetwork::none, client::OwnNetwork::some}) {
        start();
        session->watcher().setNetworkLook([network] { return network; });
        ASSERT_TRUE(becomes(Verdict::healthy)) << shown();
        const QString before = session->view().headline;
        std::vector<Verdict> told;
        QObject::connect(session.get(), &ClusterSession::changed, session.get(),
                         [&] { told.push_back(session->view().verdict); });
        for (int i = 0; i < cluster.size(); ++i) {
            cluster.replica(i).setSilent(true);
            runFor(Milliseconds(150));
        }
        ASSERT_TRUE(waitUntil([&] { return !session->view().notLive.isEmpty(); })) << shown();
        const auto allGivenUp = [&] {
            const auto seen = session->watcher().observation();
            return std::all_of(seen.replicas.begin(), seen.replicas.end(),
                               [](const auto& replica) { return replica.reach == domain::Reach::timeout; });
        };
        ASSERT_TRUE(waitUntil(allGivenUp, std::chrono::seconds(20)));
        runFor(Milliseconds(300)); // they are gathered
        EXPECT_EQ(session->view().verdict, Verdict::healthy) << shown();
        EXPECT_TRUE(session->view().headline.contains(before)) << shown();
        EXPECT_EQ(std::count(told.begin(), told.end(), Verdict::healthy),
                  static_cast<std::ptrdiff_t>(told.size()))
            << "a healthy cluster was called something else meanwhile";

        for (int i = 0; i < cluster.size(); ++i) {
            cluster.replica(i).setSilent(false);
        }
        EXPECT_TRUE(waitUntil([&] { return session->view().notLive.isEmpty(); })) << shown();
        session.reset();
    }
}

// Asked through another replica than the one that it is about; that this computer alone does not reach it is
// added.
TEST_F(LiveSessionTest, ACheckIsAskedOfAnotherAndHasOurOwnView) {
    start();
    ASSERT_TRUE(becomes(Verdict::healthy)) << shown();
    const char* route = "POST /api/v0/cluster/check";
    api::ClusterCheck answer;
    answer.checked_by = "reg-2";
    answer.replica =
        session->view().find(QString::fromStdString(test::ScriptedCluster::idOf(0)))->name.toStdString();
    answer.answered = {*answer.replica, "reg-2"};
    for (int i = 1; i < cluster.size(); ++i) {
        cluster.replica(i).setAnswer(route, {200, QByteArray::fromStdString(api::toJson(answer))});
    }
    cluster.replica(0).setSilent(true);
    ASSERT_TRUE(waitUntil(
        [&] {
            const auto seen = session->watcher().observation();
            return std::any_of(seen.replicas.begin(), seen.replicas.end(),
                               [](const auto& replica) { return replica.reach == domain::Reach::timeout; });
        },
        std::chrono::seconds(20)));
    const auto future = session->checks()->check(QString::fromStdString(test::ScriptedCluster::idOf(0)));
    ASSERT_TRUE(waitUntil([&] { return future.isFinished(); }, std::chrono::seconds(20)));
    const auto found = future.result();
    ASSERT_TRUE(found) << found.error().text();
    EXPECT_EQ(cluster.replica(0).count(route), 0);
    ASSERT_EQ(found->causes.size(), 1U);
    EXPECT_EQ(found->causes[0].cause, "not_from_here");
    EXPECT_EQ(found->causes[0].names, (std::vector<std::string>{*answer.replica, "reg-2"}));
}

} // namespace
} // namespace pilothouse::ui
