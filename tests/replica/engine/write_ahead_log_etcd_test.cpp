// SPDX-License-Identifier: GPL-3.0-or-later
// The logs that etcd itself writes.
#include "members.h"
#include "replica/engine/write_ahead_log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <atomic>

namespace pilothouse::engine {
namespace {

using namespace std::chrono_literals;

class EtcdLogTest : public test::MembersTest {
protected:
    static LogFacts factsOf(const test::Member& member) {
        const auto facts = readLog(member.data());
        EXPECT_TRUE(facts) << facts.error().text();
        return facts.value_or(LogFacts{});
    }
    // That of a stopped member, which had said `status` before it was.
    static void expectEqual(const test::Member& member, const EngineStatus& status) {
        const LogFacts facts = factsOf(member);
        EXPECT_EQ(facts.term, status.term);
        EXPECT_EQ(facts.commit, status.held);
        EXPECT_EQ(facts.last, status.held) << "a member alone commits all";
        EXPECT_LE(facts.lastTerm, facts.term);
    }
    // Small changes, 64 at a time.
    void putMany(test::Member& member, int count) {
        std::atomic<int> next = 0;
        std::atomic<int> ended = 0;
        std::atomic<int> done = 0;
        auto work = [&]() -> Awaitable<void> {
            for (int i = next++; i < count; i = next++) {
                Transaction write;
                write.then = {Put{"many", std::to_string(i), 0}};
                const auto put = co_await member.engine().transact(std::move(write), 15s);
                done += put ? 1 : 0;
            }
            ++ended;
        };
        for (int i = 0; i < 64; ++i) {
            boost::asio::co_spawn(loop.context, work(), boost::asio::detached);
        }
        ASSERT_TRUE(eventually([&] { return ended == 64; }, 120s)) << next << " of " << count;
        EXPECT_EQ(done, count);
    }
};

TEST_F(EtcdLogTest, OfAMemberAloneSaysWhatItSaid) {
    make(1);
    auto& one = member(0);
    one.start();
    ASSERT_EQ(leader(), 0U);
    EXPECT_GT(factsOf(one).last, LogIndex(0)) << "it is read while it runs";
    auto said = one.status();
    one.stop();
    expectEqual(one, said);
    one.start();
    ASSERT_EQ(leader(), 0U);
    for (int i = 0; i < 30; ++i) {
        one.put("k" + std::to_string(i), "v");
    }
    said = one.status();
    EXPECT_EQ(factsOf(one).last, said.held) << "what was answered for is on the disk";
    one.stop();
    expectEqual(one, said);
    EXPECT_GE(said.term, Term(3)) << "it was elected twice";
    const auto before = factsOf(one);
    ASSERT_TRUE(commitAll(one.data()));
    EXPECT_EQ(factsOf(one), before) << "one that was stopped in order has nothing to commit";
}

TEST_F(EtcdLogTest, GoesOnOverSegmentsAndSnapshots) {
    make(1);
    auto& one = member(0);
    one.start({"--snapshot-count=20"});
    ASSERT_EQ(leader(), 0U);
    const std::string mebibyte(1 << 20, 'x');
    for (int i = 0; i < 70; ++i) { // a segment has 64 MB
        one.put("large", mebibyte);
    }
    const auto said = one.status();
    one.stop();
    const auto files = std::distance(std::filesystem::directory_iterator(one.data() / "member" / "wal"), {});
    EXPECT_GE(files, 2) << "segments";
    EXPECT_FALSE(std::filesystem::is_empty(one.data() / "member" / "snap"));
    expectEqual(one, said);
}

TEST_F(EtcdLogTest, JumpsToTheSnapshotThatAFollowerGot) {
    make(3);
    startAll({"--snapshot-count=100"});
    const std::size_t first = leader();
    auto& late = member((first + 1) % 3);
    late.stop();
    putMany(member(first), 5500); // the leader keeps 5000 for those that are behind
    late.start({"--snapshot-count=100"});
    ASSERT_TRUE(eventually([&] { return late.answers(); }));
    member(first).put("last", "1");
    const auto said = member(first).status();
    ASSERT_TRUE(eventually([&] { return factsOf(late).last == said.held; }))
        << factsOf(late).last.value() << " of " << said.held.value();
    late.stop();
    EXPECT_NE(late.output().find("received and saved database snapshot"), std::string::npos);
    EXPECT_EQ(factsOf(late).last, said.held);
    EXPECT_EQ(factsOf(late).commit, said.held);
    EXPECT_EQ(factsOf(late).term, said.term);
}

TEST_F(EtcdLogTest, IsReadWhileItIsWritten) {
    make(1);
    auto& one = member(0);
    one.start();
    ASSERT_EQ(leader(), 0U);
    std::atomic<bool> done = false;
    std::thread reader([&] {
        LogFacts before;
        int readings = 0;
        while (!done || readings < 20) {
            const auto facts = readLog(one.data());
            ASSERT_TRUE(facts) << "reading " << readings << ": " << facts.error().text();
            ASSERT_GE(facts->last, before.last);
            ASSERT_GE(facts->commit, before.commit);
            before = *facts;
            ++readings;
        }
        std::printf("%d readings, up to entry %lld\n", readings, static_cast<long long>(before.last.value()));
    });
    putMany(one, 4000);
    const std::string large(200'000, 'x');
    for (int i = 0; i < 40; ++i) {
        one.put("large", large);
    }
    done = true;
    reader.join();
    EXPECT_EQ(factsOf(one).last, one.status().held);
}

// As a power cut does.
TEST_F(EtcdLogTest, IsReadAfterItsMemberWasKilled) {
    make(1);
    auto& one = member(0);
    for (int round = 0; round < 5; ++round) {
        one.start();
        ASSERT_EQ(leader(), 0U);
        std::atomic<int> acknowledged = 0;
        std::atomic<int> ended = 0;
        auto work = [&]() -> Awaitable<void> {
            for (;;) {
                Transaction write;
                write.then = {Put{"k", std::string(500, 'x'), 0}};
                const auto put = co_await one.engine().transact(std::move(write), 5s);
                if (!put) {
                    break;
                }
                ++acknowledged;
            }
            ++ended;
        };
        for (int i = 0; i < 16; ++i) {
            boost::asio::co_spawn(loop.context, work(), boost::asio::detached);
        }
        ASSERT_TRUE(eventually([&] { return acknowledged > 100; }));
        one.kill();
        ASSERT_TRUE(eventually([&] { return ended == 16; }));
        const auto facts = factsOf(one);
        EXPECT_GT(facts.last.value(), acknowledged.load());
        ASSERT_TRUE(commitAll(one.data()));
        EXPECT_EQ(factsOf(one).commit, facts.last);
        EXPECT_EQ(factsOf(one).last, facts.last);
    }
    one.start();
    EXPECT_EQ(leader(), 0U) << "etcd takes what was written into its log";
    EXPECT_TRUE(one.answers());
}

} // namespace
} // namespace pilothouse::engine
