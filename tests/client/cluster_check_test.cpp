// SPDX-License-Identifier: GPL-3.0-or-later
// What this computer sees, beside what the replicas find.
#include "client/cluster_check.h"

#include <gtest/gtest.h>

namespace pilothouse::client {
namespace {

using domain::Reach;

ReplicaId idOf(int number) {
    return ReplicaId(std::string(12, static_cast<char>('a' + number)));
}

domain::ClusterObservation seen(const std::vector<Reach>& reaches) {
    domain::ClusterObservation observation;
    int number = 0;
    for (const Reach reach : reaches) {
        ++number;
        domain::ReplicaObservation replica;
        replica.id = idOf(number);
        replica.name = "reg-" + std::to_string(number);
        replica.url = "https://reg-" + std::to_string(number);
        replica.reach = reach;
        if (reach == Reach::ok) {
            replica.report.emplace();
            replica.report->consensus.quorum = true;
        }
        observation.replicas.push_back(std::move(replica));
    }
    return observation;
}

std::vector<std::string> hostsOf(const std::vector<Endpoint>& endpoints) {
    std::vector<std::string> hosts;
    for (const Endpoint& each : endpoints) {
        hosts.push_back(each.url.host().toStdString());
    }
    return hosts;
}

TEST(ClusterCheck, IsAskedOfThoseThatAnswerTheSickOneLast) {
    auto observation = seen({Reach::ok, Reach::timeout, Reach::ok, Reach::ok});
    using Hosts = std::vector<std::string>;
    EXPECT_EQ(hostsOf(checkersIn(observation, {})), (Hosts{"reg-1", "reg-3", "reg-4"}));
    EXPECT_EQ(hostsOf(checkersIn(observation, idOf(1))), (Hosts{"reg-3", "reg-4", "reg-1"}));
    observation.replicas[2].report->consensus.quorum = false;
    EXPECT_EQ(hostsOf(checkersIn(observation, idOf(1))), (Hosts{"reg-4", "reg-3", "reg-1"}));
    observation.replicas[3].report->newerEpoch.emplace();
    EXPECT_EQ(hostsOf(checkersIn(observation, {})), (Hosts{"reg-1", "reg-3"}))
        << "one left behind is no member";
}

TEST(ClusterCheck, TellsWhoIsNotReachedFromHereOnly) {
    api::ClusterCheck check;
    check.checked_by = "reg-1";
    check.answered = {"reg-1", "reg-2"};
    check.findings = {{"replica_answers", "blocks", {"reg-3"}, {2}, "refused"},
                      {"replica_answers", "blocks", {"reg-4", "reg-2"}, {2}, "open"}};
    const auto observation =
        seen({Reach::ok, Reach::timeout, Reach::refused, Reach::unreachable, Reach::rejected});
    auto whole = check;
    addOwnView(whole, observation);
    ASSERT_EQ(whole.causes.size(), 2U) << "of reg-3 nobody hears, and reg-5 answers";
    EXPECT_EQ(whole.causes[0], (api::Cause{"not_from_here", {"reg-2", "reg-1"}, {}, "silent"}));
    EXPECT_EQ(whole.causes[1], (api::Cause{"not_from_here", {"reg-4", "reg-2"}, {}, "unreachable"}));
    EXPECT_TRUE(needsAttention(whole));
    auto one = check;
    one.replica = "reg-4";
    addOwnView(one, observation);
    ASSERT_EQ(one.causes.size(), 1U);
    EXPECT_EQ(one.causes[0].names.front(), "reg-4");
}

TEST(ClusterCheck, WhenNobodyAnswersItSaysWhatIsSeenFromHere) {
    const auto observation = seen({Reach::refused, Reach::timeout, Reach::refused});
    const auto check = checkFromHere(observation, {}, "prod");
    ASSERT_EQ(check.causes.size(), 4U);
    EXPECT_EQ(check.causes[0].cause, "not_running");
    EXPECT_EQ(check.causes[2], (api::Cause{"host_silent", {"reg-2", "this computer"}, {}, "https"}));
    EXPECT_EQ(check.causes[3].cause, "no_majority");
    EXPECT_TRUE(check.answered.empty());
    for (const api::Finding& finding : check.findings) {
        EXPECT_TRUE(finding.check == "replica_answers" || finding.check == "quorum") << finding.check;
    }
    EXPECT_TRUE(needsAttention(check));
    EXPECT_EQ(checkFromHere(observation, idOf(2), "prod").replica, "reg-2");
}

TEST(ClusterCheck, InformationNeedsNoAttention) {
    api::ClusterCheck check;
    check.findings = {{"own_machine", "information", {"reg-1"}, {}, {}}, {"quorum", "passed", {}, {}, {}}};
    EXPECT_FALSE(needsAttention(check));
    check.findings.push_back({"a_new_check", "a_new_severity", {}, {}, {}});
    EXPECT_TRUE(needsAttention(check)) << "what is not known may be grave";
}

} // namespace
} // namespace pilothouse::client
