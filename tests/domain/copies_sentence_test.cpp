// SPDX-License-Identifier: GPL-3.0-or-later
// What may be lost is the smaller of votes and copies, and the sentence names which.
#include "domain/message_ids.h"
#include "observed_cluster.h"

#include <gtest/gtest.h>

namespace pilothouse::domain {
namespace {

using namespace std::chrono_literals;
using test::find;
using test::Kind;
using test::ObservedCluster;

// At every replica nothing is missing.
ObservedCluster complete(std::size_t replicas) {
    ObservedCluster cluster(std::vector<Kind>(replicas, Kind::healthy));
    for (std::size_t i = 0; i < replicas; ++i) {
        cluster.report(i).blobsMissing = MissingBlobs();
    }
    return cluster;
}

TEST(CopiesInTheSentence, NobodySpeaksOfThemWhileVotesAreTheLimit) {
    ObservedCluster cluster = complete(3);
    EXPECT_EQ(cluster.assess().margins.copies, (Copies{3, 0, 2}));
    cluster.report(2).blobsMissing = MissingBlobs{14, {}};
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.margins.toleratesVotes, 1);
    EXPECT_EQ(assessment.margins.copies, (Copies{2, 14, 1}));
    EXPECT_EQ(assessment.margins.tolerates, 1);
    EXPECT_TRUE(find(assessment.sentence, MessageId::canLose));
}

TEST(CopiesInTheSentence, TheScarcestBlobLimitsWhatMayBeLost) {
    ObservedCluster cluster = complete(5);
    for (std::size_t i = 2; i < 5; ++i) {
        cluster.report(i).blobsMissing = MissingBlobs{1, {"a"}};
    }
    auto assessment = cluster.assess();
    EXPECT_EQ(assessment.margins.toleratesVotes, 2);
    EXPECT_EQ(assessment.margins.tolerates, 1);
    const auto* said = find(assessment.sentence, MessageId::canLoseForCopies);
    ASSERT_NE(said, nullptr);
    EXPECT_EQ(*said,
              (Message{MessageId::canLoseForCopies, {std::int64_t{1}, std::int64_t{1}, std::int64_t{2}}}));
    EXPECT_FALSE(find(assessment.sentence, MessageId::canLose));
    cluster.report(1).blobsMissing = MissingBlobs{1, {"a"}};
    assessment = cluster.assess();
    EXPECT_EQ(assessment.margins.tolerates, 0);
    EXPECT_EQ(assessment.verdict, Verdict::atRisk) << "the next loss may take data";
    EXPECT_TRUE(find(assessment.sentence, MessageId::loseNoneForCopies));
}

TEST(CopiesInTheSentence, WhatIsNotKnownIsNotJudged) {
    ObservedCluster cluster = complete(3);
    cluster.report(1).blobsMissing.reset();
    const auto assessment = cluster.assess();
    EXPECT_FALSE(assessment.margins.copies);
    EXPECT_EQ(assessment.margins.tolerates, assessment.margins.toleratesVotes);
}

TEST(CopiesInTheSentence, AReplicaThatIsAwayHoldsNoCopy) {
    ObservedCluster cluster = complete(5);
    cluster.lose(4, Reach::refused, 40s);
    cluster.report(3).blobsMissing = MissingBlobs{2, {"a", "b"}};
    cluster.report(2).blobsMissing = MissingBlobs{2, {"b", "c"}};
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.margins.copies, (Copies{2, 3, 1}));
    EXPECT_EQ(assessment.margins.toleratesVotes, 1);
    EXPECT_TRUE(find(assessment.sentence, MessageId::canLose));
}

} // namespace
} // namespace pilothouse::domain
