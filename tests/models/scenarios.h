// SPDX-License-Identifier: GPL-3.0-or-later
// Clusters in every state that the console shows, as observations, for tests and pictures.
#pragma once

#include "models/describe.h"

#include <memory>

namespace pilothouse::models::test {

// A cluster that is built up from "all is well" by breaking it. Times are relative to a fixed moment.
class Scenario {
public:
    // `names` of the voters; the first leads.
    explicit Scenario(std::string clusterName, const std::vector<std::string>& names);

    Scenario& leader(std::size_t replica); // everybody follows it
    // It does not answer us; peers that we reach say the same.
    Scenario& lost(std::size_t replica, domain::Reach how, Milliseconds since);
    // We don't reach it, its peers do.
    Scenario& hiddenFromUs(std::size_t replica, Milliseconds since);
    // These hear each other and none of the others; without a majority they see no leader.
    Scenario& cutOff(const std::vector<std::size_t>& side, Milliseconds since);
    Scenario& noLeaderAnywhere();
    Scenario& blobsMissing(std::size_t replica, std::int64_t blobs);
    Scenario& draining(std::size_t replica);
    Scenario& silentFor(std::size_t replica, Milliseconds time);
    Scenario& learner(const std::string& name);
    Scenario& sandbox();
    Scenario& nothingTriedYet();
    // A repair from the first went on without it.
    Scenario& leftBehind(std::size_t replica);

    [[nodiscard]] ClusterSnapshot snapshot() const;
    [[nodiscard]] ClusterView view() const { return describe(snapshot()); }

private:
    void refreshPeers();
    [[nodiscard]] domain::ReplicaReport& report(std::size_t replica) {
        return *m_observation.replicas[replica].report;
    }

    domain::ClusterObservation m_observation;
    bool m_sandbox = false;
};

[[nodiscard]] Scenario healthyFive();
[[nodiscard]] Scenario atRiskFive();
[[nodiscard]] Scenario noQuorumThree();
[[nodiscard]] Scenario partitionFive();
[[nodiscard]] Scenario healthySandbox();
[[nodiscard]] Scenario joiningThree();
[[nodiscard]] Scenario startingThree();
[[nodiscard]] Scenario unreachableThree();
[[nodiscard]] Scenario leftBehindOne();

} // namespace pilothouse::models::test
