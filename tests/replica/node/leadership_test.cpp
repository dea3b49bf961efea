// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/leadership.h"
#include "store_engine.h"
#include "support.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace pilothouse::node {
namespace {

using state::test::run;

const ReplicaId a("aaaaaaaaaaaa");
const ReplicaId b("bbbbbbbbbbbb");
const ReplicaId c("cccccccccccc");
const ReplicaId learner("dddddddddddd");
constexpr Milliseconds deadline{300};

// Hands over when it is told to.
class HandingEngine : public state::test::StoreEngine {
public:
    std::vector<std::uint64_t> handedTo;
    std::function<void(std::uint64_t)> onHandOver;
    Awaitable<Status> transferLeadership(std::uint64_t member, Milliseconds) override {
        handedTo.push_back(member);
        if (onHandOver) {
            onHandOver(member);
        }
        co_return Status();
    }
};

class LeadershipTest : public testing::Test {
protected:
    LeadershipTest() {
        board.update(
            [](StatusParts& parts) {
                for (const auto& [id, voting] : {std::pair(a, true), std::pair(b, true), std::pair(c, true),
                                                 std::pair(learner, false)}) {
                    api::Member member;
                    member.id = id.str();
                    member.name = "the " + id.str().substr(0, 1);
                    member.voting = voting;
                    parts.members.push_back(member);
                }
            },
            false);
        monitor.setMembers({{1, a}, {2, b}, {3, c}});
        setLeader(a);
        answers(b, 10);
        answers(c, 20);
        engine.onHandOver = [this](std::uint64_t member) { setLeader(member == 2 ? b : c); };
    }
    void setLeader(const std::optional<ReplicaId>& leader) {
        board.update(
            [&](StatusParts& parts) {
                parts.self.consensus.leader = leader ? std::optional(leader->str()) : std::nullopt;
                parts.self.consensus.role = leader == a ? api::Role::leader : api::Role::follower;
            },
            true);
        board.publishIfDue();
    }
    void answers(const ReplicaId& peer, std::int64_t held) {
        api::PeerView view;
        view.id = peer.str();
        view.reach = api::Reach::ok;
        view.heartbeat.emplace();
        view.heartbeat->consensus.held_index = held;
        setPeer(view);
    }
    void setPeer(const api::PeerView& view) {
        board.update([&](StatusParts& parts) { parts.peers[view.id] = view; }, true);
        board.publishIfDue();
    }
    void silence(const ReplicaId& peer) {
        api::PeerView view;
        view.id = peer.str();
        view.reach = api::Reach::timeout;
        setPeer(view);
    }
    ErrorCode refusal(const ReplicaId& target) {
        const auto done = run(context, leadership.makeLeader(target, deadline));
        EXPECT_FALSE(done);
        EXPECT_TRUE(engine.handedTo.empty());
        return done ? ErrorCode::internal : done.error().code;
    }
    static api::ReplicaStatus self() {
        api::ReplicaStatus status;
        status.id = a.str();
        return status;
    }

    boost::asio::io_context context;
    ManualClock clock;
    StatusBoard board{clock, self(), {}};
    TrafficMeter traffic{clock};
    HandingEngine engine;
    EngineMonitor monitor{clock, engine, board, traffic, {}, a, {}, {}};
    PeerClient peers{context.get_executor(), nullptr, ClusterId(std::string(32, 'c'))};
    // As the board says: what a fresh look finds is what the test has set.
    boost::asio::awaitable<HeartbeatAnswer> ask(const api::Member& member) {
        const auto snapshot = board.snapshot();
        const auto& views = snapshot->status.peers;
        const auto found = std::find_if(views.begin(), views.end(),
                                        [&](const api::PeerView& view) { return view.id == member.id; });
        HeartbeatAnswer answer;
        answer.reach = found == views.end() ? api::Reach::unknown : found->reach;
        co_return answer;
    }
    Leadership leadership{engine, monitor, board, peers,
                          [this](const api::Member& member) { return ask(member); }};
};

TEST_F(LeadershipTest, HandsOverToTheOneThatIsAskedFor) {
    EXPECT_TRUE(run(context, leadership.makeLeader(b, deadline)));
    EXPECT_EQ(engine.handedTo, std::vector<std::uint64_t>{2});
}

TEST_F(LeadershipTest, TheLeaderNeedsNoHandOver) {
    EXPECT_TRUE(run(context, leadership.makeLeader(a, deadline)));
    EXPECT_TRUE(engine.handedTo.empty());
}

TEST_F(LeadershipTest, RefusesWhoCannotLead) {
    EXPECT_EQ(refusal(ReplicaId("eeeeeeeeeeee")), ErrorCode::notFound);
    EXPECT_EQ(refusal(learner), ErrorCode::conflict);
    silence(b);
    EXPECT_EQ(refusal(b), ErrorCode::conflict);
    setLeader({});
    EXPECT_EQ(refusal(c), ErrorCode::unavailable);
}

// As right after another hand-over.
TEST_F(LeadershipTest, WaitsForTheEndOfAnElection) {
    setLeader({});
    board.update([](StatusParts& parts) { parts.self.consensus.quorum = true; }, true);
    board.publishIfDue();
    boost::asio::steady_timer elected(context, Milliseconds(50));
    elected.async_wait([this](const boost::system::error_code&) { setLeader(a); });
    EXPECT_TRUE(run(context, leadership.makeLeader(b, std::chrono::seconds(10))));
    EXPECT_EQ(engine.handedTo, std::vector<std::uint64_t>{2});
}

TEST_F(LeadershipTest, SaysWhenItIsNotSeenToHappen) {
    engine.onHandOver = {};
    const auto done = run(context, leadership.makeLeader(b, deadline));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::timeout);
}

TEST_F(LeadershipTest, BeforeAStopTheFollowerWithTheMostTakesOver) {
    EXPECT_TRUE(run(context, leadership.handOver(deadline)));
    EXPECT_EQ(engine.handedTo, std::vector<std::uint64_t>{3});
}

TEST_F(LeadershipTest, ASilentFollowerIsNoHeir) {
    silence(c);
    EXPECT_TRUE(run(context, leadership.handOver(deadline)));
    EXPECT_EQ(engine.handedTo, std::vector<std::uint64_t>{2});
}

TEST_F(LeadershipTest, NothingToHandOver) {
    silence(b);
    silence(c);
    EXPECT_TRUE(run(context, leadership.handOver(deadline))) << "nobody is there";
    setLeader(b);
    EXPECT_TRUE(run(context, leadership.handOver(deadline))) << "it does not lead";
    EXPECT_TRUE(engine.handedTo.empty());
}

} // namespace
} // namespace pilothouse::node
