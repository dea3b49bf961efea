// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "replica/state/cluster_service.h"
#include "replica/state/membership.h"

#include <gmock/gmock.h>

namespace pilothouse::state {
namespace {

using namespace std::chrono_literals;
using test::idA;
using test::idB;
using test::idC;
using test::idD;
using test::run;
using test::why;
using testing::HasSubstr;

class ClusterServiceTest : public test::StateTest {
protected:
    Status announce(std::int64_t level, const std::string& version = "0.2.0") {
        return run(context, cluster.announce({"https://reg-1:443", "http://reg-1:80", version, level}, 2s));
    }
    void setLevel(const std::string& id, std::int64_t level) {
        MemberRecord member = record<MemberRecord>("members/" + id);
        member.feature_level = level;
        engine::Transaction set;
        set.then.emplace_back(engine::Put{"members/" + id, encode(member)});
        ASSERT_TRUE(run(context, store.transact(set, 100ms)));
    }

    ClusterService cluster{writer};
};

TEST_F(ClusterServiceTest, AnnouncesOnlyWhatHasChanged) {
    ASSERT_TRUE(announce(1));
    EXPECT_EQ(record<MemberRecord>("members/" + idA).version, "0.2.0");
    const int writes = engine.writes;
    ASSERT_TRUE(announce(1));
    EXPECT_EQ(engine.writes, writes);
}

TEST_F(ClusterServiceTest, FeatureLevelRisesWhenAllHaveIt) {
    ASSERT_TRUE(announce(2));
    EXPECT_EQ(run(context, cluster.raiseFeatureLevel(2s)), 1);
    setLevel(idB, 2);
    setLevel(idC, 3);
    EXPECT_EQ(run(context, cluster.raiseFeatureLevel(2s)), 2);
    EXPECT_EQ(record<ClusterRecord>("cluster").feature_level, 2);
    const Status older = announce(1);
    ASSERT_FALSE(older);
    EXPECT_THAT(older.error().text(), HasSubstr("feature level 1"));
}

TEST_F(ClusterServiceTest, FeatureLevelDoesNotRiseWhileAnOlderReplicaJoins) {
    for (const std::string& id : {idA, idB, idC}) {
        setLevel(id, 2);
    }
    MembershipService membership{writer, Logger()};
    ASSERT_TRUE(run(context, membership.reconcile(5s)));
    engine.beforeWrite = [&]() -> engine::Awaitable<void> {
        StateWriter theirs{store, systemClock(), security::systemRandom(), ReplicaId(idB), nullptr};
        MembershipService others{theirs, Logger()};
        const MemberRecord older = test::memberRecord(idD, "reg-4");
        engine::Transaction token;
        token.then.emplace_back(engine::Put{"tokens/join/" + idD, "{}"});
        (void)co_await store.transact(token, 1s);
        const auto added = co_await others.addLearner(older, std::nullopt, 2s);
        EXPECT_TRUE(added) << why(added);
    };
    EXPECT_EQ(run(context, cluster.raiseFeatureLevel(2s)), 1);
}

TEST_F(ClusterServiceTest, ExternalUrlIsHttpsOrNone) {
    const auto set = run(context, cluster.setExternalUrl(request(), "https://registry.example"));
    ASSERT_TRUE(set) << why(set);
    EXPECT_EQ(record<ClusterRecord>("cluster").external_url, "https://registry.example");
    EXPECT_EQ(run(context, cluster.setExternalUrl(request(), "registry.example")).error().code,
              ErrorCode::invalid);
    ASSERT_TRUE(run(context, cluster.setExternalUrl(request(), std::nullopt)));
    EXPECT_EQ(record<ClusterRecord>("cluster").external_url, std::nullopt);
}

TEST_F(ClusterServiceTest, StateIsCreatedOnceAndAnotherClustersIsNotTouched) {
    const Revision before = store.revision();
    EXPECT_TRUE(run(context, createState(engine, test::initialState(), ReplicaId(idB), 1s)));
    EXPECT_EQ(store.revision(), before) << "the second member finds it there";
    InitialState other = test::initialState();
    other.cluster.id = std::string(32, 'd');
    const Status refused = run(context, createState(engine, other, ReplicaId(idB), 1s));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_EQ(eventsOf("cluster-created").size(), 1U);
}

} // namespace
} // namespace pilothouse::state
