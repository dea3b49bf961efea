// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/peer_monitor.h"
#include "support.h"

#include <gtest/gtest.h>

#include <deque>

namespace pilothouse::node {
namespace {

using state::test::runUntil;

constexpr Milliseconds interval{4}; // real time: only the order counts

class PeerMonitorTest : public testing::Test {
protected:
    static api::Member peer(const std::string& id, const std::string& url = "https://b") {
        api::Member made;
        made.id = id;
        made.url = url;
        return made;
    }
    static HeartbeatAnswer good() {
        HeartbeatAnswer answer;
        answer.reach = api::Reach::ok;
        answer.heartbeat.emplace();
        return answer;
    }
    static HeartbeatAnswer bad(api::Reach reach) { return {reach, "why", {}}; }

    // The next answers; the last one stays.
    boost::asio::awaitable<HeartbeatAnswer> ask(const api::Member& member) {
        ++asked[member.id];
        const auto answer = script.front();
        if (script.size() > 1) {
            script.pop_front();
        }
        co_return answer;
    }
    boost::asio::awaitable<bool> askEngine(const api::Member& member) {
        ++enginesAsked[member.id];
        co_return engineAnswers;
    }
    void play(std::deque<HeartbeatAnswer> answers) {
        script = std::move(answers);
        const int until = asked["b"] + static_cast<int>(script.size()) + 1;
        ASSERT_TRUE(runUntil(context, [&] { return asked["b"] >= until; }));
    }
    api::PeerView view() {
        board.update([](StatusParts&) {}, true);
        board.publishIfDue();
        const auto peers = board.snapshot()->status.peers;
        return peers.empty() ? api::PeerView() : peers.front();
    }
    void SetUp() override {
        board.update([](StatusParts& parts) { parts.members = {peer("b")}; }, true);
        monitor.setPeers({peer("b")});
    }
    void TearDown() override {
        monitor.stop();
        runUntil(
            context, [] { return false; }, std::chrono::milliseconds(30)); // they see that they are stopped
    }

    boost::asio::io_context context;
    ManualClock clock;
    StatusBoard board{clock, {}, {}};
    std::deque<HeartbeatAnswer> script{good()};
    std::map<std::string, int> asked;
    std::map<std::string, int> enginesAsked;
    bool engineAnswers = true;
    std::vector<bool> told;
    PeerMonitor monitor{context.get_executor(),
                        clock,
                        board,
                        [this](const api::Member& member) { return ask(member); },
                        [this](const api::Member& member) { return askEngine(member); },
                        interval,
                        [this](const api::Member&, bool answers) { told.push_back(answers); }};
};

TEST_F(PeerMonitorTest, OneTimeoutIsNoLoss) {
    play({good(), bad(api::Reach::timeout), good()});
    EXPECT_TRUE(told.empty());
    EXPECT_EQ(view().reach, api::Reach::ok);
    EXPECT_FALSE(view().failing_since);
}

// Whoever reads the status can doubt a peer as soon as one question to it failed.
TEST_F(PeerMonitorTest, TheFirstTimeoutIsToldAtOnceAndSoIsItsEnd) {
    play({good()});
    const auto published = [this] {
        board.publishIfDue(); // only what is urgent: the clock stands still
        const auto peers = board.snapshot()->status.peers;
        return peers.empty() ? api::PeerView() : peers.front();
    };
    // What was published after each answer.
    script = {bad(api::Reach::timeout), good()};
    ASSERT_TRUE(runUntil(context, [&] { return published().failing_since.has_value(); }));
    EXPECT_EQ(published().reach, api::Reach::ok) << "one lost packet is no loss";
    ASSERT_TRUE(runUntil(context, [&] { return !published().failing_since; }));
    EXPECT_EQ(published().reach, api::Reach::ok);
    EXPECT_TRUE(told.empty());
}

TEST_F(PeerMonitorTest, TwoTimeoutsAre) {
    play({good(), bad(api::Reach::timeout), bad(api::Reach::timeout)});
    EXPECT_EQ(told, std::vector<bool>{false});
    EXPECT_EQ(view().reach, api::Reach::timeout);
    EXPECT_EQ(view().error, "why");
    EXPECT_EQ(view().failing_since, toRfc3339(clock.wall()));
    EXPECT_TRUE(view().heartbeat) << "the last good answer is kept";
    play({good()});
    EXPECT_EQ(told, (std::vector<bool>{false, true}));
    EXPECT_EQ(view().reach, api::Reach::ok);
    EXPECT_FALSE(view().failing_since);
    EXPECT_FALSE(view().error);
}

TEST_F(PeerMonitorTest, TheEngineIsAskedOnlyWhileThePeerHangs) {
    play({good(), bad(api::Reach::timeout), good(), bad(api::Reach::refused), good()});
    EXPECT_EQ(enginesAsked["b"], 0) << "one timeout is no loss, and who refuses has ended";
    play({bad(api::Reach::timeout)});
    EXPECT_EQ(view().engine_answers, true);
    engineAnswers = false;
    play({bad(api::Reach::timeout)});
    EXPECT_EQ(view().engine_answers, false);
    play({good()});
    EXPECT_FALSE(view().engine_answers) << "it speaks for itself again";
}

TEST_F(PeerMonitorTest, ARefusalCountsAtOnce) {
    for (const auto reach :
         {api::Reach::refused, api::Reach::unreachable, api::Reach::tls, api::Reach::rejected}) {
        told.clear();
        play({good(), bad(reach)});
        EXPECT_EQ(told.size() % 2, 1U) << "lost, once";
        EXPECT_FALSE(told.empty() || told.back());
        EXPECT_EQ(view().reach, reach);
        play({good()});
    }
}

TEST_F(PeerMonitorTest, APeerThatNeverAnsweredIsNotLost) {
    play({bad(api::Reach::timeout), bad(api::Reach::timeout), bad(api::Reach::refused)});
    EXPECT_TRUE(told.empty());
    EXPECT_EQ(view().reach, api::Reach::refused);
}

TEST_F(PeerMonitorTest, MeasuresTheClocksOffset) {
    auto answer = good();
    answer.heartbeat->at = toRfc3339(clock.wall() + std::chrono::milliseconds(1500));
    play({answer, answer});
    EXPECT_NEAR(view().clock_offset_ms.value_or(0), 1500, 1);
}

TEST_F(PeerMonitorTest, MembersThatGoAreForgotten) {
    play({good()});
    monitor.setPeers({peer("c", "https://c")});
    const int before = asked["b"];
    ASSERT_TRUE(runUntil(context, [&] { return asked["c"] >= 5; }));
    EXPECT_LE(asked["b"], before + 1) << "the question that was on its way";
    board.update([](StatusParts& parts) { EXPECT_FALSE(parts.peers.contains("b")); }, false);
}

} // namespace
} // namespace pilothouse::node
