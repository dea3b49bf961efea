// SPDX-License-Identifier: GPL-3.0-or-later
// Random secrets that are shown once and stored only as SHA-256: access tokens and join secrets.
//
// They have so many random bits that a plain hash is enough; slow hashing is for passwords that people
// choose.
#pragma once

#include "replica/security/random.h"

#include <string>
#include <string_view>

namespace pilothouse::security {

struct NewSecret {
    std::string text; // what its owner keeps
    std::string hash; // what is stored: see hashSecret()
};

// "ph_" and 48 hexadecimal digits (192 bits).
[[nodiscard]] NewSecret newAccessToken(const Random& random);
[[nodiscard]] bool looksLikeAccessToken(std::string_view text);
// The id under which an access token is recorded: the first 16 digits of its hash, so that the token finds
// its record.
[[nodiscard]] std::string accessTokenId(std::string_view hash);

// 64 hexadecimal digits (256 bits).
[[nodiscard]] NewSecret newJoinSecret(const Random& random);

// SHA-256 of the text, 64 hexadecimal digits.
[[nodiscard]] std::string hashSecret(std::string_view text);
// Compares in constant time.
[[nodiscard]] bool secretMatches(std::string_view text, std::string_view hash);

} // namespace pilothouse::security
