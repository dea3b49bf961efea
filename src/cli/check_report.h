// SPDX-License-Identifier: GPL-3.0-or-later
// Checks as the command line prints them.
#pragma once

#include "api/checks.h"

#include <QString>

namespace pilothouse::cli {

// What stands against it, what explains that with what to do, and what was found; what passed in one line.
// `target`: the options by which the cluster is found, added to commands of ours.
[[nodiscard]] QString checkText(const api::ClusterCheck& check, const QString& target);

} // namespace pilothouse::cli
