// SPDX-License-Identifier: GPL-3.0-or-later
// What `pilothousectl status` prints for people.
#pragma once

#include "cli/former_members.h"
#include "client/observation_collector.h"
#include "domain/assessment.h"

#include <QString>

namespace pilothouse::cli {

// The sentence, the facts, advice, and a table of the replicas, in lines of at most `width` cells (0: as long
// as they get). No line feed at the end.
[[nodiscard]] QString statusText(const domain::Assessment& assessment,
                                 const std::vector<client::TrustProblem>& trustProblems,
                                 const std::vector<FormerSeen>& former, int width);

} // namespace pilothouse::cli
