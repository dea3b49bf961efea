// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/tokens.h"

#include "api/json_codec.h"
#include "replica/registry/access.h"
#include "replica/security/digest.h"
#include "replica/security/jwt.h"

#include <boost/describe/class.hpp>

#include <utility>

namespace pilothouse::registry {

using engine::Awaitable;

// An entry of the token specification's `access`.
struct AccessClaim {
    std::string type;
    std::string name;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(AccessClaim, (), (type, name, actions))

// RFC 7519 §4.1, the token specification's `access`, and ours. Times are seconds since 1970.
struct TokenClaims {
    std::string iss; // the cluster's id
    std::string sub; // the user; empty: anybody
    std::string aud;
    std::int64_t iat = 0;
    std::int64_t nbf = 0;
    std::int64_t exp = 0;
    std::string jti;
    std::vector<AccessClaim> access = {};
    std::int64_t user_revision = 0; // of the user's record; 0 for anybody
    std::string access_token;       // id of the one that was logged in with; mostly empty
    std::int64_t seen = 0;          // revision of the state that it was issued from

    [[nodiscard]] std::optional<admin::UserPrincipal> user() const {
        if (sub.empty()) {
            return std::nullopt;
        }
        admin::UserPrincipal principal;
        principal.name = sub;
        principal.revision = Revision(user_revision);
        principal.tokenId = access_token;
        return principal;
    }
};
BOOST_DESCRIBE_STRUCT(TokenClaims, (),
                      (iss, sub, aud, iat, nbf, exp, jti, access, user_revision, access_token, seen))

namespace {

constexpr std::size_t rememberedTokens = 4096;
// Of a token that is remembered; clients ask for one repository, or two for a mount. One for a hundred takes
// 20 KiB here, and thousands of those, which anybody may be given, would fill the memory.
constexpr std::size_t mostRememberedScopes = 8;
constexpr Milliseconds patience{1000}; // for what this replica has not heard of yet
constexpr std::size_t tokenIdBytes = 16;

std::vector<AccessClaim> claimsOf(const std::vector<Scope>& scopes) {
    std::vector<AccessClaim> claims;
    claims.reserve(scopes.size());
    for (const Scope& scope : scopes) {
        claims.push_back({scope.type, scope.name, {scope.actions.begin(), scope.actions.end()}});
    }
    return claims;
}

std::vector<Scope> scopesOf(const std::vector<AccessClaim>& claims) {
    std::vector<Scope> scopes;
    scopes.reserve(claims.size());
    for (const AccessClaim& claim : claims) {
        scopes.push_back({claim.type, claim.name, {claim.actions.begin(), claim.actions.end()}});
    }
    return scopes;
}

std::int64_t secondsOf(WallTime time) {
    return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

WallTime timeOf(std::int64_t seconds) {
    return WallTime(std::chrono::seconds(seconds));
}

tl::unexpected<Error> refused(const char* why) {
    return fail(ErrorCode::unauthorized, std::string("the token ") + why, "Log in again");
}

} // namespace

struct TokenService::Checked {
    TokenClaims claims;
    std::string keyId;
};

TokenService::TokenService(const Clock& clock, const security::Random& random, const state::ReadModel& model,
                           state::StateFollower& follower, const admin::Authenticator& authenticator,
                           state::KeyRing& keys, const ClusterId& cluster)
    : m_clock(clock), m_random(random), m_model(model), m_follower(follower), m_authenticator(authenticator),
      m_keys(keys), m_service(cluster.str()), m_refreshAudience("refresh." + cluster.str()),
      m_verified(rememberedTokens) {}

Result<IssuedToken> TokenService::issue(const std::optional<admin::UserPrincipal>& user,
                                        const std::vector<Scope>& asked) {
    const auto state = m_model.snapshot();
    const auto* record = user ? state->users.find(user->name) : nullptr;
    if (user && (record == nullptr || record->modified != user->revision)) {
        return fail(ErrorCode::unauthorized, "The user was changed a moment ago", "Log in again");
    }
    IssuedToken issued;
    for (const Scope& scope : asked) {
        Scope part = allowedPart(*state, record != nullptr ? &record->record : nullptr, scope);
        if (!part.actions.empty()) {
            issued.access.push_back(std::move(part));
        }
    }
    TokenClaims claims;
    claims.aud = m_service;
    claims.access = claimsOf(issued.access);
    claims.seen = state->revision.value();
    if (user) {
        claims.sub = user->name;
        claims.user_revision = user->revision.value();
        claims.access_token = user->tokenId;
    }
    issued.lifetime = accessLife;
    issued.issuedAt = toRfc3339(std::chrono::floor<std::chrono::seconds>(m_clock.wall()));
    auto token = sign(std::move(claims), accessLife);
    if (!token) {
        return fail(token.error());
    }
    issued.token = std::move(*token);
    return issued;
}

Result<std::string> TokenService::issueRefresh(const admin::UserPrincipal& user) {
    TokenClaims claims;
    claims.aud = m_refreshAudience;
    claims.sub = user.name;
    claims.user_revision = user.revision.value();
    claims.access_token = user.tokenId;
    claims.seen = m_model.snapshot()->revision.value();
    return sign(std::move(claims), refreshLife);
}

Result<std::string> TokenService::sign(TokenClaims claims, std::chrono::seconds lifetime) {
    const auto key = m_keys.newest(*m_model.snapshot());
    if (!key) {
        return fail(ErrorCode::unavailable, key.error().message, key.error().hint);
    }
    claims.iss = m_service;
    claims.iat = secondsOf(m_clock.wall());
    claims.nbf = claims.iat;
    claims.exp = claims.iat + lifetime.count();
    claims.jti = m_random.hex(tokenIdBytes);
    return security::signJwt(*key, api::toJson(claims));
}

std::shared_ptr<const Bearer> TokenService::known(std::string_view token) {
    const std::string hash = security::sha256(token);
    auto bearer = m_verified.find(hash);
    if (bearer && (isOver(bearer->expires) || !holds(bearer->user) ||
                   !state::KeyRing::has(*m_model.snapshot(), bearer->keyId))) {
        m_verified.erase(hash);
        return nullptr;
    }
    return bearer;
}

Awaitable<Result<std::shared_ptr<const Bearer>>> TokenService::verify(std::string token) {
    const auto checked = co_await check(token, m_service);
    if (!checked) {
        co_return fail(checked.error());
    }
    const TokenClaims& claims = checked->claims;
    auto bearer = std::make_shared<Bearer>();
    bearer->user = claims.user();
    bearer->access = scopesOf(claims.access);
    bearer->keyId = checked->keyId;
    bearer->expires = timeOf(claims.exp);
    if (bearer->access.size() <= mostRememberedScopes) {
        m_verified.put(security::sha256(token), bearer);
    }
    co_return bearer;
}

Awaitable<Result<admin::UserPrincipal>> TokenService::verifyRefresh(std::string token) {
    const auto checked = co_await check(std::move(token), m_refreshAudience);
    if (!checked) {
        co_return fail(checked.error());
    }
    auto user = checked->claims.user();
    if (!user) {
        co_return refused("names no user");
    }
    co_return std::move(*user);
}

Awaitable<Result<TokenService::Checked>> TokenService::check(std::string token, std::string audience) {
    const auto parsed = security::parseJwt(token);
    if (!parsed) {
        co_return fail(parsed.error());
    }
    const auto key = co_await keyOf(parsed->keyId);
    if (!key) {
        co_return fail(key.error());
    }
    if (!security::isSignedBy(*parsed, *key)) {
        co_return refused("is not signed by this registry");
    }
    auto claims = read(parsed->claims, audience);
    if (!claims) {
        co_return fail(claims.error());
    }
    const auto user = claims->user();
    const Status confirmed = co_await confirm(user, Revision(claims->seen));
    if (!confirmed) {
        co_return fail(confirmed.error());
    }
    co_return Checked{std::move(*claims), parsed->keyId};
}

// A key that another replica made and used a moment ago may not have come here yet.
Awaitable<Result<security::SigningKey>> TokenService::keyOf(std::string id) {
    auto key = m_keys.find(*m_model.snapshot(), id);
    if (!key && key.error().code == ErrorCode::notFound) {
        const Status fresh = co_await m_follower.readBarrier(patience);
        if (!fresh) {
            co_return fail(ErrorCode::unavailable,
                           "This replica cannot tell whether the token is good: " + fresh.error().message,
                           "Try again in a moment");
        }
        key = m_keys.find(*m_model.snapshot(), id);
    }
    if (!key && key.error().code == ErrorCode::notFound) {
        co_return refused("is not signed by this registry");
    }
    co_return key;
}

Result<TokenClaims> TokenService::read(const std::string& json, const std::string& audience) const {
    auto claims = api::fromJson<TokenClaims>(json);
    if (!claims) {
        return refused("says something that this registry does not write");
    }
    if (claims->iss != m_service || claims->aud != audience) {
        return refused("is for something else");
    }
    if (isOver(timeOf(claims->exp)) || timeOf(claims->nbf) > m_clock.wall() + skew) {
        return refused("has expired");
    }
    return claims;
}

Awaitable<Status> TokenService::confirm(const std::optional<admin::UserPrincipal>& user, Revision seen) {
    if (holds(user)) {
        co_return Status();
    }
    if (seen > m_model.snapshot()->revision) {
        const Status reached = co_await m_follower.waitFor(seen, patience);
        if (!reached) {
            co_return fail(ErrorCode::unavailable, "This replica does not know the token's user yet",
                           "Try again in a moment");
        }
        if (holds(user)) {
            co_return Status();
        }
    }
    co_return refused("is over: its user was changed or removed");
}

bool TokenService::holds(const std::optional<admin::UserPrincipal>& user) const {
    return !user || m_authenticator.stillHolds(*user);
}

} // namespace pilothouse::registry
