// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/live_checks.h"

#include "client/cluster_check.h"

namespace pilothouse::ui {

QFuture<Result<api::ClusterCheck>> LiveChecks::check(const QString& replicaId) {
    using Found = Result<api::ClusterCheck>;
    const domain::ClusterObservation seen = m_watcher.observation();
    std::optional<ReplicaId> about;
    api::AskCheck wanted;
    if (!replicaId.isEmpty()) {
        about = ReplicaId(replicaId.toStdString());
        wanted.replica = about->str();
    }
    const auto checkers = client::checkersIn(seen, about);
    if (checkers.empty()) {
        return QtFuture::makeReadyFuture(Found(client::checkFromHere(seen, about, seen.clusterName)));
    }
    return m_watcher.commands().check(wanted, checkers).then([seen](Found found) {
        if (found) {
            client::addOwnView(*found, seen);
        }
        return found;
    });
}

} // namespace pilothouse::ui
