// SPDX-License-Identifier: GPL-3.0-or-later
// Checks of a watched cluster.
#pragma once

#include "client/cluster_watcher.h"
#include "ui/session/checks.h"

namespace pilothouse::ui {

// Asks whichever replica answers, the one that it is about last. The watcher outlives it.
class LiveChecks : public Checks {
public:
    explicit LiveChecks(client::ClusterWatcher& watcher) : m_watcher(watcher) {}
    [[nodiscard]] QFuture<Result<api::ClusterCheck>> check(const QString& replicaId) override;

private:
    client::ClusterWatcher& m_watcher;
};

} // namespace pilothouse::ui
