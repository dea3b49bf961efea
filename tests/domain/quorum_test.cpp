// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/quorum.h"

#include <gtest/gtest.h>

namespace pilothouse::domain {
namespace {

TEST(Quorum, ToleratesWhatTheRulesSay) {
    EXPECT_EQ(toleranceOf(1), 0);
    EXPECT_EQ(toleranceOf(2), 0) << "two replicas tolerate none";
    EXPECT_EQ(toleranceOf(3), 1);
    EXPECT_EQ(toleranceOf(4), 1) << "an even number adds nothing";
    EXPECT_EQ(toleranceOf(5), 2);
    EXPECT_EQ(toleranceOf(7), 3);
    EXPECT_EQ(quorumOf(0), 1) << "nobody can give what nobody has";
    EXPECT_EQ(toleranceOf(0), 0);
}

TEST(Quorum, HoldsItsPropertiesForAnyNumberOfVoters) {
    for (int voters = 1; voters < 100; ++voters) {
        SCOPED_TRACE(voters);
        EXPECT_GT(2 * quorumOf(voters), voters) << "two majorities share a voter";
        EXPECT_LE(2 * (quorumOf(voters) - 1), voters) << "and no smaller number does";
        EXPECT_EQ(toleranceOf(voters) + quorumOf(voters), voters);
        EXPECT_EQ(toleranceOf(2 * voters), toleranceOf(2 * voters - 1)) << "an even number adds nothing";
        EXPECT_EQ(toleranceOf(2 * voters + 1), voters);
    }
}

TEST(Quorum, AFailedVoterStillCountsUntilItIsRemoved) {
    for (int voters = 0; voters < 100; ++voters) {
        EXPECT_EQ(toleratesNow(voters, voters), toleranceOf(voters)) << voters;
        for (int healthy = 0; healthy <= voters; ++healthy) {
            SCOPED_TRACE(testing::Message() << healthy << " of " << voters);
            const int now = toleratesNow(voters, healthy);
            EXPECT_GE(now, 0);
            EXPECT_LE(now, toleranceOf(voters));
            // By trying: as many may fail as leave a majority of all voters, lost ones included.
            int fail = 0;
            while (healthy - (fail + 1) >= quorumOf(voters)) {
                ++fail;
            }
            EXPECT_EQ(now, fail);
        }
    }
}

} // namespace
} // namespace pilothouse::domain
