// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/jwt.h"

#include "base/encoding.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <optional>

namespace pilothouse::security {

namespace {

constexpr std::string_view algorithm = "ES256";

tl::unexpected<Error> refused(const char* why) {
    return fail(ErrorCode::unauthorized, std::string("the token ") + why, "Log in again");
}

// Header, claims and signature as they stand between the two dots.
std::optional<std::array<std::string_view, 3>> partsOf(std::string_view token) {
    const auto first = token.find('.');
    const auto last = token.rfind('.');
    if (first == std::string_view::npos || first == last || token.find('.', first + 1) != last) {
        return std::nullopt;
    }
    return std::array{token.substr(0, first), token.substr(first + 1, last - first - 1),
                      token.substr(last + 1)};
}

// The key's id; nothing when the header says anything but ES256 under a named key.
std::optional<std::string> keyIdIn(const std::string& header) {
    boost::json::error_code error;
    const boost::json::value value = boost::json::parse(header, error);
    const auto* fields = error ? nullptr : value.if_object();
    if (fields == nullptr || fields->contains("crit")) {
        return std::nullopt;
    }
    const auto* named = fields->if_contains("alg");
    const auto* keyId = fields->if_contains("kid");
    if (named == nullptr || !named->is_string() || named->get_string() != algorithm || keyId == nullptr ||
        !keyId->is_string() || keyId->get_string().empty()) {
        return std::nullopt;
    }
    return std::string(keyId->get_string());
}

} // namespace

Result<std::string> signJwt(const SigningKey& key, std::string_view claims) {
    const boost::json::object header{{"typ", "JWT"}, {"alg", algorithm}, {"kid", key.id()}};
    std::string token = toBase64Url(boost::json::serialize(header)) + '.' + toBase64Url(claims);
    const std::string signature = toBase64Url(key.sign(token));
    token += '.';
    token += signature;
    if (token.size() > largestJwt) {
        return fail(ErrorCode::exhausted, "a token for all of that is too long for a header",
                    "Ask for fewer repositories at once");
    }
    return token;
}

Result<Jwt> parseJwt(std::string_view token) {
    if (token.size() > largestJwt) {
        return refused("is too long");
    }
    const auto parts = partsOf(token);
    if (!parts) {
        return refused("is malformed");
    }
    const auto& [headerText, claimsText, signatureText] = *parts;
    const auto header = fromBase64Url(headerText);
    auto claims = fromBase64Url(claimsText);
    auto signature = fromBase64Url(signatureText);
    if (!header || !claims || !signature || signature->size() != SigningKey::signatureBytes) {
        return refused("is malformed");
    }
    auto keyId = keyIdIn(*header);
    if (!keyId) {
        return refused("is not signed as this registry signs");
    }
    return Jwt{std::move(*keyId), std::string(token.substr(0, headerText.size() + 1 + claimsText.size())),
               std::move(*claims), std::move(*signature)};
}

bool isSignedBy(const Jwt& token, const SigningKey& key) {
    return key.id() == token.keyId && key.verify(token.signedBytes, token.signature);
}

} // namespace pilothouse::security
