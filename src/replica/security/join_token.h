// SPDX-License-Identifier: GPL-3.0-or-later
// The one line that a new host needs to join: "phjoin1." and base64url of a JSON object.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::security {

// A secret: whoever has it can become a member once. It pins the cluster's authority, so that the new host
// speaks to no other cluster.
struct JoinToken {
    std::string cluster_id;
    std::int64_t epoch = 0;
    std::string replica_id;         // that the new replica will have
    std::string secret;             // 64 hexadecimal digits
    std::string ca_sha256;          // of the cluster CA's certificate, 64 hexadecimal digits
    std::vector<std::string> seeds; // https addresses of voters, at least one
    std::string expires_at;         // RFC 3339; for people: the cluster decides by a lease
    friend bool operator==(const JoinToken&, const JoinToken&) = default;
};

[[nodiscard]] std::string formatJoinToken(const JoinToken& token);

// Reads the line (white space around it is ignored). ErrorCode::invalid says what is wrong with it without
// repeating any of it.
[[nodiscard]] Result<JoinToken> parseJoinToken(std::string_view text);

} // namespace pilothouse::security
