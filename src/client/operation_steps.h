// SPDX-License-Identifier: GPL-3.0-or-later
// What the steps of an operation tell of it.
#pragma once

#include "api/operations.h"
#include "domain/operation.h"

#include <vector>

namespace pilothouse::client {

// For ClusterCommands::decideOperation(): about the step that it is at now.
[[nodiscard]] api::DecideOperation decisionAbout(const api::Operation& operation, domain::Decision decision);
// Whether a new host may have become a member by it.
[[nodiscard]] bool wasAdmitted(const api::Operation& operation);
// Whether a replica is out of the group by it, which no cancel takes back.
[[nodiscard]] bool hasRemoved(const api::Operation& operation);

// Whether an order to the replicas themselves is the only way, because the cluster can keep no record now:
// there is no majority to keep it, or another operation is running. Only of a plan for what can be ordered
// (make_leader, drain, undrain), where nothing else speaks against it.
[[nodiscard]] bool canOnlyBeOrdered(const api::OperationPlan& plan);
// Its findings without those that only a record is in the way of.
[[nodiscard]] std::vector<api::Finding> findingsOfOrder(const api::OperationPlan& plan);

} // namespace pilothouse::client
