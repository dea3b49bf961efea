// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/catch_up.h"
#include "views.h"

#include <gtest/gtest.h>

namespace pilothouse::ui {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t gb = 1'000'000'000;
constexpr MonotonicTime start{1h};

TEST(CatchUp, KnowsNothingBeforeSomethingIsMissing) {
    CatchUp catchUp;
    EXPECT_FALSE(catchUp.pace());
    catchUp.take(start, 0);
    EXPECT_FALSE(catchUp.pace()) << "nothing of nothing is no share";
}

TEST(CatchUp, IsMeasuredFromTheMostThatWasMissing) {
    CatchUp catchUp;
    catchUp.take(start, 100 * gb);
    EXPECT_EQ(catchUp.pace()->percent, 0);
    catchUp.take(start + 1s, 50 * gb);
    EXPECT_EQ(catchUp.pace()->percent, 50);
    catchUp.take(start + 2s, 200 * gb); // pushed meanwhile
    EXPECT_EQ(catchUp.pace()->percent, 0);
    catchUp.take(start + 3s, 50 * gb);
    EXPECT_EQ(catchUp.pace()->percent, 75);
}

TEST(CatchUp, IsWholeOnlyWhenNothingIsMissing) {
    CatchUp catchUp;
    catchUp.take(start, 100 * gb);
    catchUp.take(start + 1s, 1);
    EXPECT_EQ(catchUp.pace()->percent, 99);
    catchUp.take(start + 2s, 0);
    EXPECT_EQ(catchUp.pace()->percent, 100);
}

TEST(CatchUp, SaysHowFastItGoesOnceThatIsKnown) {
    CatchUp catchUp;
    catchUp.take(start, 142 * gb);
    catchUp.take(start + 1s, 142 * gb - 118'000'000);
    EXPECT_FALSE(catchUp.pace()->bytesPerSecond) << "too early to tell";
    EXPECT_TRUE(speedWords(*catchUp.pace()).isEmpty());
    catchUp.take(start + 10s, 142 * gb - 1'180'000'000);
    EXPECT_EQ(catchUp.pace()->bytesPerSecond, 118'000'000);
    EXPECT_EQ(catchUp.pace()->left, Milliseconds(20min)) << "19 min 53 s, in whole minutes";
    EXPECT_EQ(speedWords(*catchUp.pace()), QStringLiteral("118 MB/s · about 20 min left"));
}

TEST(CatchUp, LooksAtTheLastSecondsOnly) {
    CatchUp catchUp;
    catchUp.take(start, 100 * gb);
    catchUp.take(start + 10s, 50 * gb); // fast
    for (int second = 11; second < 40; ++second) {
        catchUp.take(start + std::chrono::seconds(second), 50 * gb);
    }
    EXPECT_FALSE(catchUp.pace()->bytesPerSecond) << "it stands still";
    catchUp.take(start + 40s, 60 * gb);
    EXPECT_FALSE(catchUp.pace()->left) << "it falls behind";
    for (int second = 41; second < 60; ++second) {
        catchUp.take(start + std::chrono::seconds(second), 60 * gb - second);
    }
    EXPECT_FALSE(catchUp.pace()->left) << "a byte a second: nobody knows when that ends";
    catchUp.forget();
    EXPECT_FALSE(catchUp.pace());
}

TEST(CatchUp, IsShownAtTheReplicaThatJoins) {
    const models::ClusterView view = test::catchingUpFour();
    const models::ReplicaView& fourth = view.replicas[3];
    EXPECT_EQ(fourth.joinedPercent, 65);
    EXPECT_EQ(fourth.detail, QStringLiteral("no vote yet · 65 % of blobs"));
    EXPECT_TRUE(fourth.description.contains(fourth.detail)) << fourth.description.toStdString();
    EXPECT_FALSE(view.replicas[0].joinedPercent);
    EXPECT_TRUE(view.operation->title.startsWith(QStringLiteral("Join reg-4.dc2: step 3 of 5")));
    EXPECT_TRUE(view.operation->detail.contains(QStringLiteral("118 MB/s · about 20 min left · can be")))
        << view.operation->detail.toStdString();
    EXPECT_TRUE(view.listWord.endsWith(QStringLiteral("joining reg-4.dc2")));
}

} // namespace
} // namespace pilothouse::ui
