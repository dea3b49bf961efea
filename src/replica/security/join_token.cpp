// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/join_token.h"

#include "api/json_codec.h"
#include "base/clock.h"
#include "base/encoding.h"
#include "base/ids.h"

#include <boost/describe/class.hpp>

#include <algorithm>

namespace pilothouse::security {

BOOST_DESCRIBE_STRUCT(JoinToken, (), (cluster_id, epoch, replica_id, secret, ca_sha256, seeds, expires_at))

namespace {

constexpr std::string_view prefix = "phjoin1.";
constexpr std::size_t maxTokenBytes = 16384;
constexpr std::size_t maxSeeds = 64;
constexpr std::size_t clusterIdDigits = 32;
constexpr std::size_t sha256Digits = 64;
constexpr const char* hint = "Copy the whole line that was printed when the token was made";

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    const std::size_t first = text.find_first_not_of(space);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(space) - first + 1);
}

bool isHex(std::string_view text, std::size_t digits) {
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

tl::unexpected<Error> invalid(const std::string& why) {
    return fail(ErrorCode::invalid, "the join token " + why, hint);
}

Status check(const JoinToken& token) {
    const auto isHttps = [](const std::string& url) { return url.starts_with("https://") && url.size() > 8; };
    if (!isHex(token.cluster_id, clusterIdDigits)) {
        return invalid("has no valid cluster id");
    }
    if (token.epoch < 1) {
        return invalid("has no valid epoch");
    }
    if (!parseReplicaId(token.replica_id)) {
        return invalid("has no valid replica id");
    }
    if (!isHex(token.secret, sha256Digits)) {
        return invalid("has no valid secret");
    }
    if (!isHex(token.ca_sha256, sha256Digits)) {
        return invalid("has no valid fingerprint of the cluster's authority");
    }
    if (token.seeds.empty() || token.seeds.size() > maxSeeds ||
        !std::all_of(token.seeds.begin(), token.seeds.end(), isHttps)) {
        return invalid("has no valid list of https addresses");
    }
    if (!parseRfc3339(token.expires_at)) {
        return invalid("has no valid time of expiry");
    }
    return {};
}

} // namespace

std::string formatJoinToken(const JoinToken& token) {
    return std::string(prefix) + toBase64Url(api::toJson(token));
}

Result<JoinToken> parseJoinToken(std::string_view text) {
    text = trimmed(text);
    if (text.empty()) {
        return invalid("is empty");
    }
    if (!text.starts_with(prefix)) {
        return text.starts_with("phjoin") ? invalid("was made by another version of this program")
                                          : invalid("does not begin with \"phjoin1.\"");
    }
    if (text.size() > maxTokenBytes) {
        return invalid("is too long");
    }
    const Result<std::string> json = fromBase64Url(text.substr(prefix.size()));
    if (!json) {
        return invalid("is damaged: it has characters that do not belong there, or its end is missing");
    }
    Result<JoinToken> token = api::fromJson<JoinToken>(*json);
    if (!token) {
        return invalid("is damaged: " + token.error().message);
    }
    if (const Status status = check(*token); !status) {
        return fail(status.error());
    }
    return token;
}

} // namespace pilothouse::security
