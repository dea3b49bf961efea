// SPDX-License-Identifier: GPL-3.0-or-later
// Finds out who makes a request: by a member's certificate, an access token, or a password.
#pragma once

#include "base/clock.h"
#include "replica/admin/principal.h"
#include "replica/http/message.h"
#include "replica/http/source_quota.h"
#include "replica/security/credential_cache.h"
#include "replica/security/login_throttle.h"
#include "replica/security/password_worker.h"
#include "replica/security/random.h"
#include "replica/state/read_model.h"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <optional>

namespace pilothouse::admin {

// Why somebody was not let in.
struct Denied {
    Error error; // unauthorized (401), exhausted (429), unavailable (503)
    std::optional<std::chrono::seconds> retryAfter;
};

// Works from the read model in memory: logins go on without quorum. Thread-safe.
//
// Passwords cost a run of scrypt, so strangers are held off three times: failures slow down their source for
// that account (LoginThrottle), one source may have only so many passwords waiting, and the queue for all is
// bounded. None of it concerns access tokens, members, or passwords that were verified lately. Behind a load
// balancer or a NAT everybody is one source; so a password that was right before goes past all three, whoever
// else guesses from there: it waits for the one that is being checked, and for others of its kind.
class Authenticator {
public:
    Authenticator(const Clock& clock, const security::Random& random, const state::ReadModel& model,
                  ClusterId cluster);

    [[nodiscard]] boost::asio::awaitable<tl::expected<Principal, Denied>>
    authenticate(const http::Request& request);
    // The same for a user and a password or access token that came otherwise than by HTTP Basic. `remote`: as
    // http::Request has it.
    [[nodiscard]] boost::asio::awaitable<tl::expected<Principal, Denied>>
    authenticate(std::string remote, std::string user, std::string secret);
    // The member whose certificate came with the request, if any.
    [[nodiscard]] std::optional<ReplicaPrincipal> memberOf(const http::Request& request) const;
    // Whether the request comes with the certificate of a member that a repair left behind: it may learn that
    // there is a new epoch, and nothing else.
    [[nodiscard]] bool isFormerMember(const http::Request& request) const;
    // Whether somebody who was let in would be let in now: for answers that do not end. False once the user
    // or the access token was changed or is gone.
    [[nodiscard]] bool stillHolds(const Principal& principal) const;
    // Ends what waits for scrypt.
    void stop() { m_worker.stop(); }
    // For those who make verifiers of new passwords: one queue for all scrypt work.
    [[nodiscard]] security::PasswordWorker& passwordWorker() { return m_worker; }

private:
    using Outcome = tl::expected<Principal, Denied>;

    [[nodiscard]] Outcome byToken(const state::Snapshot& state, const std::string& user,
                                  const std::string& token) const;
    [[nodiscard]] bool isValid(const state::Snapshot& state, const std::string& tokenId) const;
    [[nodiscard]] boost::asio::awaitable<Outcome> byPassword(const state::Snapshot& state, std::string source,
                                                             std::string user, std::string password);
    [[nodiscard]] Outcome judge(const Result<bool>& verified, const std::string& user,
                                const std::string& password, const std::string& verifier);

    const Clock& m_clock;
    const state::ReadModel& m_model;
    const ClusterId m_cluster;
    security::CredentialCache m_cache;
    security::LoginThrottle m_throttle;
    http::SourceQuota m_waiting;
    security::PasswordWorker m_worker;
};

} // namespace pilothouse::admin
