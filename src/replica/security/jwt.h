// SPDX-License-Identifier: GPL-3.0-or-later
// Signed tokens: JSON Web Tokens (RFC 7519) as compact JSON Web Signatures (RFC 7515), with ES256 alone.
#pragma once

#include "base/result.h"
#include "replica/security/signing_key.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace pilothouse::security {

inline constexpr std::size_t largestJwt = std::size_t{8} * 1024; // it has to fit into a header

// The token of `claims`, a JSON object. ErrorCode::exhausted when it becomes longer than largestJwt.
[[nodiscard]] Result<std::string> signJwt(const SigningKey& key, std::string_view claims);

// A token taken apart, with nothing verified yet.
struct Jwt {
    std::string keyId;       // of the key that it says it was signed with
    std::string signedBytes; // the token without its signature
    std::string claims;      // JSON, whose content is not looked at
    std::string signature;
};
// ErrorCode::unauthorized for everything that signJwt() does not write, whoever signed it: another algorithm
// ("none" above all), extensions that must be understood ("crit"), other spellings of the same bytes. The
// error repeats nothing of the token.
[[nodiscard]] Result<Jwt> parseJwt(std::string_view token);
// Whether `key` signed it.
[[nodiscard]] bool isSignedBy(const Jwt& token, const SigningKey& key);

} // namespace pilothouse::security
