// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/token_routes.h"

#include "api/json_codec.h"
#include "replica/http/url.h"
#include "replica/registry/answers.h"
#include "replica/registry/login_answers.h"

#include <boost/describe/class.hpp>

#include <optional>
#include <utility>

namespace pilothouse::registry {

using http::Awaitable;

// What clients are given; GET's are called `token`, POST's `access_token`, so both are there.
struct TokenAnswer {
    std::string token;
    std::string access_token;
    std::string scope; // what of it is allowed
    std::int64_t expires_in = 0;
    std::string issued_at;
    std::optional<std::string> refresh_token;
};
BOOST_DESCRIBE_STRUCT(TokenAnswer, (), (token, access_token, scope, expires_in, issued_at, refresh_token))

namespace {

constexpr std::size_t largestForm = std::size_t{64} * 1024;

struct Uses {
    admin::Authenticator& authenticator;
    TokenService& tokens;
};

// The fields of a query or a form.
using Fields = std::vector<std::pair<std::string, std::string>>;

std::string valueOf(const Fields& fields, std::string_view name) {
    for (const auto& [field, value] : fields) {
        if (field == name) {
            return value;
        }
    }
    return {};
}

std::vector<Scope> scopesIn(const Fields& fields) {
    std::vector<std::string_view> parameters;
    for (const auto& [field, value] : fields) {
        if (field == "scope") {
            parameters.emplace_back(value);
        }
    }
    return parseScopes(parameters);
}

std::string textOf(const std::vector<Scope>& scopes) {
    std::string text;
    for (const Scope& scope : scopes) {
        text += (text.empty() ? "" : " ") + toText(scope);
    }
    return text;
}

http::Response refusal(const admin::Denied& denied) {
    auto response = loginAnswer(denied);
    if (response.status == 401) {
        response.headers.set("WWW-Authenticate", "Basic realm=\"Pilothouse\", charset=\"UTF-8\"");
    }
    return response;
}

http::Response refusal(const Error& error) {
    if (error.code == ErrorCode::exhausted || error.code == ErrorCode::invalid) {
        return faultAnswer(Fault::unsupported, error.text(), {}, 400);
    }
    return refusal(admin::Denied{error, std::nullopt});
}

// A token for the user, or for anybody. `refreshToken`: what goes with it.
http::Response tokenAnswer(const Uses& uses, const std::optional<admin::UserPrincipal>& user,
                           const std::vector<Scope>& scopes, std::optional<std::string> refreshToken) {
    const auto issued = uses.tokens.issue(user, scopes);
    if (!issued) {
        return refusal(issued.error());
    }
    TokenAnswer body;
    body.token = issued->token;
    body.access_token = issued->token;
    body.scope = textOf(issued->access);
    body.expires_in = issued->lifetime.count();
    body.issued_at = issued->issuedAt;
    body.refresh_token = std::move(refreshToken);
    auto response = emptyAnswer(200);
    response.headers.set("Content-Type", "application/json");
    response.body = api::toJson(body);
    return response;
}

// The same, with a new refresh token where one is asked for.
http::Response tokensAnswer(const Uses& uses, const std::optional<admin::UserPrincipal>& user,
                            const std::vector<Scope>& scopes, bool refresh) {
    if (!user || !refresh) {
        return tokenAnswer(uses, user, scopes, std::nullopt);
    }
    auto token = uses.tokens.issueRefresh(*user);
    return token ? tokenAnswer(uses, user, scopes, std::move(*token)) : refusal(token.error());
}

// Members come by their certificate and need no token: theirs is one for anybody.
std::optional<admin::UserPrincipal> userOf(const admin::Principal& principal) {
    const auto* user = std::get_if<admin::UserPrincipal>(&principal);
    return user != nullptr ? std::optional(*user) : std::nullopt;
}

Awaitable<http::Response> byQuery(const Uses& uses, const http::Request& request) {
    const auto scopes = scopesIn(request.query);
    if (!request.headers.find("Authorization")) {
        co_return tokenAnswer(uses, std::nullopt, scopes, std::nullopt);
    }
    const auto principal = co_await uses.authenticator.authenticate(request);
    if (!principal) {
        co_return refusal(principal.error());
    }
    const bool refresh = request.parameter("offline_token") == "true";
    co_return tokensAnswer(uses, userOf(*principal), scopes, refresh);
}

Awaitable<http::Response> byPassword(const Uses& uses, const http::Request& request, const Fields& form) {
    auto user = valueOf(form, "username");
    auto password = valueOf(form, "password");
    const auto principal =
        co_await uses.authenticator.authenticate(request.remote, std::move(user), std::move(password));
    if (!principal) {
        co_return refusal(principal.error());
    }
    const bool refresh = valueOf(form, "access_type") == "offline";
    co_return tokensAnswer(uses, userOf(*principal), scopesIn(form), refresh);
}

// The refresh token stays the same: its user logs in anew when its 30 days are over.
Awaitable<http::Response> byRefreshToken(const Uses& uses, const Fields& form) {
    auto token = valueOf(form, "refresh_token");
    const auto user = co_await uses.tokens.verifyRefresh(token);
    if (!user) {
        co_return refusal(user.error());
    }
    co_return tokenAnswer(uses, *user, scopesIn(form), std::move(token));
}

bool isForm(const http::Request& request) {
    const auto type = request.headers.value("Content-Type");
    return http::equalsIgnoringCase(type.substr(0, type.find_first_of("; \t")),
                                    "application/x-www-form-urlencoded");
}

Awaitable<http::Response> byForm(const Uses& uses, http::Exchange& exchange) {
    if (!isForm(exchange.request())) {
        co_return faultAnswer(Fault::unsupported,
                              "The body must be a form: send Content-Type: application/x-www-form-urlencoded",
                              {}, 415);
    }
    const auto body = co_await exchange.readAll(largestForm);
    if (!body) {
        const bool tooLarge = body.error().code == ErrorCode::exhausted;
        const int other = body.error().code == ErrorCode::timeout ? 408 : 400;
        co_return faultAnswer(Fault::unsupported, body.error().message, {}, tooLarge ? 413 : other);
    }
    const auto form = http::parseQuery(*body);
    if (!form) {
        co_return faultAnswer(Fault::unsupported, "The form is malformed: " + form.error().message, {}, 400);
    }
    const auto kind = valueOf(*form, "grant_type");
    if (kind == "password") {
        co_return co_await byPassword(uses, exchange.request(), *form);
    }
    if (kind == "refresh_token") {
        co_return co_await byRefreshToken(uses, *form);
    }
    co_return faultAnswer(Fault::unsupported, "grant_type must be password or refresh_token", {}, 400);
}

// Neither tokens nor refusals are for caches on the way.
Awaitable<void> send(http::Exchange& exchange, http::Response response) {
    response.headers.set("Cache-Control", "no-store");
    co_await answer(exchange, std::move(response));
}

} // namespace

void addTokenRoutes(http::Router& router, admin::Authenticator& authenticator, TokenService& tokens) {
    const Uses uses{authenticator, tokens};
    router.add("GET", "/auth/token",
               [uses](http::Exchange& exchange, const http::PathParameters&) -> Awaitable<void> {
                   auto response = co_await byQuery(uses, exchange.request());
                   co_await send(exchange, std::move(response));
               });
    router.add("POST", "/auth/token",
               [uses](http::Exchange& exchange, const http::PathParameters&) -> Awaitable<void> {
                   auto response = co_await byForm(uses, exchange);
                   co_await send(exchange, std::move(response));
               });
}

} // namespace pilothouse::registry
