// SPDX-License-Identifier: GPL-3.0-or-later
// Starting, stopping, starting again; several in one process.
#include "api/events.h"
#include "replica/engine/child.h"
#include "replica/program/local_call.h"
#include "replica/provision/layout.h"
#include "replica/support/cluster.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace pilothouse::test {
namespace {

using namespace std::chrono_literals;

class ReplicaLifeTest : public ClusterTest {
protected:
    // "<pid> <start time>" of the engine of a running replica.
    [[nodiscard]] std::string engineMark(int member = 1) const {
        std::string mark = readWhole(provision::Layout(dataDir(member)).enginePid());
        return mark.substr(0, mark.find('\n'));
    }
    [[nodiscard]] static bool runs(const std::string& mark) {
        return engine::processMark(std::atoi(mark.c_str())) == mark;
    }
};

TEST_F(ReplicaLifeTest, OneReplicaServesUntilItIsStoppedAndAgain) {
    makeCluster();
    std::int64_t revision = 0;
    for (int life = 1; life <= 2; ++life) {
        const auto replica = startHealthy();
        ASSERT_NE(replica, nullptr);
        const auto status = replica->status();
        EXPECT_EQ(replica->id(), cluster.members[0].id);
        EXPECT_EQ(replica->addresses().url, cluster.members[0].url);
        EXPECT_EQ(replica->addresses().httpUrl, cluster.members[0].http_url);
        EXPECT_EQ(replica->clusterCa(), readWhole(cluster.caFile));
        EXPECT_TRUE(eventually([&] { return replica->status().self.consensus.leader == replica->id(); }));
        EXPECT_TRUE(status.self.health.healthy) << status.self.health.reason;
        EXPECT_GT(status.self.consensus.revision, revision) << "life " << life;
        revision = status.self.consensus.revision;

        const std::string mark = engineMark();
        EXPECT_TRUE(runs(mark)) << "the engine is " << mark;
        const auto began = std::chrono::steady_clock::now();
        const auto stopped = replica->stop();
        EXPECT_TRUE(stopped) << stopped.error().text();
        EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
        EXPECT_FALSE(runs(mark)) << "the engine outlives its replica";
        EXPECT_TRUE(replica->stop()) << "a second stop is harmless";
    }
}

TEST_F(ReplicaLifeTest, TheDestructorStopsIt) {
    makeCluster();
    std::string mark;
    {
        const auto replica = startHealthy();
        ASSERT_NE(replica, nullptr);
        mark = engineMark();
    }
    EXPECT_FALSE(mark.empty());
    EXPECT_FALSE(runs(mark)) << "the engine outlives its replica";
}

TEST_F(ReplicaLifeTest, ThreeInOneProcessFormAQuorumAndSurviveOne) {
    makeCluster(3);
    std::vector<std::unique_ptr<Replica>> replicas;
    for (int i = 1; i <= 3; ++i) {
        replicas.push_back(start(i));
        ASSERT_NE(replicas.back(), nullptr);
    }
    for (const auto& replica : replicas) {
        const auto healthy = replica->waitUntilHealthy(20s);
        ASSERT_TRUE(healthy) << healthy.error().text();
    }
    // They agree on one leader.
    EXPECT_TRUE(eventually([&] {
        const auto leader = replicas[0]->status().self.consensus.leader;
        return leader && std::all_of(replicas.begin(), replicas.end(), [&](const auto& replica) {
                   return replica->status().self.consensus.leader == leader;
               });
    }));
    const auto leader = replicas[0]->status().self.consensus.leader.value_or("");
    const auto leading = std::find_if(replicas.begin(), replicas.end(),
                                      [&](const auto& replica) { return replica->id() == leader; });
    ASSERT_NE(leading, replicas.end()) << leader;
    EXPECT_TRUE((*leading)->stop());
    replicas.erase(leading);
    for (const auto& replica : replicas) {
        EXPECT_TRUE(eventually([&] {
            const auto self = replica->status().self;
            return self.consensus.leader && *self.consensus.leader != leader && self.health.healthy;
        })) << replica->status().self.health.reason;
    }
}

TEST_F(ReplicaLifeTest, TellsOfEventsOnceTheyAreRecorded) {
    makeCluster();
    std::mutex mutex;
    std::vector<api::Event> told;
    auto wanted = options();
    wanted.onEvent = [&](const api::Event& event) {
        const std::lock_guard lock(mutex);
        told.push_back(event);
    };
    const auto countOf = [&](std::string_view kind) {
        const std::lock_guard lock(mutex);
        return std::count_if(told.begin(), told.end(), [&](const auto& event) { return event.kind == kind; });
    };
    ASSERT_NE(startHealthy(), nullptr); // some of what it recorded may be news to the second life
    const auto replica = Replica::start(wanted);
    ASSERT_TRUE(replica) << replica.error().text();
    EXPECT_TRUE(eventually([&] { return countOf(api::event::replicaStarted) >= 1; }));
    const auto drained = program::callLocal(dataDir(), {node::local_verb::drain, true, {}, {}});
    EXPECT_TRUE(drained) << drained.error().text();
    EXPECT_TRUE(eventually([&] { return countOf(api::event::drained) == 1; }));
    EXPECT_TRUE((*replica)->stop());
    const std::lock_guard lock(mutex);
    std::set<std::tuple<std::int64_t, std::string, std::string>> different;
    for (const auto& event : told) {
        EXPECT_TRUE(different.emplace(event.revision, event.kind, event.at).second)
            << "twice: " << event.message;
    }
    EXPECT_TRUE(std::is_sorted(told.begin(), told.end(),
                               [](const auto& a, const auto& b) { return a.revision < b.revision; }));
}

TEST_F(ReplicaLifeTest, RecordsTheLoadBalancersAddress) {
    makeCluster();
    auto wanted = options();
    wanted.externalUrl = "https://registry.example.com";
    const auto replica = Replica::start(wanted);
    ASSERT_TRUE(replica) << replica.error().text();
    EXPECT_TRUE(eventually([&] {
        return (*replica)->status().cluster.external_url == "https://registry.example.com";
    })) << (*replica)->status().cluster.external_url.value_or("none");
}

} // namespace
} // namespace pilothouse::test
