// SPDX-License-Identifier: GPL-3.0-or-later
// Registry tokens: what clients get for a log-in and send with each request (distribution's token
// specification).
#pragma once

#include "base/clock.h"
#include "replica/admin/authenticator.h"
#include "replica/registry/scopes.h"
#include "replica/registry/token_cache.h"
#include "replica/security/random.h"
#include "replica/state/follower.h"
#include "replica/state/read_model.h"
#include "replica/state/signing_keys.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::registry {

struct TokenClaims;

struct IssuedToken {
    std::string token;
    std::vector<Scope> access; // what it allows
    std::chrono::seconds lifetime{0};
    std::string issuedAt; // RFC 3339
};

// Every replica accepts what any of them issued. A token names the revision of its user's record, and the
// access token that its user logged in with: when either changes or goes, so does the token, at once. Wall
// clocks of replicas and clients may differ by a minute. Thread-safe; all that it works with must outlive it.
class TokenService {
public:
    static constexpr std::chrono::seconds accessLife{300};
    static constexpr std::chrono::seconds refreshLife{std::chrono::hours(24 * 30)};
    static constexpr std::chrono::seconds skew{60};

    TokenService(const Clock& clock, const security::Random& random, const state::ReadModel& model,
                 state::StateFollower& follower, const admin::Authenticator& authenticator,
                 state::KeyRing& keys, const ClusterId& cluster);

    // What clients and challenges call this registry: the cluster's id, which never changes.
    [[nodiscard]] const std::string& service() const { return m_service; }

    // For five minutes, with those of the actions that the user (nullopt: anybody) may do now.
    // ErrorCode::unavailable while the cluster has no key, ErrorCode::unauthorized when the user was changed
    // since the log-in, ErrorCode::exhausted when so much is asked for that it fits into no header.
    [[nodiscard]] Result<IssuedToken> issue(const std::optional<admin::UserPrincipal>& user,
                                            const std::vector<Scope>& asked);
    // For 30 days: gets access tokens for the user in place of the password.
    [[nodiscard]] Result<std::string> issueRefresh(const admin::UserPrincipal& user);

    // A token that was verified before and still holds; nullptr: ask verify(), which says why. Neither I/O
    // nor cryptography but a hash. Tokens for many repositories are not remembered.
    [[nodiscard]] std::shared_ptr<const Bearer> known(std::string_view token);
    // ErrorCode::unauthorized for what is no good access token. What this replica has not heard of yet, a new
    // key or a user that was just changed, it waits for once; ErrorCode::unavailable when that does not come.
    [[nodiscard]] engine::Awaitable<Result<std::shared_ptr<const Bearer>>> verify(std::string token);
    // The user of a refresh token, the same way.
    [[nodiscard]] engine::Awaitable<Result<admin::UserPrincipal>> verifyRefresh(std::string token);

private:
    struct Checked;
    [[nodiscard]] Result<std::string> sign(TokenClaims claims, std::chrono::seconds lifetime);
    [[nodiscard]] engine::Awaitable<Result<Checked>> check(std::string token, std::string audience);
    [[nodiscard]] engine::Awaitable<Result<security::SigningKey>> keyOf(std::string id);
    [[nodiscard]] Result<TokenClaims> read(const std::string& json, const std::string& audience) const;
    // Ends well when the user is still as the token says.
    [[nodiscard]] engine::Awaitable<Status> confirm(const std::optional<admin::UserPrincipal>& user,
                                                    Revision seen);
    [[nodiscard]] bool holds(const std::optional<admin::UserPrincipal>& user) const;
    [[nodiscard]] bool isOver(WallTime expires) const { return m_clock.wall() - skew >= expires; }

    const Clock& m_clock;
    const security::Random& m_random;
    const state::ReadModel& m_model;
    state::StateFollower& m_follower;
    const admin::Authenticator& m_authenticator;
    state::KeyRing& m_keys;
    const std::string m_service;
    const std::string m_refreshAudience;
    TokenCache m_verified;
};

} // namespace pilothouse::registry
