// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/copy_window.h"
#include "support.h"

#include <atomic>
#include <random>
#include <thread>
#include <vector>

namespace pilothouse::replication {
namespace {

using namespace std::chrono_literals;
using Turn = std::unique_ptr<CopyWindow::Turn>;
using state::test::run;

class CopyWindowTest : public testing::Test {
protected:
    [[nodiscard]] Turn enter() { return window->enter(context.get_executor()); }
    // Whether it is woken without waiting.
    [[nodiscard]] bool isWoken(const Turn& turn) { return run(context, turn->waiter()->wait(0ms)); }

    boost::asio::io_context context;
    const std::shared_ptr<CopyWindow> window = std::make_shared<CopyWindow>(2);
};

TEST_F(CopyWindowTest, HasSoManyPlaces) {
    const Turn first = enter();
    const Turn second = enter();
    const Turn third = enter();
    EXPECT_TRUE(first->hasPlace());
    EXPECT_TRUE(second->hasPlace());
    EXPECT_FALSE(third->hasPlace());
    EXPECT_FALSE(isWoken(third));
}

TEST_F(CopyWindowTest, GivesAFreePlaceToWhoeverHasWaitedLongest) {
    Turn first = enter();
    const Turn second = enter();
    const Turn third = enter();
    const Turn fourth = enter();
    first.reset();
    EXPECT_TRUE(third->hasPlace());
    EXPECT_TRUE(isWoken(third));
    EXPECT_FALSE(fourth->hasPlace());
    EXPECT_FALSE(enter()->hasPlace()) << "a newcomer is behind them";
}

TEST_F(CopyWindowTest, PassesOverWhoeverGaveUp) {
    Turn first = enter();
    const Turn second = enter();
    Turn third = enter();
    const Turn fourth = enter();
    third.reset();
    EXPECT_FALSE(fourth->hasPlace()) << "a wait has no place to give";
    first.reset();
    EXPECT_TRUE(fourth->hasPlace());
}

TEST_F(CopyWindowTest, KeepsAPlaceThatNobodyWantsForLater) {
    enter().reset();
    enter().reset();
    const Turn first = enter();
    const Turn second = enter();
    EXPECT_TRUE(first->hasPlace());
    EXPECT_TRUE(second->hasPlace());
    EXPECT_FALSE(enter()->hasPlace());
}

TEST_F(CopyWindowTest, IsNeverFullerThanItsPlacesWhicheverThreadsUseIt) {
    std::atomic<int> inside = 0; // known to be, so never more than there are
    std::atomic<int> most = 0;
    const auto passThrough = [&](unsigned seed) {
        std::mt19937 random(seed);
        for (int i = 0; i < 5000; ++i) {
            const Turn kept = enter();
            Turn dropped = random() % 2 == 0 ? enter() : nullptr;
            for (int patience = 0; !kept->hasPlace() && patience < 100; ++patience) {
                dropped.reset();
                std::this_thread::yield();
            }
            if (kept->hasPlace()) {
                most = std::max(most.load(), ++inside);
                std::this_thread::yield();
                --inside;
            }
        }
    };
    std::vector<std::thread> threads;
    for (unsigned seed = 0; seed < 4; ++seed) {
        threads.emplace_back(passThrough, seed);
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_GE(most, 1);
    EXPECT_LE(most, 2);
    const Turn first = enter();
    const Turn second = enter();
    EXPECT_TRUE(first->hasPlace() && second->hasPlace()) << "no place was lost";
    EXPECT_FALSE(enter()->hasPlace()) << "none was made";
}

} // namespace
} // namespace pilothouse::replication
