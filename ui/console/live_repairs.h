// SPDX-License-Identifier: GPL-3.0-or-later
// Repairs of a watched cluster.
#pragma once

#include "client/cluster_watcher.h"
#include "client/repair_commands.h"
#include "ui/session/repairs.h"

namespace pilothouse::ui {

// Asks the survivor itself, by the watcher's connections. The watcher outlives it.
class LiveRepairs : public Repairs {
public:
    explicit LiveRepairs(client::ClusterWatcher& watcher)
        : m_watcher(watcher), m_commands(watcher.network()) {}

    [[nodiscard]] std::vector<Candidate> candidates() const override;
    [[nodiscard]] QFuture<Result<api::RepairPlan>>
    plan(const QString& survivor, const std::vector<api::SilentMember>& silent) override;
    [[nodiscard]] QFuture<Result<api::Repair>> last(const QString& survivor) override;
    [[nodiscard]] std::unique_ptr<RepairProgress> progressOf(const QString& survivor) override;

private:
    client::ClusterWatcher& m_watcher;
    client::RepairCommands m_commands;
};

} // namespace pilothouse::ui
