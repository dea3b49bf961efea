// SPDX-License-Identifier: GPL-3.0-or-later
// One of several members goes on alone.
#include "members.h"
#include "replica/engine/force_new_cluster.h"
#include "replica/engine/write_ahead_log.h"

#include <gmock/gmock.h>

#include <csignal>

namespace pilothouse::engine {
namespace {

using namespace std::chrono_literals;
using test::why;
using testing::HasSubstr;

class ForceNewClusterTest : public test::MembersTest {
protected:
    Status force(const test::Member& member, Milliseconds atMost = 60s) {
        const Logger log(
            [this](const LogRecord& record) {
                const std::lock_guard lock(m_mutex);
                m_log += record.message + "\n";
            },
            "engine", LogLevel::debug);
        return forceNewCluster(member.options, member.address(), atMost, log);
    }
    std::string log() {
        const std::lock_guard lock(m_mutex);
        return m_log;
    }
    static LogFacts factsOf(const test::Member& member) {
        const auto facts = readLog(member.data());
        EXPECT_TRUE(facts) << facts.error().text();
        return facts.value_or(LogFacts{});
    }
    // Started as always, it is a cluster of one that takes writes.
    void expectAlone(test::Member& member) {
        member.start();
        ASSERT_TRUE(eventually([&] { return member.leads() && member.answers(); }));
        const auto members = loop.run(member.engine().members(5s));
        ASSERT_TRUE(members) << why(members);
        ASSERT_EQ(members->size(), 1U);
        EXPECT_FALSE(members->front().learner);
        EXPECT_EQ(members->front().name, member.options.name);
        member.put("alone", "yes");
        EXPECT_EQ(member.get({"alone"}), "yes");
    }
    // A survivor whose log holds "acked", which a client was told is written, but not that it is committed:
    // all power goes off between the two. Its database, which it writes every 100 ms, does not hold it
    // either.
    test::Member& survivorWithoutNews() {
        make(3);
        startAll({"--backend-batch-interval=1h"});
        const std::size_t first = leader();
        auto& survivor = member((first + 1) % 3);
        auto& third = member((first + 2) % 3);
        member(first).put("known", "1");
        // The leader's own and the survivor's word make the majority.
        third.kill();
        member(first).put("acked", "2");
        const auto said = member(first).status();
        EXPECT_TRUE(eventually([&] { return factsOf(survivor).last == said.held; }));
        survivor.kill();
        member(first).kill();
        const auto facts = factsOf(survivor);
        EXPECT_EQ(facts.last, said.held);
        EXPECT_LT(facts.commit, facts.last)
            << "it has heard of it by message only, and written nothing since";
        return survivor;
    }

