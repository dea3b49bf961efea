// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/drain_switch.h"
#include "support/fixtures.h"

#include <gtest/gtest.h>

#include <vector>

namespace pilothouse::node {
namespace {

class DrainSwitchTest : public testing::Test {
protected:
    DrainSwitch make() {
        return {folder / "draining", [this](bool draining) { told.push_back(draining); }};
    }
    pilothouse::test::TemporaryFolder folder;
    std::vector<bool> told;
};

TEST_F(DrainSwitchTest, IsOffAndStaysAsItWasSet) {
    {
        auto drain = make();
        EXPECT_FALSE(drain.draining());
        EXPECT_TRUE(drain.set(true));
        EXPECT_TRUE(drain.draining());
        EXPECT_EQ(pilothouse::test::modeOf(folder / "draining"), 0600U);
    }
    {
        auto drain = make();
        EXPECT_TRUE(drain.draining()) << "kept over a restart";
        EXPECT_TRUE(drain.set(false));
        EXPECT_FALSE(drain.draining());
    }
    EXPECT_FALSE(make().draining());
    EXPECT_EQ(told, (std::vector<bool>{true, false}));
}

TEST_F(DrainSwitchTest, SettingWhatIsSetTellsNobody) {
    auto drain = make();
    EXPECT_TRUE(drain.set(false));
    EXPECT_TRUE(drain.set(true));
    EXPECT_TRUE(drain.set(true));
    EXPECT_EQ(told, std::vector<bool>{true});
}

TEST_F(DrainSwitchTest, SaysWhyItCannotBeKept) {
    DrainSwitch drain(folder / "gone" / "draining", [this](bool draining) { told.push_back(draining); });
    const auto set = drain.set(true);
    ASSERT_FALSE(set);
    EXPECT_NE(set.error().message.find("draining"), std::string::npos) << set.error().text();
    EXPECT_FALSE(drain.draining()) << "a restart would forget it";
    EXPECT_TRUE(told.empty());
}

} // namespace
} // namespace pilothouse::node
