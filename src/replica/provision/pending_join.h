// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of a replica that asked to join and was not answered yet: join.pending in its data folder.
#pragma once

#include "base/result.h"
#include "replica/provision/layout.h"
#include "replica/security/join_token.h"

#include <cstdint>
#include <string>

namespace pilothouse::provision {

// Kept over a crash or a lost answer: the token is used up by these keys, so no others could join with it.
struct PendingJoin {
    std::int64_t schema = 1;
    std::string replica_id;
    std::string secret_hash; // of the token
    std::string node_key;    // PEM
    std::string peer_key;
};

// That nothing is in the data folder but what a host has there while it waits to be joined, if that.
[[nodiscard]] Status checkFolderOfWaiting(const Layout& layout);

// The keys for `token`: those of an earlier attempt with it, or new ones in a new or empty data folder, or
// one in which a host waits. ErrorCode::conflict when the folder holds anything else.
[[nodiscard]] Result<PendingJoin> beginPendingJoin(const Layout& layout, const security::JoinToken& token);

// The keys have found their places.
void endPendingJoin(const Layout& layout);

} // namespace pilothouse::provision
