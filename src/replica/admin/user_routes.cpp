// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/user_routes.h"

#include "replica/admin/changes.h"
#include "replica/security/password.h"

namespace pilothouse::admin {
namespace {

constexpr std::int64_t longestLifetime = std::int64_t{10} * 365 * 24 * 3600; // s, of an access token

bool isAdmin(const Principal& principal) {
    return mayAccess(principal, Access::admin);
}

// What is done with an access token must not outlive the token: it may have a lifetime, or leak and be
// revoked. So it changes nothing of its own user's by which one logs in.
bool byTokenOf(const Principal& principal, const std::string& name) {
    const auto* user = std::get_if<UserPrincipal>(&principal);
    return user != nullptr && !user->tokenId.empty() && user->name == name;
}

// Of a DELETE, which has no body: ?operation_id=
state::Request requestOf(const Principal& principal, const http::Request& request) {
    return requestOf(principal, std::string(request.parameter("operation_id").value_or("")));
}

http::Awaitable<Result<std::string>> makeVerifier(const Context& context, std::string password) {
    if (auto rules = security::checkPasswordRules(password); !rules) {
        co_return fail(rules.error());
    }
    co_return co_await context.authenticator.passwordWorker().makeVerifier(std::move(password));
}

http::Awaitable<Result<api::User>> createUser(const Context& context, api::CreateUser wanted,
                                              const Principal& principal) {
    auto verifier = co_await makeVerifier(context, std::move(wanted.password));
    if (!verifier) {
        co_return fail(verifier.error());
    }
    auto written = co_await context.users.create(requestOf(principal, wanted.operation_id), wanted.name,
                                                 std::move(*verifier), wanted.role);
    co_return co_await settled(context, std::move(written));
}

http::Awaitable<Result<api::User>> changeUser(const Context& context, api::ChangeUser wanted,
                                              std::string name, const Principal& principal) {
    const auto* user = std::get_if<UserPrincipal>(&principal);
    const bool own = user != nullptr && user->name == name;
    if (!isAdmin(principal) && (!own || wanted.role)) {
        co_return fail(ErrorCode::forbidden, "Only an administrator may change other users or roles");
    }
    if (wanted.password && byTokenOf(principal, name)) {
        co_return fail(ErrorCode::forbidden, "An access token may not change the password of its own user",
                       "Log in with the password to change it");
    }
    state::UserChange change;
    change.role = wanted.role;
    if (wanted.password) {
        auto verifier = co_await makeVerifier(context, std::move(*wanted.password));
        if (!verifier) {
            co_return fail(verifier.error());
        }
        change.verifier = std::move(*verifier);
    }
    const auto request = requestOf(principal, wanted.operation_id);
    auto written = co_await context.users.change(request, name, std::move(change));
    co_return co_await settled(context, std::move(written));
}

http::Awaitable<Result<api::User>> changeGrant(const Context& context, const state::Request& request,
                                               std::string name, state::UserChange change) {
    auto written = co_await context.users.change(request, std::move(name), std::move(change));
    co_return co_await settled(context, std::move(written));
}

http::Awaitable<Result<api::CreatedAccessToken>>
createToken(const Context& context, api::CreateAccessToken wanted, const Principal& principal) {
    const auto* user = std::get_if<UserPrincipal>(&principal);
    if (wanted.user.empty() && user != nullptr) {
        wanted.user = user->name;
    }
    if (!isAdmin(principal) && (user == nullptr || user->name != wanted.user)) {
        co_return fail(ErrorCode::forbidden, "Only an administrator may make access tokens for others");
    }
    if (byTokenOf(principal, wanted.user)) {
        co_return fail(ErrorCode::forbidden, "An access token may not make further ones for its own user",
                       "Log in with the password to make one");
    }
    if (wanted.lifetime_s && (*wanted.lifetime_s < 0 || *wanted.lifetime_s > longestLifetime)) {
        co_return fail(ErrorCode::invalid, "lifetime_s: an access token lives for at most ten years",
                       "Leave lifetime_s out for one that does not expire");
    }
    const auto lifetime =
        wanted.lifetime_s ? std::optional(std::chrono::seconds(*wanted.lifetime_s)) : std::nullopt;
    auto written = co_await context.accessTokens.create(requestOf(principal, wanted.operation_id),
                                                        wanted.user, wanted.description, lifetime);
    co_return co_await settled(context, std::move(written));
}

http::Awaitable<Status> revokeToken(const Context& context, http::Exchange& exchange, std::string id,
                                    const Principal& principal) {
    const auto* user = std::get_if<UserPrincipal>(&principal);
    const std::string owner = isAdmin(principal) || user == nullptr ? std::string() : user->name;
    if (!owner.empty() && !user->tokenId.empty() && user->tokenId != id) {
        co_return fail(ErrorCode::forbidden, "An access token may revoke itself and no other",
                       "Log in with the password to revoke others");
    }
    auto written =
        co_await context.accessTokens.revoke(requestOf(principal, exchange.request()), std::move(id), owner);
    const auto revoked = co_await settled(context, std::move(written));
    co_return revoked ? Status() : fail(revoked.error());
}

http::Awaitable<void> listUsersRoute(const Context& context, http::Exchange& exchange) {
    const auto state = co_await freshState(context);
    const auto users = state ? Result<api::UserList>(state::listUsers(**state)) : fail(state.error());
    co_await answer(exchange, users);
}

http::Awaitable<void> listTokensRoute(const Context& context, http::Exchange& exchange,
                                      const Principal& principal) {
    const auto state = co_await freshState(context);
    const auto* user = std::get_if<UserPrincipal>(&principal);
    const std::string owner = isAdmin(principal) || user == nullptr ? std::string() : user->name;
    const auto tokens =
        state ? Result<api::AccessTokenList>(state::listAccessTokens(**state, owner)) : fail(state.error());
    co_await answer(exchange, tokens);
}

const std::string& named(const http::PathParameters& parameters, std::string_view name) {
    return parameters.find(name)->second; // the route has it
}

void addUsers(http::Router& router, const Context& context) {
    router.add("GET", "/api/v0/users",
               guarded(context, Access::admin,
                       [&context](http::Exchange& exchange, const http::PathParameters&, const Principal&) {
                           return listUsersRoute(context, exchange);
                       }));
    router.add("POST", "/api/v0/users",
               guarded(context, Access::admin,
                       [&context](http::Exchange& exchange, const http::PathParameters&,
                                  const Principal& principal) -> http::Awaitable<void> {
                           const auto wanted = co_await readJson<api::CreateUser>(exchange);
                           if (!wanted) {
                               co_return;
                           }
                           const auto created = co_await createUser(context, *wanted, principal);
                           co_await answer(exchange, created, 201);
                       }));
    router.add("PATCH", "/api/v0/users/{name}",
               guarded(context, Access::user,
                       [&context](http::Exchange& exchange, const http::PathParameters& parameters,
                                  const Principal& principal) -> http::Awaitable<void> {
                           const auto wanted = co_await readJson<api::ChangeUser>(exchange);
                           if (!wanted) {
                               co_return;
                           }
                           const auto changed =
                               co_await changeUser(context, *wanted, named(parameters, "name"), principal);
                           co_await answer(exchange, changed);
                       }));
    router.add("DELETE", "/api/v0/users/{name}",
               guarded(context, Access::admin,
                       [&context](http::Exchange& exchange, const http::PathParameters& parameters,
                                  const Principal& principal) -> http::Awaitable<void> {
                           auto written = co_await context.users.remove(
                               requestOf(principal, exchange.request()), named(parameters, "name"));
                           const auto removed = co_await settled(context, std::move(written));
                           const Status done = removed ? Status() : fail(removed.error());
                           co_await answer(exchange, done);
                       }));
}

void addGrants(http::Router& router, const Context& context) {
    constexpr auto pattern = "/api/v0/users/{name}/grants/{repository}";
    router.add("PUT", pattern,
               guarded(context, Access::admin,
                       [&context](http::Exchange& exchange, const http::PathParameters& parameters,
                                  const Principal& principal) -> http::Awaitable<void> {
                           const auto wanted = co_await readJson<api::PutGrant>(exchange);
                           if (!wanted) {
                               co_return;
                           }
                           state::UserChange change;
                           change.grant = api::Grant{named(parameters, "repository"), wanted->role};
                           const auto request = requestOf(principal, wanted->operation_id);
                           const auto user = co_await changeGrant(context, request, named(parameters, "name"),
                                                                  std::move(change));
                           co_await answer(exchange, user);
                       }));
    router.add("DELETE", pattern,
               guarded(context, Access::admin,
                       [&context](http::Exchange& exchange, const http::PathParameters& parameters,
                                  const Principal& principal) -> http::Awaitable<void> {
                           state::UserChange change;
                           change.revoke = named(parameters, "repository");
                           const auto request = requestOf(principal, exchange.request());
                           const auto user = co_await changeGrant(context, request, named(parameters, "name"),
                                                                  std::move(change));
                           co_await answer(exchange, user);
                       }));
}

void addTokens(http::Router& router, const Context& context) {
    router.add("GET", "/api/v0/tokens",
               guarded(context, Access::user,
                       [&context](http::Exchange& exchange, const http::PathParameters&,
                                  const Principal& principal) {
                           return listTokensRoute(context, exchange, principal);
                       }));
    router.add("POST", "/api/v0/tokens",
               guarded(context, Access::user,
                       [&context](http::Exchange& exchange, const http::PathParameters&,
                                  const Principal& principal) -> http::Awaitable<void> {
                           const auto wanted = co_await readJson<api::CreateAccessToken>(exchange);
                           if (!wanted) {
                               co_return;
                           }
                           const auto created = co_await createToken(context, *wanted, principal);
                           co_await answer(exchange, created, 201);
                       }));
    router.add("DELETE", "/api/v0/tokens/{id}",
               guarded(context, Access::user,
                       [&context](http::Exchange& exchange, const http::PathParameters& parameters,
                                  const Principal& principal) -> http::Awaitable<void> {
                           const Status revoked =
                               co_await revokeToken(context, exchange, named(parameters, "id"), principal);
                           co_await answer(exchange, revoked);
                       }));
}

} // namespace

void addUserRoutes(http::Router& router, const Context& context) {
    addUsers(router, context);
    addGrants(router, context);
    addTokens(router, context);
}

} // namespace pilothouse::admin
