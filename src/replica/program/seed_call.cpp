// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/seed_call.h"

#include "api/json.h"
#include "replica/program/http_call.h"
#include "replica/security/certificates.h"

#include <thread>

namespace pilothouse::program {
namespace {

constexpr Milliseconds lookDeadline{5000};
constexpr Milliseconds joinDeadline{30'000};
// A change of which nobody knows whether it happened locks the membership for 30 s.
constexpr Milliseconds patience{35'000};
constexpr Milliseconds askAgain{500};

// The cluster's CA as the seed names it, taken only if it has the token's fingerprint. Anybody on the way may
// have written this answer: nothing else in it is believed.
Result<std::string> fetchAuthority(const std::string& seed, const std::string& sha256, const JoinCall& call) {
    const auto tls = http::TlsContext::clientOfAnyServer();
    if (!tls) {
        return fail(tls.error());
    }
    http::ClientRequest request;
    request.target = "/ca";
    auto pem = callHttps(seed, *tls, {}, std::move(request), lookDeadline, call.cancelled);
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

bool mayPass(const Error& error) {
    return error.code == ErrorCode::unavailable || error.code == ErrorCode::timeout;
}

// The cluster has certainly not used the token up for this request.
bool isRefusal(const Error& error) {
    return !mayPass(error) && error.code != ErrorCode::internal && error.code != ErrorCode::corrupt &&
           error.code != ErrorCode::cancelled;
}

// Another seed may do better only where this one was not reached or has no quorum.
Result<api::JoinAnswer> askSeeds(const provision::PreparedJoin& prepared, JoinCall& call) {
    Result<api::JoinAnswer> answer = fail(ErrorCode::invalid, "the token names no replica of the cluster");
    for (const auto& seed : prepared.token.seeds) {
        answer = askSeed(seed, prepared, call);
        if (answer || !mayPass(answer.error())) {
            break;
        }
    }
    return answer;
}

} // namespace

Result<api::JoinAnswer> askSeed(const std::string& seed, const provision::PreparedJoin& prepared,
                                JoinCall& call) {
    const auto authority = fetchAuthority(seed, prepared.token.ca_sha256, call);
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
    api::JoinRequest asked = prepared.request;
    asked.at = toRfc3339(systemClock().wall()); // which is compared with the cluster's clock
    request.body = api::toJson(asked);
    const auto body = callHttps(seed, *tls, {}, std::move(request), joinDeadline, call.cancelled);
    if (!body && body.error().code == ErrorCode::unauthorized) {
        call.mayBeUsed = false; // the cluster has no such token: nobody has joined with it
    } else if (body || !isRefusal(body.error())) {
        call.mayBeUsed = true;
    }
    if (!body) {
        return fail(body.error());
    }
    auto answer = api::fromJson<api::JoinAnswer>(*body);
    return answer
               ? answer
               : fail(ErrorCode::corrupt, seed + " answered what cannot be read: " + answer.error().message);
}

// The engine takes no new member until those that there are have been connected for 5 s, and an election
// passes too: that is waited for, and said.
Result<api::JoinAnswer> askCluster(const provision::PreparedJoin& prepared, JoinCall& call) {
    const auto end = std::chrono::steady_clock::now() + patience;
    for (bool told = false;; told = true) {
        auto answer = askSeeds(prepared, call);
        if (answer || !mayPass(answer.error()) || std::chrono::steady_clock::now() > end) {
            return answer;
        }
        if (!told && call.waits) {
            call.waits(answer.error());
        }
        if (call.cancelled && call.cancelled()) {
            return answer;
        }
        std::this_thread::sleep_for(askAgain);
    }
}

} // namespace pilothouse::program