    // One that leads, and "m2", a learner of it that only has to be started; the learner's id.
    std::uint64_t leaderAndLearner() {
        make(1);
        auto& one = member(0);
        auto& two = add("m2");
        givePeerCertificates({&one, &two});
        one.start();
        EXPECT_EQ(leader(), 0U);
        const auto added = loop.run(one.engine().addLearner(two.peerUrl(), 5s));
        EXPECT_TRUE(added) << why(added);
        two.options.initialCluster = one.options.initialCluster + ",m2=" + two.peerUrl();
        two.options.existingCluster = true;
        return added ? added->id : 0;
    }

private:
    std::mutex m_mutex;
    std::string m_log;
};

TEST_F(ForceNewClusterTest, KeepsEverythingAndGoesOnAlone) {
    make(3);
    startAll();
    const std::size_t first = leader();
    for (int i = 0; i < 20; ++i) {
        member(first).put("k" + std::to_string(i), std::to_string(i));
    }
    auto& survivor = member((first + 1) % 3);
    const auto said = member(first).status();
    ASSERT_TRUE(eventually([&] { return survivor.status().applied >= said.held; }));
    for (std::size_t i : {first, (first + 2) % 3}) {
        member(i).kill();
    }
    survivor.stop();
    const auto began = std::chrono::steady_clock::now();
    const auto forced = force(survivor);
    ASSERT_TRUE(forced) << forced.error().text() << "\n" << log();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    std::printf("forced within %.2f s\n", took.count());
    EXPECT_FALSE(std::filesystem::exists(survivor.options.pidFile)) << "it does not run on";
    expectAlone(survivor);
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(survivor.get({"k" + std::to_string(i)}), std::to_string(i));
    }
    const auto id = survivor.status().memberId;
    survivor.stop();
    const auto again = force(survivor);
    EXPECT_TRUE(again) << "a second time does no harm: " << again.error().text();
    expectAlone(survivor);
    EXPECT_EQ(survivor.status().memberId, id);
    EXPECT_EQ(survivor.get({"k0", "k19", "alone"}), "0 19 yes");
}

TEST_F(ForceNewClusterTest, LosesWhatTheLogDoesNotSayIsCommitted) {
    auto& survivor = survivorWithoutNews();
    const auto forced = force(survivor);
    ASSERT_TRUE(forced) << forced.error().text() << "\n" << log();
    EXPECT_THAT(log(), HasSubstr("discarding uncommitted WAL entries"));
    expectAlone(survivor);
    EXPECT_EQ(survivor.get({"known", "acked"}), "1 -") << "so this is what commitAll() is for";
}

TEST_F(ForceNewClusterTest, KeepsWhatWasCommittedBefore) {
    auto& survivor = survivorWithoutNews();
    const auto facts = factsOf(survivor);
    const auto committed = commitAll(survivor.data());
    ASSERT_TRUE(committed) << committed.error().text();
    EXPECT_EQ(factsOf(survivor).commit, facts.last);
    EXPECT_EQ(factsOf(survivor).term, facts.term);
    const auto forced = force(survivor);
    ASSERT_TRUE(forced) << forced.error().text() << "\n" << log();
    expectAlone(survivor);
    EXPECT_EQ(survivor.get({"known", "acked"}), "1 2");
}

TEST_F(ForceNewClusterTest, MayBeRepeatedAfterACrashInItsMiddle) {
    auto& survivor = survivorWithoutNews();
    ASSERT_TRUE(commitAll(survivor.data()));
    auto last = factsOf(survivor).last;
    // The first has only just begun, the last is all but done.
    for (const std::string mark :
         {"starting", "forcing restart member", "became leader", "serving client traffic"}) {
        const auto before = survivor.output().size();
        survivor.options.forceNewCluster = true;
        survivor.start();
        ASSERT_TRUE(eventually([&] { return survivor.output().find(mark, before) != std::string::npos; }))
            << mark;
        survivor.kill();
        survivor.options.forceNewCluster = false;
        const auto facts = factsOf(survivor);
        EXPECT_GE(facts.last, last) << mark;
        last = facts.last;
        ASSERT_TRUE(commitAll(survivor.data())) << mark;
    }
    const auto forced = force(survivor);
    ASSERT_TRUE(forced) << forced.error().text() << "\n" << log();
    expectAlone(survivor);
    EXPECT_EQ(survivor.get({"known", "acked"}), "1 2");
}

TEST_F(ForceNewClusterTest, LeavesNoLearnerBehind) {
    make(1);
    auto& one = member(0);
    one.start({"--snapshot-count=10"});
    ASSERT_EQ(leader(), 0U);
    const std::string url = add("learner").peerUrl();
    const auto added = loop.run(one.engine().addLearner(url, 5s));
    ASSERT_TRUE(added) << why(added);
    for (int i = 0; i < 30;
         ++i) { // the snapshot names it, and what etcd removes by force is in the log alone
        one.put("k", std::to_string(i));
    }
    one.stop();
    const auto forced = force(one);
    ASSERT_TRUE(forced) << forced.error().text() << "\n" << log();
    expectAlone(one);
    EXPECT_EQ(one.get({"k"}), "29");
}

// A cluster that grew by learners that were promoted, as ours do.
TEST_F(ForceNewClusterTest, WorksForAMemberThatJoinedLater) {
    const std::uint64_t learner = leaderAndLearner();
    ASSERT_FALSE(HasFailure());
    auto& one = member(0);
    auto& two = member(1);
    two.start();
    ASSERT_TRUE(eventually([&] { return loop.run(one.engine().promote(learner, 5s)).has_value(); }));
    ASSERT_TRUE(eventually([&] { return two.answers(); }));
    two.put("k", "1");
    two.stop();
    one.kill();
    const auto forced = force(two);
    ASSERT_TRUE(forced) << forced.error().text() << "\n" << log();
    expectAlone(two);
    EXPECT_EQ(two.get({"k"}), "1");
}

TEST_F(ForceNewClusterTest, RefusesALearner) {
    (void)leaderAndLearner();
    ASSERT_FALSE(HasFailure());
    auto& one = member(0);
    auto& two = member(1);
    one.put("k", "1");
    two.start();
    ASSERT_TRUE(eventually([&] { return two.status().applied == one.status().applied; }));
    two.stop();
    one.kill();
    const auto forced = force(two);
    ASSERT_FALSE(forced);
    EXPECT_EQ(forced.error().message, "this replica did not vote in its cluster yet") << log();
    EXPECT_EQ(forced.error().code, ErrorCode::conflict);
}

TEST_F(ForceNewClusterTest, SaysWhatFailsAndStartsNothingTwice) {
    make(1);
    auto& one = member(0);
    one.start();
    ASSERT_EQ(leader(), 0U);
    const auto taken = force(one, 20s); // its ports and its data are in use
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, ErrorCode::conflict) << taken.error().text();
    EXPECT_EQ(log().find("started again"), std::string::npos) << log();
    EXPECT_TRUE(one.answers()) << "it was not disturbed";
    one.stop();
    const auto late = force(one, 1ms);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::timeout) << late.error().text();
    const auto forced = force(one);
    EXPECT_TRUE(forced) << forced.error().text();
    auto missing = one.options;
    missing.program = folder / "no-etcd";
    EXPECT_EQ(forceNewCluster(missing, one.address(), 5s, Logger()).error().code, ErrorCode::notFound);
}

