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

TEST(CopiesUnderTheSentence, SayWhereTheyAre) {
    ObservedCluster cluster = complete(5);
    const auto fact = [&cluster](MessageId id) {
        const auto assessment = cluster.assess();
        const auto* found = find(assessment.facts, id);
        return found != nullptr ? std::optional(*found) : std::nullopt;
    };
    EXPECT_EQ(fact(MessageId::factCopies),
              (Message{MessageId::factCopies, {std::int64_t{5}, std::int64_t{5}}}));
    cluster.report(4).blobsMissing = MissingBlobs{14, {}};
    EXPECT_FALSE(fact(MessageId::factCopies));
    EXPECT_EQ(fact(MessageId::factCopying),
              (Message{MessageId::factCopying, {std::int64_t{14}, std::string("reg-5")}}));
    cluster.report(3).blobsMissing = MissingBlobs{1, {"a"}};
    EXPECT_EQ(fact(MessageId::factCopies),
              (Message{MessageId::factCopies, {std::int64_t{3}, std::int64_t{5}}}));
    for (std::size_t i = 0; i < 3; ++i) {
        cluster.report(i).blobsMissing = MissingBlobs{1, {"a"}};
    }
    EXPECT_FALSE(fact(MessageId::factCopies)) << "that there may be none is for the sentence to say";
    cluster.report(0).blobsMissing.reset();
    EXPECT_FALSE(fact(MessageId::factCopies) || fact(MessageId::factCopying)) << "one does not know";
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
