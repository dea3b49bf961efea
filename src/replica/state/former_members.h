// SPDX-License-Identifier: GPL-3.0-or-later
// Members of earlier epochs, left behind by repairs.
#pragma once

#include "replica/state/state_writer.h"

#include <string>

namespace pilothouse::state {

// Adds to `change` that those with this address are listed no more: what has it now is another replica, so
// they can never come back there.
[[nodiscard]] engine::Awaitable<Status> dropFormer(engine::Engine& engine, std::string url, Change& change,
                                                   const Deadline& deadline);

} // namespace pilothouse::state
