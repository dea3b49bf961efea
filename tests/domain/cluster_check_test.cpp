// SPDX-License-Identifier: GPL-3.0-or-later
// What is found of a cluster as it runs.
#include "checked_cluster.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

namespace pilothouse::domain {
namespace {

using testing::ElementsAre;

const Finding* findingOf(const std::vector<Finding>& findings, CheckId check) {
    const auto found = std::find_if(findings.begin(), findings.end(),
                                    [&](const Finding& each) { return each.check == check; });
    return found != findings.end() ? &*found : nullptr;
}

std::string printed(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& each : findings) {
        text += std::string(nameOf(each.check)) + " " + std::string(nameOf(each.severity));
        for (const std::string& name : each.names) {
            text += " " + name;
        }
        text += "\n";
    }
    return text;
}

TEST(ClusterCheck, NothingStandsAgainstAWellCluster) {
    for (const int voters : {3, 5, 7}) {
        const auto facts = wellChecked(voters);
        for (const std::string& only : {std::string(), reg(2)}) {
            const auto findings = checkCluster(facts, only);
            EXPECT_GE(findings.size(), 15U);
            for (const Finding& finding : findings) {
                EXPECT_EQ(finding.severity, Severity::passed) << printed({finding});
            }
            EXPECT_FALSE(needsAttention(findings));
        }
    }
}

// One thing is changed of reg-2; what is found of it.
struct Case {
    const char* what;
    std::function<void(CheckedReplica&)> change;
    CheckId check;
    Severity severity;
};

const Case cases[] = {
    {"its engine is down",
     [](auto& r) {
         r.health = Unhealthy::engineDown;
         r.why = "The engine does not answer";
     },
     CheckId::replicaWell, Severity::blocks},
    {"it is drained", [](auto& r) { r.health = Unhealthy::draining; }, CheckId::draining,
     Severity::information},
    {"its disk has just enough", [](auto& r) { r.diskFreeBytes = 6 * gib; }, CheckId::diskSpace,
     Severity::passed},
    {"its disk has little", [](auto& r) { r.diskFreeBytes = 6 * gib - 1; }, CheckId::diskSpace,
     Severity::information},
    {"its disk has its floor", [](auto& r) { r.diskFreeBytes = gib; }, CheckId::diskSpace,
     Severity::information},
    {"its disk has less", [](auto& r) { r.diskFreeBytes = gib - 1; }, CheckId::diskSpace, Severity::blocks},
    {"its disk lacks room for what it lacks",
     [](auto& r) {
         r.diskFreeBytes = 9 * gib;
         r.missingBytes = 8 * gib + 1;
         r.missingBlobs = 3;
     },
     CheckId::diskSpace, Severity::blocks},
    {"it says that its disk is full", [](auto& r) { r.health = Unhealthy::diskFull; }, CheckId::diskSpace,
     Severity::blocks},
    {"its disk is full in 6 days", [](auto& r) { r.diskGrowth = 15 * gib; }, CheckId::diskSpace,
     Severity::needsWord},
    {"its disk is full in 7 days", [](auto& r) { r.diskGrowth = 14 * gib; }, CheckId::diskSpace,
     Severity::information},
    {"its disk is full in 33 days", [](auto& r) { r.diskGrowth = 3 * gib; }, CheckId::diskSpace,
     Severity::passed},
    {"its disk does not fill", [](auto& r) { r.diskGrowth = 0; }, CheckId::diskSpace, Severity::passed},
    {"its disk is still good", [](auto& r) { r.syncMs = 20; }, CheckId::diskSpeed, Severity::passed},
    {"its disk is slow", [](auto& r) { r.syncMs = 21; }, CheckId::diskSpeed, Severity::information},
    {"its disk is very slow", [](auto& r) { r.syncMs = 501; }, CheckId::diskSpeed, Severity::needsWord},
    {"its disk cannot be written to", [](auto& r) { r.syncMs.reset(); }, CheckId::diskSpeed,
     Severity::blocks},
    {"it says that it cannot write", [](auto& r) { r.health = Unhealthy::diskUnwritable; },
     CheckId::diskSpeed, Severity::blocks},
    {"one core", [](auto& r) { r.cores = 1; }, CheckId::resources, Severity::information},
    {"little memory", [](auto& r) { r.memoryBytes = gib - 1; }, CheckId::resources, Severity::needsWord},
    {"few files", [](auto& r) { r.openFiles = 4095; }, CheckId::resources, Severity::needsWord},
    {"its database is full", [](auto& r) { r.alarms = {"NOSPACE"}; }, CheckId::databaseAlarm,
     Severity::blocks},
    {"its data differs",
     [](auto& r) {
         r.alarms = {"NOSPACE", "CORRUPT"};
     },
     CheckId::databaseAlarm, Severity::blocks},
    {"79 % of its quota",
     [](auto& r) {
         r.databaseQuota = 1000;
         r.databaseBytes = 799;
     },
     CheckId::databaseRoom, Severity::passed},
    {"80 % of its quota",
     [](auto& r) {
         r.databaseQuota = 1000;
         r.databaseBytes = 800;
     },
     CheckId::databaseRoom, Severity::needsWord},
    {"95 % of its quota",
     [](auto& r) {
         r.databaseQuota = 1000;
         r.databaseBytes = 950;
     },
     CheckId::databaseRoom, Severity::blocks},
    {"no known quota", [](auto& r) { r.databaseQuota = 0; }, CheckId::databaseRoom, Severity::passed},
    {"it lacks blobs", [](auto& r) { r.missingBlobs = 4; }, CheckId::copies, Severity::information},
    {"it counts its blobs", [](auto& r) { r.missingBlobs.reset(); }, CheckId::copiesKnown,
     Severity::information},
    {"another version", [](auto& r) { r.version = "1.1.0"; }, CheckId::versions, Severity::information},
    {"another feature level", [](auto& r) { r.featureLevel = 2; }, CheckId::versions, Severity::information},
    {"on the host of reg-1", [](auto& r) { r.machine = "machine-1"; }, CheckId::ownMachine,
     Severity::needsWord},
    {"on the host of reg-1, as in a sandbox",
     [](auto& r) {
         r.machine = "machine-1";
         r.loopback = true;
     },
     CheckId::ownMachine, Severity::information},
    {"its certificate has 30 days",
     [](auto& r) {
         r.certificates = {{"node", 30 * day}};
     },
     CheckId::certificates, Severity::passed},
    {"its certificate renews itself soon",
     [](auto& r) {
         r.certificates = {{"node", 30 * day - 1}};
     },
     CheckId::certificates, Severity::information},
    {"its certificate was not renewed",
     [](auto& r) {
         r.certificates = {{"node", 7 * day - 1}};
     },
     CheckId::certificates, Severity::blocks},
    {"the clients' certificate has a month",
     [](auto& r) {
         r.certificates = {{"client-facing", 29 * day}};
     },
     CheckId::certificates, Severity::needsWord},
    {"its certificate has expired",
     [](auto& r) {
         r.certificates = {{"engine-peer", -5}};
     },
     CheckId::certificates, Severity::blocks},
    {"it is too old",
     [](auto& r) {
         r.reports = false;
         r.tooOld = true;
     },
     CheckId::checksKnown, Severity::information},
};

TEST(ClusterCheck, EachThingHasItsFinding) {
    for (const Case& each : cases) {
        auto facts = wellChecked(3);
        each.change(facts.replicas[1]);
        const auto findings = checkCluster(facts, {});
        const Finding* found = findingOf(findings, each.check);
        ASSERT_NE(found, nullptr) << each.what << "\n" << printed(findings);
        EXPECT_EQ(found->severity, each.severity) << each.what << "\n" << printed(findings);
        EXPECT_EQ(needsAttention(findings), each.severity > Severity::information) << each.what;
        if (each.severity != Severity::passed && each.check != CheckId::versions) {
            EXPECT_THAT(found->names, testing::Contains(reg(2))) << each.what;
            EXPECT_EQ(needsAttention(checkCluster(facts, reg(3))), false) << each.what << ": not of reg-3";
        }
        const auto own = checkCluster(facts, reg(2));
        EXPECT_EQ(needsAttention(own), needsAttention(findings)) << each.what << "\n" << printed(own);
    }
}

TEST(ClusterCheck, WhoDoesNotAnswerIsAFindingWithWhoReachesIt) {
    auto facts = wellChecked(3);
    silence(facts, 2);
    find(facts, {}, reg(2), {}, PortState::refused);
    const auto findings = checkCluster(facts, {});
    ASSERT_EQ(findings.front().check, CheckId::replicaAnswers) << printed(findings);
    EXPECT_EQ(findings.front(),
              (Finding{CheckId::replicaAnswers, Severity::blocks, {reg(2)}, {2}, "refused"}));
    const Finding* paths = findingOf(findings, CheckId::paths);
    ASSERT_NE(paths, nullptr);
    EXPECT_EQ(paths->severity, Severity::passed) << "that it is not reached is told once";
    EXPECT_EQ(findingOf(checkCluster(facts, reg(2)), CheckId::paths), nullptr) << "none could be open";

    find(facts, reg(3), reg(2), {}, PortState::open);
    const auto seen = checkCluster(facts, {});
    EXPECT_THAT(seen.front().names, ElementsAre(reg(2), reg(3))) << printed(seen);
    EXPECT_EQ(seen.front().detail, "unknown") << "they find it in different ways";
    EXPECT_EQ(findingOf(seen, CheckId::paths)->severity, Severity::blocks);

    facts.replicas[1].voting = false;
    EXPECT_EQ(findingOf(checkCluster(facts, {}), CheckId::replicaAnswers)->severity, Severity::needsWord);
}

TEST(ClusterCheck, EveryWayThatIsNotOpenIsNamed) {
    for (const auto state : {PortState::refused, PortState::hangs, PortState::silent, PortState::unreachable,
                             PortState::tls, PortState::rejected}) {
        for (const std::string port : {"https", "http", "engine"}) {
            auto facts = wellChecked(3);
            find(facts, reg(1), reg(3), port, state);
            const auto findings = checkCluster(facts, {});
            const Finding* paths = findingOf(findings, CheckId::paths);
            ASSERT_NE(paths, nullptr);
            EXPECT_EQ(paths->severity, port == "http" ? Severity::needsWord : Severity::blocks);
            EXPECT_THAT(paths->names, ElementsAre(reg(1), reg(3), port, std::string(nameOf(state))));
            EXPECT_THAT(paths->numbers, ElementsAre(18, 17));
            EXPECT_EQ(portStateOf(nameOf(state)), state);
            EXPECT_FALSE(needsAttention(checkCluster(facts, reg(2)))) << "it is no way of reg-2";
        }
    }
}

TEST(ClusterCheck, HowManyVote) {
    const std::pair<int, Severity> counts[] = {
        {1, Severity::information}, {2, Severity::needsWord}, {3, Severity::passed},
        {4, Severity::information}, {5, Severity::passed},    {6, Severity::information},
        {7, Severity::passed},      {8, Severity::blocks},    {9, Severity::blocks}};
    for (const auto& [voters, severity] : counts) {
        const auto findings = checkCluster(wellChecked(voters), {});
        EXPECT_EQ(findingOf(findings, CheckId::voters)->severity, severity) << voters;
    }
}

TEST(ClusterCheck, WithoutAMajorityTheQuorumIsMissing) {
    auto facts = wellChecked(3);
    for (CheckedReplica& each : facts.replicas) {
        each.quorum = false;
    }
    silence(facts, 1);
    const auto findings = checkCluster(facts, {});
    EXPECT_EQ(*findingOf(findings, CheckId::quorum),
              (Finding{CheckId::quorum, Severity::blocks, {}, {2, 2}}));
    facts.replicas[2].quorum = true;
    EXPECT_EQ(findingOf(checkCluster(facts, {}), CheckId::quorum)->severity, Severity::passed);
}

TEST(ClusterCheck, AClockIsComparedWithMostOthers) {
    const std::pair<double, Severity> offsets[] = {
        {1000, Severity::passed},      {1001, Severity::needsWord}, {-1001, Severity::needsWord},
        {30'000, Severity::needsWord}, {30'001, Severity::blocks},  {-30'001, Severity::blocks}};
    for (const auto& [ahead, severity] : offsets) {
        auto facts = wellChecked(3);
        facts.replicas[0].clockOffsets = {{reg(2), 0}, {reg(3), ahead}};
        facts.replicas[1].clockOffsets = {{reg(1), 0}, {reg(3), ahead}};
        facts.replicas[2].clockOffsets = {{reg(1), -ahead}, {reg(2), -ahead}};
        const auto findings = checkCluster(facts, {});
        const Finding* clocks = findingOf(findings, CheckId::clocks);
        ASSERT_NE(clocks, nullptr);
        EXPECT_EQ(clocks->severity, severity) << ahead;
        if (severity != Severity::passed) {
            EXPECT_THAT(clocks->names, ElementsAre(reg(3), reg(1), reg(2)));
            EXPECT_THAT(clocks->numbers, ElementsAre(static_cast<std::int64_t>(ahead)));
            EXPECT_EQ(findingOf(checkCluster(facts, reg(1)), CheckId::clocks)->severity, Severity::passed);
        }
    }
}

TEST(ClusterCheck, OfTwoClocksItCannotBeToldWhichIsWrong) {
    auto facts = wellChecked(2);
    facts.replicas[0].clockOffsets = {{reg(2), 5000}};
    facts.replicas[1].clockOffsets = {{reg(1), -5000}};
    const auto findings = checkCluster(facts, {});
    EXPECT_EQ(std::count_if(findings.begin(), findings.end(),
                            [](const Finding& each) { return each.check == CheckId::clocks; }),
              1);
    for (const int number : {1, 2}) {
        EXPECT_EQ(findingOf(checkCluster(facts, reg(number)), CheckId::clocks)->severity,
                  Severity::needsWord);
    }
}

TEST(ClusterCheck, AnAuthoritysCertificateIsToldOnce) {
    auto facts = wellChecked(3);
    for (CheckedReplica& each : facts.replicas) {
        each.certificates = {{"cluster-ca", 10 * day}};
    }
    const auto findings = checkCluster(facts, {});
    EXPECT_EQ(
        findings.front(),
        (Finding{
            CheckId::certificates, Severity::needsWord, {reg(1), reg(2), reg(3)}, {10 * day}, "cluster-ca"}))
        << printed(findings);
}

TEST(ClusterCheck, AChangeUnderWayIsSaid) {
    auto facts = wellChecked(3);
    facts.running = {"remove", reg(3)};
    EXPECT_EQ(*findingOf(checkCluster(facts, {}), CheckId::changeUnderWay),
              (Finding{CheckId::changeUnderWay, Severity::information, {reg(3)}, {}, "remove"}));
}

} // namespace
} // namespace pilothouse::domain
