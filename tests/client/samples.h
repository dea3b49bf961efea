// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests against scripted replicas share.
#pragma once

#include "client/cluster_watcher.h"
#include "support/scripted_cluster.h"
#include "support/wait.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace pilothouse::test {

inline client::TrustAnchor anchorOf(const TestAuthority& authority) {
    return {authority.certificate(), ClusterId(TestAuthority::clusterId)};
}

inline QUrl urlOf(const ScriptedReplica& replica) {
    return QUrl(QString::fromStdString(replica.url()));
}

// All of the cluster's replicas as seeds.
inline client::WatchTarget targetOf(ScriptedCluster& cluster) {
    client::WatchTarget target;
    target.name = QStringLiteral("as saved");
    target.trust = anchorOf(cluster.authority());
    target.credentials = {QStringLiteral("admin"), QStringLiteral("secret")};
    for (int i = 0; i < cluster.size(); ++i) {
        target.seeds += urlOf(cluster.replica(i));
    }
    return target;
}

inline std::string describe(const client::ClusterWatcher& watcher) {
    std::string text;
    for (const auto& replica : watcher.observation().replicas) {
        text += "\n  " + replica.name + " " + replica.id.str() + " " + replica.url + " reach " +
                std::to_string(static_cast<int>(replica.reach)) + " " + replica.error;
    }
    return text;
}

// Replicas that answer and have said how they are.
inline int answering(const client::ClusterWatcher& watcher) {
    const auto seen = watcher.observation();
    return static_cast<int>(
        std::count_if(seen.replicas.begin(), seen.replicas.end(), [](const auto& replica) {
            return replica.reach == domain::Reach::ok && replica.report;
        }));
}

inline bool hasCredentials(const ScriptedReplica& replica) {
    return std::any_of(
        replica.requests().begin(), replica.requests().end(),
        [](const RecordedRequest& request) { return request.headers.contains("authorization"); });
}

} // namespace pilothouse::test
