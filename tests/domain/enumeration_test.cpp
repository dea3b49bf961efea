// SPDX-License-Identifier: GPL-3.0-or-later
// Every verdict, by trying every combination of kinds of replicas, held against an oracle that only counts.
#include "domain/message_ids.h"
#include "domain/quorum.h"
#include "observed_cluster.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>

namespace pilothouse::domain::test {
namespace {

const char* wordFor(Verdict verdict) {
    constexpr const char* words[] = {"healthy",   "degraded",    "at-risk",
                                     "no-quorum", "unreachable", "starting"};
    return words[static_cast<std::size_t>(verdict)];
}

// Counts, and what follows from them.
struct Oracle {
    std::array<int, kindCount> count{};
    int voters = 0;
    int quorum = 0;
    bool groupHasQuorum = false;

    explicit Oracle(const std::vector<Kind>& replicas) {
        for (const Kind kind : replicas) {
            ++count[static_cast<std::size_t>(kind)];
        }
        voters = static_cast<int>(replicas.size()) - of(Kind::learner);
        quorum = voters / 2 + 1;
        groupHasQuorum = speaking() + of(Kind::told) >= quorum;
    }
    [[nodiscard]] int of(Kind kind) const { return count[static_cast<std::size_t>(kind)]; }
    // Take part and answer us.
    [[nodiscard]] int speaking() const {
        return of(Kind::healthy) + of(Kind::quiet) + of(Kind::late) + of(Kind::draining) +
               of(Kind::unhealthy);
    }
    [[nodiscard]] int answering() const {
        return speaking() + of(Kind::noLeader) + of(Kind::starting) + of(Kind::learner);
    }
    // By one that answers us, be it late.
    [[nodiscard]] bool toldIsHeard() const { return speaking() + of(Kind::starting) + of(Kind::learner) > 0; }
    [[nodiscard]] bool toldIsDenied() const { return of(Kind::noLeader) > 0; }
    [[nodiscard]] bool toldVotes() const {
        return groupHasQuorum && toldIsHeard() && (!toldIsDenied() || speaking() > 0);
    }
    [[nodiscard]] bool testified() const {
        return groupHasQuorum && (speaking() > 0 || (of(Kind::told) > 0 && toldIsHeard() && !toldIsDenied()));
    }
    [[nodiscard]] int votes() const {
        return (groupHasQuorum ? speaking() : 0) + (toldVotes() ? of(Kind::told) : 0);
    }
    [[nodiscard]] int well() const {
        const int told = toldVotes() && !toldIsDenied() ? of(Kind::told) : 0;
        return groupHasQuorum ? of(Kind::healthy) + of(Kind::quiet) + of(Kind::late) + told : 0;
    }
    [[nodiscard]] int tolerates() const { return testified() ? std::max(0, votes() - quorum) : 0; }
    [[nodiscard]] Verdict verdict() const {
        if (answering() == 0) {
            return Verdict::unreachable;
        }
        if (!testified()) {
            // The starting ones have missed the refused for a minute; what went silent 3 s ago may come back.
            const bool wait = of(Kind::starting) > 0 && speaking() + of(Kind::noLeader) == 0 &&
                              of(Kind::refused) <= voters - quorum;
            return wait ? Verdict::starting : Verdict::noQuorum;
        }
        return tolerates() == 0 ? Verdict::atRisk : well() == voters ? Verdict::healthy : Verdict::degraded;
    }
};

bool says(const std::vector<Message>& messages, MessageId id) {
    return std::any_of(messages.begin(), messages.end(), [&](const Message& m) { return m.id == id; });
}

bool green(ReplicaState state) {
    return state == ReplicaState::healthy;
}

// What holds of every replica, whatever the cluster.
void checkReplica(const ReplicaAssessment& replica, Kind kind, bool groupHasQuorum) {
    SCOPED_TRACE(testing::Message() << replica.name << ", " << nameOf(kind));
    EXPECT_EQ(replica.reachable, answers(kind));
    EXPECT_EQ(replica.voting, kind != Kind::learner);
    EXPECT_EQ(green(replica.state), (kind == Kind::healthy || kind == Kind::quiet) && groupHasQuorum)
        << "only what is fresh and well is green";
    if (green(replica.state)) {
        EXPECT_EQ(replica.freshness, Freshness::fresh);
        EXPECT_EQ(replica.healthy, true);
    }
    if (kind == Kind::stale || kind == Kind::refused) {
        EXPECT_NE(replica.healthy, true) << "stale never counts as good";
        EXPECT_EQ(replica.freshness, Freshness::stale);
    }
    EXPECT_TRUE(!replica.healthy || replica.observedBy) << "whose word is it?";
    EXPECT_NE(replica.detail.id, MessageId::none);
}

void checkSentence(const Assessment& assessment, const Oracle& oracle) {
    EXPECT_FALSE(assessment.sentence.empty());
    EXPECT_NE(assessment.headline.id, MessageId::none);
    EXPECT_NE(assessment.listWord.id, MessageId::none);
    const bool quorum = assessment.verdict != Verdict::noQuorum;
    EXPECT_EQ(assessment.steps.empty(),
              quorum || oracle.answering() - oracle.of(Kind::learner) == oracle.voters);
    EXPECT_TRUE(!quorum || assessment.findings.empty());
    EXPECT_EQ(assessment.stillWorks.empty(), quorum || oracle.answering() - oracle.of(Kind::learner) == 0);
    if (assessment.verdict == Verdict::noQuorum) {
        // Nobody says of a refused or a stale one that it has no quorum elsewhere; of a told one somebody
        // may.
        const int dark = oracle.of(Kind::stale) + oracle.of(Kind::refused);
        const int told = oracle.of(Kind::told);
        if (dark >= oracle.quorum) {
            EXPECT_TRUE(says(assessment.sentence, MessageId::silentMayHaveMajority));
        } else if (dark + told < oracle.quorum) {
            EXPECT_FALSE(says(assessment.sentence, MessageId::silentMayHaveMajority));
        }
    }
    if (assessment.verdict == Verdict::healthy || assessment.verdict == Verdict::degraded) {
        EXPECT_TRUE(says(assessment.sentence, MessageId::canLose));
    }
    // Whom only peers reach is named as such, and never as down.
    const bool well = oracle.testified() && oracle.of(Kind::told) > 0 && oracle.toldVotes();
    if (well && !oracle.toldIsDenied()) {
        EXPECT_TRUE(says(assessment.sentence, MessageId::notReachableFromHere));
    }
    EXPECT_EQ(says(assessment.sentence, MessageId::downFor) ||
                  says(assessment.sentence, MessageId::silentToAll) ||
                  says(assessment.sentence, MessageId::silentToUs),
              (assessment.verdict == Verdict::degraded || assessment.verdict == Verdict::atRisk ||
               assessment.verdict == Verdict::noQuorum) &&
                  oracle.of(Kind::stale) + oracle.of(Kind::refused) +
                          (oracle.toldIsHeard() ? 0 : oracle.of(Kind::told)) >
                      0);
}

void check(const std::vector<Kind>& replicas) {
    SCOPED_TRACE(namesOf(replicas));
    const Oracle oracle(replicas);
    ObservedCluster cluster(replicas);
    const Assessment assessment = cluster.assess();
    const Margins& margins = assessment.margins;
    EXPECT_STREQ(wordFor(assessment.verdict), wordFor(oracle.verdict()));
    EXPECT_EQ(margins.voters, oracle.voters);
    EXPECT_EQ(margins.quorum, oracle.quorum);
    EXPECT_EQ(margins.configuredTolerance, oracle.voters - oracle.quorum);
    EXPECT_EQ(margins.tolerates, oracle.tolerates());
    EXPECT_LE(margins.tolerates, margins.configuredTolerance);
    EXPECT_EQ(assessment.votingNow, oracle.votes());
    EXPECT_EQ(margins.healthyVoters, oracle.well());
    EXPECT_EQ(assessment.views, oracle.answering());
    EXPECT_EQ(
        margins.critical.size(),
        static_cast<std::size_t>(oracle.testified() && oracle.votes() == oracle.quorum ? oracle.quorum : 0));
    // Never more than is true.
    if (cluster.hasQuorum()) {
        EXPECT_LE(margins.tolerates, cluster.takingPart() - oracle.quorum);
    } else {
        EXPECT_TRUE(assessment.verdict == Verdict::noQuorum || assessment.verdict == Verdict::starting ||
                    assessment.verdict == Verdict::unreachable);
        EXPECT_FALSE(assessment.leader);
    }
    if (assessment.verdict == Verdict::healthy) {
        EXPECT_GE(margins.tolerates, 1);
        EXPECT_EQ(margins.healthyVoters, margins.voters);
    }
    if (oracle.voters < 3) {
        EXPECT_NE(assessment.verdict, Verdict::healthy) << "one or two replicas are at risk by their nature";
    }
    ASSERT_EQ(assessment.replicas.size(), replicas.size());
    for (std::size_t i = 0; i < replicas.size(); ++i) {
        checkReplica(assessment.replicas[i], replicas[i], oracle.groupHasQuorum);
    }
    checkSentence(assessment, oracle);
}

// Calls `visit` with every list of `size` kinds; in rising order only, if `sorted`.
void forEach(std::size_t size, bool sorted, const std::function<void(const std::vector<Kind>&)>& visit) {
    std::vector<Kind> list;
    const std::function<void()> grow = [&] {
        if (list.size() == size) {
            visit(list);
            return;
        }
        const std::size_t from = sorted && !list.empty() ? static_cast<std::size_t>(list.back()) : 0;
        for (std::size_t kind = from; kind < kindCount; ++kind) {
            list.push_back(static_cast<Kind>(kind));
            grow();
            list.pop_back();
        }
    };
    grow();
}

bool hasVoter(const std::vector<Kind>& list) {
    return std::any_of(list.begin(), list.end(), [](Kind kind) { return kind != Kind::learner; });
}

class EveryCombination : public testing::TestWithParam<std::size_t> {};

TEST_P(EveryCombination, IsJudgedAsTheOracleSays) {
    std::set<Verdict> seen;
    int combinations = 0;
    forEach(GetParam(), true, [&](const std::vector<Kind>& list) {
        if (hasVoter(list) && !HasFailure()) {
            check(list);
            seen.insert(Oracle(list).verdict());
            ++combinations;
        }
    });
    RecordProperty("combinations", combinations);
    EXPECT_EQ(seen.size(), GetParam() < 3 ? 4U : 6U) << "not every verdict came up";
}

INSTANTIATE_TEST_SUITE_P(OneToSeven, EveryCombination, testing::Range<std::size_t>(1, 8));

// Who comes first, and so who leads, makes no difference to anything that is counted.
TEST(EveryOrder, OfUpToFourIsJudgedAsTheOracleSays) {
    for (std::size_t size = 1; size <= 4; ++size) {
        forEach(size, false, [](const std::vector<Kind>& list) {
            if (hasVoter(list) && !HasFailure()) {
                check(list);
            }
        });
    }
}

} // namespace
} // namespace pilothouse::domain::test
