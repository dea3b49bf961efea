// SPDX-License-Identifier: GPL-3.0-or-later
// Clusters in every state that the console shows, for tests and pictures.
#pragma once

#include "models/cluster_view.h"

namespace pilothouse::ui::test {

[[nodiscard]] models::ClusterView healthyFive();
[[nodiscard]] models::ClusterView atRiskFive();
[[nodiscard]] models::ClusterView noQuorumThree();
[[nodiscard]] models::ClusterView partitionFive();
[[nodiscard]] models::ClusterView healthySandbox();
[[nodiscard]] models::ClusterView joiningThree();
[[nodiscard]] models::ClusterView catchingUpFour(); // the same, while an operation joins the fourth
[[nodiscard]] models::ClusterView startingThree();
[[nodiscard]] models::ClusterView unreachableThree();
[[nodiscard]] models::ClusterView drainingThree();
[[nodiscard]] models::ClusterView lateThree();    // silent for a second and a half
[[nodiscard]] models::ClusterView hiddenThree();  // two are not reachable from here; their peer hears them
[[nodiscard]] models::ClusterView refusedThree(); // one shows another authority
[[nodiscard]] models::ClusterView healthySeven();
[[nodiscard]] models::ClusterView single();
[[nodiscard]] models::ClusterView noQuorumSandbox();
[[nodiscard]] models::ClusterView leftBehindOne(); // reg-1 was repaired from; reg-2 is back, of before
[[nodiscard]] models::ClusterView cutOffFive();    // the console itself has no network

} // namespace pilothouse::ui::test
