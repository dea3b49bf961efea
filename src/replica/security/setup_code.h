// SPDX-License-Identifier: GPL-3.0-or-later
// The one line that a new host shows while it waits to be joined: "phsetup1." and base64url of a JSON object.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace pilothouse::security {

// A secret: whoever has it can join the host to a cluster, once. It pins the host's certificate, so that one
// paste shows both ends to each other.
struct SetupCode {
    std::string url;       // https://HOST:PORT where the host waits
    std::string ca_sha256; // of the authority that signed its certificate for the wait, 64 hexadecimal digits
    std::string secret;    // 64 hexadecimal digits
    friend bool operator==(const SetupCode&, const SetupCode&) = default;
};

[[nodiscard]] std::string formatSetupCode(const SetupCode& code);

// Reads the line (white space around it is ignored). ErrorCode::invalid says what is wrong with it without
// repeating any of it.
[[nodiscard]] Result<SetupCode> parseSetupCode(std::string_view text);

} // namespace pilothouse::security
