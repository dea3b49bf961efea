// SPDX-License-Identifier: GPL-3.0-or-later
// A further replica on disk: what it asks the cluster, and its data folder once the cluster has answered.
#pragma once

#include "api/admin.h"
#include "base/clock.h"
#include "base/result.h"
#include "replica/provision/identity.h"
#include "replica/security/join_token.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace pilothouse::provision {

struct JoinOptions {
    std::filesystem::path data_dir;
    std::string token; // the line that `token` printed
    // Default: the ports of the addresses that the token was made for, and every interface (loopback for
    // those).
    std::optional<std::string> listen_host;
    std::optional<std::int64_t> https_port;
    std::optional<std::int64_t> http_port;
    std::optional<std::int64_t> peer_port;
    std::int64_t engine_port = 7444;
};

// To be sent to one of the token's seeds, whose authority has the token's fingerprint.
struct PreparedJoin {
    JoinOptions options;
    security::JoinToken token;
    api::JoinRequest request;
};

// Makes the data folder and the new replica's keys, which never leave it. Repeated with the same token it
// takes the same keys, so that the cluster takes it for the same request; a folder that holds anything else
// is refused (ErrorCode::conflict).
[[nodiscard]] Result<PreparedJoin> prepareJoin(const JoinOptions& options, std::int64_t featureLevel,
                                               const Clock& clock);

// Checks the answer (authority by the token's fingerprint, certificates by authority, key and id) and
// completes the data folder; replica.json comes last.
[[nodiscard]] Result<Identity> finishJoin(const PreparedJoin& prepared, const api::JoinAnswer& answer,
                                          const Clock& clock);

} // namespace pilothouse::provision
