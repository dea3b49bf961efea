// SPDX-License-Identifier: GPL-3.0-or-later
// A short connection to a cluster for one verb.
#pragma once

#include "cli/target_options.h"
#include "client/cluster_commands.h"
#include "client/cluster_network.h"
#include "client/observation_collector.h"
#include "client/repair_commands.h"

#include <map>

namespace pilothouse::cli {

// Asks the known members and the seeds, in that order.
class Session {
public:
    explicit Session(const client::WatchTarget& target);

    [[nodiscard]] client::ClusterCommands& commands() { return m_commands; }
    // The member of that name or id, as the cluster itself lists it.
    [[nodiscard]] Result<client::KnownMember> findReplica(const std::string& nameOrId);
    // From now on every member can be asked, as any replica that answers lists them: for what outlives a
    // seed.
    void learnMembers();
    // Every replica that can be found, asked itself; the members are learned as by learnMembers().
    [[nodiscard]] client::CollectedObservation
    look(std::chrono::milliseconds timeout = std::chrono::seconds(3));
    [[nodiscard]] client::RepairCommands& repairs() { return m_repairs; }
    // Names of the members by their ids: the known ones, else as the cluster lists them now.
    [[nodiscard]] std::map<ReplicaId, QString> replicaNames();

private:
    void learn(const domain::ClusterObservation& observation);

    client::WatchTarget m_target;
    client::ClusterNetwork m_network;
    client::ClusterCommands m_commands;
    client::RepairCommands m_repairs{m_network};
};

// The member of that name or id among those that were seen.
[[nodiscard]] Result<client::KnownMember> findMember(const domain::ClusterObservation& seen,
                                                     const std::string& nameOrId);

// Resolves the target, runs `act`, reports what failed.
[[nodiscard]] int withSession(const TargetOptions& options, const std::function<int(Session&)>& act);

} // namespace pilothouse::cli
