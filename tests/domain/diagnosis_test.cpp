// SPDX-License-Identifier: GPL-3.0-or-later
// What explains what was found.
#include "checked_cluster.h"
#include "domain/diagnosis.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

namespace pilothouse::domain {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<Cause> causesIn(const ClusterCheckFacts& facts, const std::string& only = {}) {
    return diagnose(facts, checkCluster(facts, only), only);
}

std::string printed(const std::vector<Cause>& causes) {
    std::string text;
    for (const Cause& each : causes) {
        text += std::string(nameOf(each.cause)) + " (" + each.detail + ")";
        for (const std::string& name : each.names) {
            text += " " + name;
        }
        text += "\n";
    }
    return text;
}

TEST(Diagnosis, NothingExplainsAWellCluster) {
    EXPECT_THAT(causesIn(wellChecked(3)), IsEmpty());
    EXPECT_THAT(causesIn(wellChecked(3), reg(1)), IsEmpty());
}

// reg-2 gives no report, and its ports are found so by both others.
struct Dead {
    PortState https, http, engine;
    Cause cause;
};

const std::vector<std::string> about{"reg-2", "reg-1", "reg-3"};
using enum PortState;

TEST(Diagnosis, ADeadReplicaByItsPorts) {
    const Dead table[] = {
        {refused, refused, refused, {CauseId::notRunning, about, {0}, {}}},
        {refused, refused, open, {CauseId::notRunning, about, {0}, {}}},
        {silent, silent, silent, {CauseId::hostSilent, about, {}, {}}},
        {silent, silent, unreachable, {CauseId::hostSilent, about, {}, {}}},
        {unreachable, unreachable, unreachable, {CauseId::hostUnreachable, about, {}, {}}},
        {hangs, hangs, open, {CauseId::hangs, about, {1}, "https"}},
        {hangs, hangs, hangs, {CauseId::hangs, about, {0}, "https"}},
        {silent, open, open, {CauseId::firewall, about, {}, "https"}},
        {silent, refused, refused, {CauseId::firewall, about, {}, "https"}},
        {refused, open, open, {CauseId::portRefused, about, {}, "https"}},
        {tls, open, open, {CauseId::wrongCertificate, about, {}, "https"}},
        {rejected, open, open, {CauseId::wrongCertificate, about, {}, "https"}},
        {open, open, open, {CauseId::unanswered, about, {}, {}}},
    };
    for (const Dead& each : table) {
        auto facts = wellChecked(3);
        silence(facts, 2);
        find(facts, {}, reg(2), "https", each.https);
        find(facts, {}, reg(2), "http", each.http);
        find(facts, {}, reg(2), "engine", each.engine);
        const auto causes = causesIn(facts, reg(2));
        EXPECT_THAT(causes, ElementsAre(each.cause)) << printed({each.cause}) << "but\n" << printed(causes);
    }
}

TEST(Diagnosis, WhatOnlyOnePortSaysIsNotMoreThanThat) {
    auto facts = wellChecked(3);
    silence(facts, 2);
    std::erase_if(facts.ports, [](const PortFacts& each) { return each.port != "https"; });
    find(facts, {}, reg(2), "https", silent);
    EXPECT_EQ(causesIn(facts, reg(2)).front(), (Cause{CauseId::hostSilent, about, {}, "https"}));
    facts.ports.clear();
    EXPECT_EQ(causesIn(facts, reg(2)).front(), (Cause{CauseId::noWitness, {reg(2)}, {}, {}}));
}

// Whatever two witnesses find at three ports: there is one explanation at least, it is about reg-2, what
// explains more stands before what explains less, and none of it claims what nobody found.
TEST(Diagnosis, EveryCombinationIsExplained) {
    constexpr PortState states[] = {open, refused, hangs, silent, tls};
    constexpr std::size_t n = std::size(states);
    std::size_t combinations = 0;
    for (std::size_t number = 0; number < n * n * n * n * n * n; ++number) {
        auto facts = wellChecked(3);
        silence(facts, 2);
        std::size_t rest = number;
        for (PortFacts& port : facts.ports) {
            if (port.to == reg(2)) {
                port.state = states[rest % n];
                rest /= n;
            }
        }
        const auto causes = causesIn(facts, reg(2));
        ASSERT_FALSE(causes.empty()) << number;
        ASSERT_TRUE(std::is_sorted(causes.begin(), causes.end(), [](const Cause& a, const Cause& b) {
            return a.cause < b.cause;
        })) << printed(causes);
        const auto found = [&](PortState state) {
            return std::any_of(facts.ports.begin(), facts.ports.end(), [&](const PortFacts& port) {
                return port.to == reg(2) && port.state == state;
            });
        };
        for (const Cause& cause : causes) {
            ASSERT_NE(std::find(cause.names.begin(), cause.names.end(), reg(2)), cause.names.end());
            const bool holds = cause.cause == CauseId::notRunning         ? found(refused)
                               : cause.cause == CauseId::portRefused      ? found(refused)
                               : cause.cause == CauseId::hangs            ? found(hangs)
                               : cause.cause == CauseId::wrongCertificate ? found(tls) || found(rejected)
                               : cause.cause == CauseId::hostUnreachable  ? found(unreachable)
                               : cause.cause == CauseId::unanswered
                                   ? found(open)
                                   : found(silent) || found(unreachable) || found(hangs);
            ASSERT_TRUE(holds) << number << ": " << printed(causes);
        }
        ++combinations;
    }
    EXPECT_EQ(combinations, 15'625U);
}

TEST(Diagnosis, TellsACutLinkFromAFirewall) {
    auto cut = wellChecked(3);
    find(cut, reg(1), reg(3), {}, silent);
    find(cut, reg(3), reg(1), {}, silent);
    EXPECT_THAT(causesIn(cut), ElementsAre(Cause{CauseId::cutOff, {reg(1), reg(3)}, {}, "both"}));
    EXPECT_THAT(causesIn(cut, reg(3)), ElementsAre(Cause{CauseId::cutOff, {reg(1), reg(3)}, {}, "both"}));
    EXPECT_THAT(causesIn(cut, reg(2)), IsEmpty());

    auto oneWay = wellChecked(3);
    find(oneWay, reg(1), reg(3), {}, silent);
    EXPECT_THAT(causesIn(oneWay), ElementsAre(Cause{CauseId::cutOff, {reg(3), reg(1)}, {}, ""}));

    // A way that takes connections and swallows what is sent.
    auto swallowed = wellChecked(3);
    find(swallowed, reg(1), reg(3), {}, hangs);
    find(swallowed, reg(3), reg(1), {}, hangs);
    EXPECT_THAT(causesIn(swallowed), ElementsAre(Cause{CauseId::cutOff, {reg(1), reg(3)}, {}, "both"}));
    auto hanging = wellChecked(3);
    find(hanging, {}, reg(3), "engine", hangs);
    EXPECT_THAT(causesIn(hanging),
                ElementsAre(Cause{CauseId::hangs, {reg(3), reg(1), reg(2)}, {0}, "engine"}));

    auto firewall = wellChecked(3);
    find(firewall, {}, reg(3), "engine", silent);
    EXPECT_THAT(causesIn(firewall),
                ElementsAre(Cause{CauseId::firewall, {reg(3), reg(1), reg(2)}, {}, "engine"}));
    find(firewall, {}, reg(3), "engine", refused);
    EXPECT_THAT(causesIn(firewall),
                ElementsAre(Cause{CauseId::portRefused, {reg(3), reg(1), reg(2)}, {}, "engine"}));
}

// One thing is changed of reg-2, which answers; what explains it.
TEST(Diagnosis, AReplicaByItsOwnWord) {
    const std::pair<std::function<void(CheckedReplica&)>, CauseId> table[] = {
        {[](auto& r) { r.syncMs.reset(); }, CauseId::diskUnwritable},
        {[](auto& r) { r.diskFreeBytes = 5; }, CauseId::diskFull},
        {[](auto& r) { r.diskGrowth = 50 * gib; }, CauseId::diskFills},
        {[](auto& r) { r.syncMs = 900; }, CauseId::slowDisk},
        {[](auto& r) { r.alarms = {"CORRUPT"}; }, CauseId::databaseCorrupt},
        {[](auto& r) { r.alarms = {"NOSPACE"}; }, CauseId::databaseFull},
        {[](auto& r) { r.alarms = {"NEW"}; }, CauseId::notWell},
        {[](auto& r) { r.databaseBytes = 2 * gib; }, CauseId::databaseFills},
        {[](auto& r) {
             r.certificates = {{"node", 0}};
         },
         CauseId::certificateExpired},
        {[](auto& r) {
             r.certificates = {{"node", day}};
         },
         CauseId::certificateExpires},
        {[](auto& r) { r.memoryBytes = 5; }, CauseId::smallHost},
        {[](auto& r) { r.missingBlobs = 5; }, CauseId::behind},
        {[](auto& r) { r.health = Unhealthy::draining; }, CauseId::drained},
        {[](auto& r) { r.health = Unhealthy::engineDown; }, CauseId::engineDown},
        {[](auto& r) { r.health = Unhealthy::starting; }, CauseId::starting},
        {[](auto& r) { r.health = Unhealthy::projectionBehind; }, CauseId::readModelBehind},
        {[](auto& r) { r.health = Unhealthy::readOnly; }, CauseId::leftBehind},
        {[](auto& r) { r.health = Unhealthy::other; }, CauseId::notWell},
    };
    for (const auto& [change, wanted] : table) {
        auto facts = wellChecked(3);
        change(facts.replicas[1]);
        const auto causes = causesIn(facts, reg(2));
        ASSERT_EQ(causes.size(), 1U) << nameOf(wanted) << ", but\n" << printed(causes);
        EXPECT_EQ(causes.front().cause, wanted) << printed(causes);
        EXPECT_EQ(causes.front().names.front(), reg(2));
        EXPECT_THAT(causesIn(facts, reg(3)), IsEmpty()) << nameOf(wanted);
        EXPECT_EQ(causeIdOf(nameOf(wanted)), wanted);
    }
}

TEST(Diagnosis, AClockThatIsOff) {
    auto facts = wellChecked(3);
    for (const std::size_t other : {std::size_t{0}, std::size_t{2}}) {
        facts.replicas[other].clockOffsets[reg(2)] = 40'000;
    }
    EXPECT_THAT(causesIn(facts),
                ElementsAre(Cause{CauseId::clockOff, {reg(2), reg(1), reg(3)}, {40'000}, {}}));
}

// What brought the majority down stands before that it is gone; the disk before the engine.
TEST(Diagnosis, WhatExplainsMostComesFirst) {
    auto facts = wellChecked(3);
    silence(facts, 2);
    silence(facts, 3);
    find(facts, {}, reg(2), {}, refused);
    find(facts, {}, reg(3), {}, silent);
    facts.replicas[0].quorum = false;
    facts.replicas[0].health = Unhealthy::noQuorum;
    const auto causes = causesIn(facts);
    ASSERT_EQ(causes.size(), 3U) << printed(causes);
    EXPECT_EQ(causes[0].cause, CauseId::notRunning);
    EXPECT_EQ(causes[1].cause, CauseId::hostSilent);
    EXPECT_EQ(causes[2], (Cause{CauseId::noMajority, {reg(2), reg(3)}, {1, 2}, {}}));

    auto full = wellChecked(3);
    full.replicas[1].diskFreeBytes = 5;
    full.replicas[1].health = Unhealthy::engineDown;
    const auto both = causesIn(full, reg(2));
    ASSERT_EQ(both.size(), 2U) << printed(both);
    EXPECT_EQ(both[0].cause, CauseId::diskFull);
    EXPECT_EQ(both[1].cause, CauseId::engineDown);
}

} // namespace
} // namespace pilothouse::domain
