// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/seed_call.h"

#include "api/json.h"
#include "replica/program/http_call.h"
#include "replica/security/certificates.h"

namespace pilothouse::program {
namespace {

constexpr Milliseconds lookDeadline{5000};
constexpr Milliseconds joinDeadline{30'000};

// The cluster's CA as the seed names it, taken only if it has the token's fingerprint. Anybody on the way may
// have written this answer: nothing else in it is believed.
Result<std::string> fetchAuthority(const std::string& seed, const std::string& sha256) {
    const auto tls = http::TlsContext::clientOfAnyServer();
    if (!tls) {
        return fail(tls.error());
    }
    http::ClientRequest request;
    request.target = "/ca";
    const auto pem = callHttps(seed, *tls, {}, std::move(request), lookDeadline);
    if (!pem) {
        return pem;
    }
    auto authority = security::pinnedCertificate(*pem, sha256);
    if (!authority) {
        return fail(ErrorCode::unauthorized, seed + " belongs to another cluster than the token",
                    "Do not go on: ask the cluster's administrator for a new token");
    }
    return authority;
}

} // namespace

Result<api::JoinAnswer> askSeed(const std::string& seed, const provision::PreparedJoin& prepared) {
    const auto authority = fetchAuthority(seed, prepared.token.ca_sha256);
    if (!authority) {
        return fail(authority.error());
    }
    const auto tls =
        http::TlsContext::client({.certificates = {}, .privateKey = {}, .authorities = *authority});
    if (!tls) {
        return fail(tls.error());
    }
    http::ClientRequest request;
    request.method = "POST";
    request.target = "/api/v0/cluster/join";
    request.headers.set("Content-Type", "application/json");
    request.body = api::toJson(prepared.request);
    const auto body = callHttps(seed, *tls, {}, std::move(request), joinDeadline);
    return body ? api::fromJson<api::JoinAnswer>(*body) : fail(body.error());
}

} // namespace pilothouse::program
