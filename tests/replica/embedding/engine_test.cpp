// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to the engine, as the replica's status tells it.
#include "api/events.h"
#include "engine_access.h"
#include "replica/engine/child.h"
#include "replica/program/local_call.h"
#include "replica/provision/layout.h"
#include "replica/support/cluster.h"

#include <csignal>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pilothouse::test {
namespace {

class ReplicaEngineTest : public ClusterTest {};

// Until the engine's quota is reached and it takes no more.
boost::asio::awaitable<Status> fill(engine::Engine& engine) {
    const std::string value(64 * 1024, 'x');
    for (int i = 0; i < 200; ++i) {
        engine::Transaction put;
        put.then.emplace_back(engine::Put{"filler/" + std::to_string(i), value});
        const auto written = co_await engine.transact(std::move(put), Milliseconds(5000));
        if (!written) {
            co_return Status();
        }
    }
    co_return fail(ErrorCode::internal, "it takes everything");
}

// Deletes that, and its history.
boost::asio::awaitable<Status> empty(engine::Engine& engine) {
    engine::Transaction clear;
    clear.then.emplace_back(engine::Delete{"filler/", engine::prefixEnd("filler/")});
    const auto cleared = co_await engine.transact(std::move(clear), Milliseconds(5000));
    if (!cleared) {
        co_return fail(cleared.error());
    }
    co_return co_await engine.compact(cleared->revision, Milliseconds(5000));
}

boost::asio::awaitable<Status> writeOne(engine::Engine& engine) {
    engine::Transaction put;
    put.then.emplace_back(engine::Put{"filler/again", "x", 0});
    const auto written = co_await engine.transact(std::move(put), Milliseconds(5000));
    if (!written) {
        co_return fail(written.error());
    }
    co_return Status();
}

// Those that go together are refused like one alone.
boost::asio::awaitable<Status> writeTwo(engine::Engine& engine) {
    std::vector<engine::Transaction> puts(2);
    puts[0].then.emplace_back(engine::Put{"filler/a", "x", 0});
    puts[1].then.emplace_back(engine::Put{"filler/b", "x", 0});
    const auto written = co_await engine.transactAll(std::move(puts), Milliseconds(5000));
    co_return written ? Status() : fail(written.error());
}

boost::asio::awaitable<Status> deleteTwo(engine::Engine& engine) {
    std::vector<engine::Transaction> deletions(2);
    deletions[0].then.emplace_back(engine::Delete{"filler/1", {}});
    deletions[1].then.emplace_back(engine::Delete{"filler/2", {}});
    const auto deleted = co_await engine.transactAll(std::move(deletions), Milliseconds(5000));
    co_return deleted ? Status() : fail(deleted.error());
}

TEST_F(ReplicaEngineTest, AFullDatabaseIsAnAlarm) {
    makeCluster();
    auto wanted = options();
    wanted.engineQuotaBytes = std::int64_t{4} << 20;
    const auto replica = Replica::start(wanted);
    ASSERT_TRUE(replica) << replica.error().text();
    const auto healthy = (*replica)->waitUntilHealthy(std::chrono::seconds(20));
    ASSERT_TRUE(healthy) << healthy.error().text();
    EXPECT_TRUE((*replica)->status().alarms.empty());
    const auto filled = onEngine(dataDir(), fill);
    ASSERT_TRUE(filled) << filled.error().text();
    EXPECT_TRUE(eventually([&] { return !(*replica)->status().alarms.empty(); }));
    const auto alarms = (*replica)->status().alarms;
    ASSERT_EQ(alarms.size(), 1U);
    EXPECT_EQ(alarms[0].kind, "NOSPACE");
    EXPECT_EQ(alarms[0].replica, (*replica)->id());
    EXPECT_FALSE(alarms[0].message.empty());
    EXPECT_FALSE(alarms[0].hint.empty()) << "what to do";

    const auto two = onEngine(dataDir(), writeTwo);
    ASSERT_FALSE(two);
    EXPECT_EQ(two.error().code, ErrorCode::exhausted) << two.error().text();
    const auto fewer = onEngine(dataDir(), deleteTwo);
    EXPECT_TRUE(fewer) << fewer.error().text();

    const auto emptied = onEngine(dataDir(), empty);
    ASSERT_TRUE(emptied) << emptied.error().text();
    Result<node::LocalAnswer> done;
    EXPECT_TRUE(eventually([&] { // the engine compacts in the background
        done = program::callLocal(dataDir(), {node::local_verb::defragment, {}, {}, {}});
        return done && done->defragmented && done->defragmented->disarmed;
    })) << (done ? "not disarmed" : done.error().text());
    EXPECT_TRUE(eventually([&] { return (*replica)->status().alarms.empty(); }));
    EXPECT_TRUE(onEngine(dataDir(), writeOne)) << "it takes writes again";
}

// Looking after an engine must not make it write: an idle cluster's disks rest.
TEST_F(ReplicaEngineTest, AnIdleClusterCommitsNothing) {
    makeCluster();
    const auto replica = startHealthy();
    ASSERT_NE(replica, nullptr);
    constexpr auto longEnough = std::chrono::seconds(6); // for every look that is taken now and then
    auto held = replica->status().self.consensus.held_index;
    auto since = std::chrono::steady_clock::now();
    EXPECT_TRUE(eventually(
        [&] {
            const auto now = replica->status().self.consensus.held_index;
            if (now != held) { // the first records are still written
                held = now;
                since = std::chrono::steady_clock::now();
            }
            return std::chrono::steady_clock::now() - since > longEnough;
        },
        std::chrono::seconds(40)))
        << "it goes on being written: " << held;
}

TEST_F(ReplicaEngineTest, AnEngineThatDiesIsStartedAgainAndToldOf) {
    makeCluster();
    const auto replica = startHealthy();
    ASSERT_NE(replica, nullptr);
    kill(std::atoi(readWhole(provision::Layout(dataDir()).enginePid()).c_str()), SIGKILL);
    EXPECT_TRUE(eventually([&] { return replica->status().self.engine.restarts == 1; }));
    EXPECT_TRUE(eventually([&] { return replica->status().self.health.healthy; }))
        << replica->status().self.health.reason;
}

// Another process under the recorded number and start time stands for it here: real ones die with their
// replica.
TEST_F(ReplicaEngineTest, OneThatWasLeftIsEndedFirst) {
    makeCluster();
    int pid = 0;
    char name[] = "sleep";
    char time[] = "600";
    char* const arguments[] = {name, time, nullptr};
    ASSERT_EQ(posix_spawnp(&pid, name, nullptr, nullptr, arguments, environ), 0);
    const std::string mark = engine::processMark(pid).value_or("");
    ASSERT_FALSE(mark.empty());
    writeFile(provision::Layout(dataDir()).enginePid(), mark + "\n");
    const auto replica = start();
    EXPECT_NE(replica, nullptr);
    int status = 0;
    const int ended = waitpid(pid, &status, WNOHANG);
    EXPECT_EQ(ended, pid) << "it still runs";
    if (ended != pid) {
        kill(pid, SIGKILL);
        waitpid(pid, nullptr, 0);
    }
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

TEST_F(ReplicaEngineTest, AProcessThatOnlyHasItsNumberIsLeftAlone) {
    makeCluster();
    writeFile(provision::Layout(dataDir()).enginePid(), std::to_string(getpid()) + " 1\n");
    EXPECT_NE(start(), nullptr) << "and this test is still alive";
}

} // namespace
} // namespace pilothouse::test
