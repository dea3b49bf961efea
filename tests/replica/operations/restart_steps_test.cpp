// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/quorum.h"
#include "replica/operations/restart_steps.h"

#include <gtest/gtest.h>

namespace pilothouse::operations {
namespace {

domain::ChangeFacts cluster(int voters, unsigned unwell) {
    domain::ChangeFacts facts;
    for (int i = 0; i < voters; ++i) {
        domain::MemberFacts member{.id = ReplicaId("replica-" + std::to_string(i)),
                                   .name = "reg-" + std::to_string(i),
                                   .voting = true};
        member.well = (unwell >> static_cast<unsigned>(i) & 1U) == 0;
        facts.members.push_back(member);
    }
    facts.members.push_back({.id = ReplicaId("learner"), .name = "learner"}); // which counts for nothing
    return facts;
}

// Every cluster up to seven, every state of its voters.
TEST(RestartSteps, WaitUntilTheOthersAreAMajority) {
    for (int voters = 1; voters <= 7; ++voters) {
        for (unsigned unwell = 0; unwell < 1U << static_cast<unsigned>(voters); ++unwell) {
            const auto waits = othersWait(cluster(voters, unwell), "replica-0");
            const int others = voters - 1 - __builtin_popcount(unwell >> 1U);
            const bool must = voters > 2 && others < domain::quorumOf(voters);
            EXPECT_EQ(waits.has_value(), must) << voters << " voters, unwell " << unwell;
            if (waits) {
                EXPECT_EQ(waits->names.size(), static_cast<std::size_t>(__builtin_popcount(unwell >> 1U)));
            }
        }
    }
}

TEST(RestartSteps, RememberOnlyThoseThatAnswerAndCanBeTold) {
    MemberViews views;
    views.own.self.id = "a";
    views.own.self.instance = "first";
    views.own.self.draining = true;
    for (const char* id : {"a", "b", "c"}) {
        views.own.members.emplace_back().id = id;
    }
    views.others["b"].self.id = "b"; // too old to say
    const auto restarts = restartsOf(views);
    ASSERT_EQ(restarts.size(), 1U);
    EXPECT_EQ(restarts.front(), (state::RestartRecord{"a", "first", true}));
}

} // namespace
} // namespace pilothouse::operations