// A minority is repaired while the majority lives, and all can reach each other again.
TEST_F(ForceNewClusterTest, MixesNothingWithThoseThatHaveOtherPeerCertificates) {
    make(3);
    startAll();
    const std::size_t first = leader();
    auto& survivor = member((first + 1) % 3);
    auto& third = member((first + 2) % 3);
    member(first).put("before", "1");
    const auto said = member(first).status();
    ASSERT_TRUE(eventually([&] { return survivor.status().applied >= said.held; }));
    survivor.stop();
    givePeerCertificates({&survivor});
    const auto forced = force(survivor);
    ASSERT_TRUE(forced) << forced.error().text() << "\n" << log();
    expectAlone(survivor);
    survivor.put("here", "new");
    member(first).put("there", "old");
    // They have tried to speak to each other, and been refused.
    const auto refused = [](const test::Member& one, std::size_t from) {
        const std::string output = one.output().substr(from);
        return output.find("rejected connection") != std::string::npos;
    };
    const auto from = survivor.output().size();
    ASSERT_TRUE(eventually([&] { return refused(survivor, from); }));
    member(first).put("later", "old");
    third.put("third", "old");
    survivor.put("later", "new");
    EXPECT_TRUE(survivor.runs() && member(first).runs() && third.runs());
    EXPECT_EQ(survivor.get({"before", "here", "there", "later", "third"}), "1 new - new -");
    EXPECT_EQ(third.get({"before", "here", "there", "later", "third", "alone"}), "1 - old old old -");
    EXPECT_EQ(loop.run(third.engine().members(5s))->size(), 3U);
}

} // namespace
} // namespace pilothouse::engine
