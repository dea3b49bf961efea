// SPDX-License-Identifier: GPL-3.0-or-later
// A replica that is older than what its cluster has come to use.
#include "engine_access.h"
#include "replica/provision/layout.h"
#include "replica/state/feature_level.h"
#include "replica/state/keys.h"
#include "replica/state/records.h"
#include "replica/support/cluster.h"

#include <gmock/gmock.h>

namespace pilothouse::test {
namespace {

using testing::HasSubstr;

constexpr std::int64_t newerLevel = state::ownFeatureLevel + 1;

// What the other replicas would do once all of them have a newer version.
boost::asio::awaitable<Status> raiseLevel(engine::Engine& engine) {
    engine::Range range;
    range.key = std::string(state::keys::cluster);
    const auto found = co_await engine.range(range, Milliseconds(5000));
    if (!found || found->entries.size() != 1) {
        co_return fail(ErrorCode::internal, "there is no cluster record");
    }
    auto record = state::decode<state::ClusterRecord>(found->entries[0].value);
    if (!record) {
        co_return fail(record.error());
    }
    record->feature_level = newerLevel;
    engine::Transaction put;
    put.then.emplace_back(engine::Put{std::string(state::keys::cluster), state::encode(*record)});
    const auto written = co_await engine.transact(std::move(put), Milliseconds(5000));
    co_return written ? Status() : fail(written.error());
}

class ReplicaFeatureLevelTest : public ClusterTest {};

TEST_F(ReplicaFeatureLevelTest, RefusesToStartWithOneSentence) {
    makeCluster();
    {
        const auto replica = startHealthy();
        ASSERT_NE(replica, nullptr);
        const auto raised = onEngine(dataDir(), raiseLevel);
        ASSERT_TRUE(raised) << raised.error().text();
        EXPECT_TRUE(eventually([&] { return replica->status().cluster.feature_level == newerLevel; }));
    }
    const auto known = Replica::start(options());
    ASSERT_FALSE(known);
    EXPECT_EQ(known.error().code, ErrorCode::conflict);
    EXPECT_THAT(known.error().message, HasSubstr("this replica has feature level 1, the cluster needs 2"));
    EXPECT_THAT(known.error().hint, HasSubstr("Install the version"));

    // Without its read model it learns of it from the cluster, and goes before it writes anything.
    std::filesystem::remove(provision::Layout(dataDir()).projection());
    const auto unknowing = Replica::start(options());
    ASSERT_TRUE(unknowing) << unknowing.error().text();
    EXPECT_TRUE(eventually([&] { return (*unknowing)->failure().has_value(); }));
    EXPECT_THAT((*unknowing)->failure().value_or(Error()).message, HasSubstr("the cluster needs 2"));
}

} // namespace
} // namespace pilothouse::test
