// SPDX-License-Identifier: GPL-3.0-or-later
// A new host's question to one of the replicas that its join token names.
#pragma once

#include "api/admin.h"
#include "base/result.h"
#include "replica/provision/join.h"

#include <string>

namespace pilothouse::program {

// Blocks. The token's secret is sent only to a replica whose certificate was issued by the authority with the
// token's fingerprint; ErrorCode::unauthorized when the seed names another one.
[[nodiscard]] Result<api::JoinAnswer> askSeed(const std::string& seed,
                                              const provision::PreparedJoin& prepared);

} // namespace pilothouse::program
