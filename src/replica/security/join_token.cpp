// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/join_token.h"

#include "api/json_codec.h"
#include "base/clock.h"
#include "base/ids.h"
#include "replica/security/coded_line.h"

#include <boost/describe/class.hpp>

#include <algorithm>

namespace pilothouse::security {

BOOST_DESCRIBE_STRUCT(JoinToken, (), (cluster_id, epoch, replica_id, secret, ca_sha256, seeds, expires_at))

namespace {

constexpr LineKind kind{"the join token", "phjoin", "phjoin1.",
                        "Copy the whole line that was printed when the token was made"};
constexpr std::size_t maxSeeds = 64;
constexpr std::size_t clusterIdDigits = 32;
constexpr std::size_t sha256Digits = 64;

tl::unexpected<Error> invalid(const std::string& why) {
    return invalidLine(kind, why);
}

Status check(const JoinToken& token) {
    const auto isHttps = [](const std::string& url) { return url.starts_with("https://") && url.size() > 8; };
    if (!isLowerHex(token.cluster_id, clusterIdDigits)) {
        return invalid("has no valid cluster id");
    }
    if (token.epoch < 1) {
        return invalid("has no valid epoch");
    }
    if (!parseReplicaId(token.replica_id)) {
        return invalid("has no valid replica id");
    }
    if (!isLowerHex(token.secret, sha256Digits)) {
        return invalid("has no valid secret");
    }
    if (!isLowerHex(token.ca_sha256, sha256Digits)) {
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
    return formatLine(kind, api::toJson(token));
}

Result<JoinToken> parseJoinToken(std::string_view text) {
    const Result<std::string> json = jsonInLine(kind, text);
    if (!json) {
        return fail(json.error());
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
