// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/secret_token.h"

#include "base/encoding.h"
#include "replica/security/constant_time.h"
#include "replica/security/digest.h"

namespace pilothouse::security {

namespace {

constexpr std::string_view accessPrefix = "ph_";
constexpr std::size_t accessBytes = 24;
constexpr std::size_t joinBytes = 32;
constexpr std::size_t idDigits = 16;

NewSecret withHash(std::string text) {
    std::string hash = hashSecret(text);
    return {std::move(text), std::move(hash)};
}

} // namespace

NewSecret newAccessToken(const Random& random) {
    return withHash(std::string(accessPrefix) + random.hex(accessBytes));
}

bool looksLikeAccessToken(std::string_view text) {
    return text.starts_with(accessPrefix) && text.size() == accessPrefix.size() + 2 * accessBytes &&
           text.find_first_not_of("0123456789abcdef", accessPrefix.size()) == std::string_view::npos;
}

std::string accessTokenId(std::string_view hash) {
    return std::string(hash.substr(0, idDigits));
}

NewSecret newJoinSecret(const Random& random) {
    return withHash(random.hex(joinBytes));
}

std::string hashSecret(std::string_view text) {
    return toHex(sha256(text));
}

bool secretMatches(std::string_view text, std::string_view hash) {
    return equal(hashSecret(text), hash);
}

} // namespace pilothouse::security
