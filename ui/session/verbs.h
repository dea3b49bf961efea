// SPDX-License-Identifier: GPL-3.0-or-later
// Which verbs a replica has now, and why one is not possible. Pure.
#pragma once

#include "models/cluster_view.h"
#include "ui/session/verb.h"

#include <QHash>

#include <optional>

namespace pilothouse::ui {

// How the process of a sandbox's replica is.
enum class ProcessState { running, paused, stopped };
using Processes = QHash<QString, ProcessState>; // by replica id; empty: not a sandbox of this computer

// In the order in which they are offered.
[[nodiscard]] Verbs verbsFor(const models::ClusterView& cluster, const QString& replicaId,
                             const Processes& processes);
// What can be done to the cluster as a whole: starting the replicas of a sandbox that do not run, adding one.
[[nodiscard]] Verbs verbsFor(const models::ClusterView& cluster, const Processes& processes);
// Beside what to do without a majority.
[[nodiscard]] Verb repairOf(const models::ClusterView& cluster);
// Beside a survivor whose repair can still be taken back; nullopt: there is none.
[[nodiscard]] std::optional<Verb> putBackOf(const models::ClusterView& cluster);

} // namespace pilothouse::ui
