// SPDX-License-Identifier: GPL-3.0-or-later
// An order to the replica that runs on this host's data folder.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "replica/node/local_wire.h"

#include <filesystem>

namespace pilothouse::program {

// Blocks. Errors: what the replica said; notFound when the folder is no replica's; unavailable when the
// replica does not run; forbidden for other users than root and the replica's own.
[[nodiscard]] Result<node::LocalAnswer> callLocal(const std::filesystem::path& dataDir,
                                                  const node::LocalRequest& request,
                                                  Milliseconds deadline = Milliseconds(35'000));

} // namespace pilothouse::program
