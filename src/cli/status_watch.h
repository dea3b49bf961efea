// SPDX-License-Identifier: GPL-3.0-or-later
// `pilothousectl status --watch`.
#pragma once

#include "cli/target_options.h"
#include "client/observation_collector.h"

namespace pilothouse::cli {

enum class WatchFormat { people, json };

// Shows the cluster until a signal comes, which then ends the program as if it had not been caught. On a
// terminal the picture changes as soon as the cluster does; elsewhere, and as JSON, there is one picture a
// second. `first` is shown until every replica has answered or failed once.
[[noreturn]] void watchStatus(const Target& target, client::CollectedObservation first, WatchFormat format);

} // namespace pilothouse::cli
