// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/message_ids.h"
#include "domain/replica_judgement.h"
#include "domain/wording.h"

#include <algorithm>

namespace pilothouse::domain {
namespace {

WallTime wallTimeOf(const Situation& situation, MonotonicTime time) {
    const auto ago = situation.observation->now - time;
    return situation.observation->wallNow - std::chrono::duration_cast<WallTime::duration>(ago);
}

// The lost leader of the newest term that it or one of its last followers spoke of, as far as we heard it
// ourselves.
std::optional<Message> lastLeaderFact(const Situation& situation) {
    const Sighted* last = nullptr;
    for (const auto& replica : situation.replicas) {
        const auto& report = replica.seen->report;
        const bool led = replica.own == nullptr && replica.voting && replica.seen->lastByteAt && report &&
                         report->consensus.role == Role::leader;
        if (led && (last == nullptr || report->consensus.term > last->seen->report->consensus.term)) {
            last = &replica;
        }
    }
    if (last == nullptr) {
        return std::nullopt;
    }
    return Message{MessageId::factLastLeader,
                   {situation.nameOf(*last->seen), last->seen->report->consensus.term.value(),
                    wallTimeOf(situation, *last->seen->lastByteAt)}};
}

Message noLeaderFact(const Situation& situation) {
    if (auto last = situation.quorumTestified ? std::nullopt : lastLeaderFact(situation)) {
        return *std::move(last);
    }
    const Term highest = situation.claims.empty() ? Term() : situation.claims.front().term;
    return {MessageId::factNoLeader, {situation.term.value_or(highest).value()}};
}

Message leaderFact(const Situation& situation) {
    if (!situation.leader) {
        return noLeaderFact(situation);
    }
    std::int64_t agree = 0;
    std::int64_t seeNone = 0;
    for (const auto& claim : situation.claims) {
        const auto observers = static_cast<std::int64_t>(claim.observers.size());
        agree += claim.leader == situation.leader ? observers : 0;
        seeNone += claim.leader ? 0 : observers;
    }
    const std::string name = situation.nameOf(*situation.leader);
    if (seeNone > 0) {
        return {MessageId::factLeaderClaims, {name, situation.term->value(), agree, seeNone}};
    }
    const auto wallNow = situation.observation->wallNow;
    const auto since = situation.observation->leaderSince.value_or(wallNow + Milliseconds(1));
    const auto age = std::chrono::duration_cast<Milliseconds>(wallNow - since);
    return {MessageId::factLeader, {name, situation.term->value(), std::max(age, Milliseconds(-1)), since}};
}

// Nothing while not all voters that are well know what they lack, or when a blob has no copy at them: the
// sentence says that.
std::optional<Message> copiesFact(const Situation& situation, const std::optional<Copies>& copies) {
    if (!copies || copies->fewest == 0) {
        return std::nullopt;
    }
    std::int64_t voters = 0;
    std::vector<std::string> lacking;
    for (const auto& replica : situation.replicas) {
        if (votes(replica)) {
            ++voters;
            if (missingAt(replica)->count > 0) {
                lacking.push_back(situation.nameOf(*replica.seen));
            }
        }
    }
    if (lacking.size() == 1) {
        return Message{MessageId::factCopying, {copies->underReplicated, lacking.front()}};
    }
    return Message{MessageId::factCopies, {std::int64_t{copies->fewest}, voters}};
}

// Until the first certificate of any replica that answers expires; nothing when none was told.
std::optional<Message> certificateFact(const Situation& situation) {
    std::optional<WallTime> first;
    for (const auto& replica : situation.replicas) {
        if (replica.own == nullptr) {
            continue;
        }
        for (const auto& certificate : replica.own->certificates) {
            first = first ? std::min(*first, certificate.notAfter) : certificate.notAfter;
        }
    }
    if (!first) {
        return std::nullopt;
    }
    const auto left = *first - situation.observation->wallNow;
    if (left <= WallTime::duration::zero()) {
        return Message{MessageId::factCertificatesExpired, {}};
    }
    return Message{
        MessageId::factCertificates,
        {static_cast<std::int64_t>(std::chrono::duration_cast<std::chrono::hours>(left).count() / 24)}};
}

Message liveFact(const Situation& situation, const Roll& roll) {
    Milliseconds oldest{0};
    std::int64_t members = 0;
    for (const auto& replica : situation.replicas) {
        members += replica.member ? 1 : 0;
        if (replica.member && replica.own != nullptr && replica.seen->lastByteAt) {
            // Silence since the last sign of life: a stream that has nothing to tell says so every second.
            oldest = std::max(oldest, std::chrono::duration_cast<Milliseconds>(situation.observation->now -
                                                                               *replica.seen->lastByteAt));
        }
    }
    return {MessageId::factLive, {std::int64_t{roll.answering}, members, oldest}};
}

} // namespace

std::vector<Message> factsFor(const Situation& situation, const Roll& roll, const Assessment& assessment) {
    std::vector<Message> facts;
    if (situation.views == 0) {
        return facts;
    }
    const auto& margins = assessment.margins;
    if (assessment.verdict == Verdict::noQuorum) {
        // No vote counts: what is told is who is there to give one.
        facts.push_back({MessageId::factVotesHere,
                         {std::int64_t{assessment.answeringVoters}, std::int64_t{margins.voters}}});
    } else if (assessment.verdict != Verdict::healthy && assessment.verdict != Verdict::starting) {
        facts.push_back({MessageId::factVotes,
                         {std::int64_t{assessment.votingNow}, std::int64_t{margins.voters},
                          std::int64_t{margins.quorum}}});
    }
    if (auto copies = copiesFact(situation, margins.copies)) {
        facts.push_back(std::move(*copies));
    }
    facts.push_back(leaderFact(situation));
    if (auto certificates = certificateFact(situation)) {
        facts.push_back(std::move(*certificates));
    }
    facts.push_back(liveFact(situation, roll));
    return facts;
}

} // namespace pilothouse::domain
