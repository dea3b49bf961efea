// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/authorizer.h"

#include "replica/registry/answers.h"
#include "replica/registry/login_answers.h"
#include "replica/registry/names.h"
#include "replica/registry/pass_on.h"
#include "replica/security/secret_token.h"
#include "replica/state/settings.h"

#include <algorithm>
#include <utility>

namespace pilothouse::registry {

using http::Awaitable;

namespace {

constexpr std::string_view bearerScheme = "bearer ";
constexpr std::size_t longestHost = 255;

// The token of "Bearer …"; empty when something else, or nothing, is sent. Access tokens are logins.
std::string_view tokenIn(std::string_view header) {
    if (!http::equalsIgnoringCase(header.substr(0, bearerScheme.size()), bearerScheme)) {
        return {};
    }
    const auto token = header.substr(bearerScheme.size());
    return security::looksLikeAccessToken(token) ? std::string_view() : token;
}

// What a Host field may be to stand in an address of ours: name or IP literal, and a port.
bool isHost(std::string_view text) {
    return !text.empty() && text.size() <= longestHost && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-' || c == ':' || c == '[' || c == ']';
    });
}

bool names(const std::vector<Scope>& access, const Scope& wanted, Action action) {
    return std::any_of(access.begin(), access.end(), [&](const Scope& scope) {
        return scope.type == wanted.type && scope.name == wanted.name &&
               scope.actions.contains(nameOf(action));
    });
}

Scope scopeOf(const std::string& repository, const std::set<Action>& actions) {
    Scope scope{"repository", repository, {}};
    if (actions.contains(Action::list)) {
        scope = {"registry", "catalog", {}};
    }
    for (const Action action : actions) {
        scope.actions.emplace(nameOf(action));
    }
    return scope;
}

} // namespace

// What is asked for, and by which request.
struct Authorizer::Wish {
    const http::Request& request;
    std::string repository;
    std::set<Action> actions;

    [[nodiscard]] Scope scope() const { return scopeOf(repository, actions); }
    [[nodiscard]] bool isAllowedTo(const state::Snapshot& state, const state::UserRecord* user) const {
        return std::all_of(actions.begin(), actions.end(),
                           [&](Action action) { return isAllowed(state, user, repository, action); });
    }
    // Lets in who may do it at other times, too. Members are not asked: what they pass on was let in.
    [[nodiscard]] Outcome admit(const state::Snapshot& state, std::string user) const {
        const bool writes = actions.contains(Action::push) || actions.contains(Action::remove);
        if (writes && state::settingSwitch(state, state::setting::readOnlyRegistry)) {
            return tl::unexpected(readOnly(scope()));
        }
        return Granted{std::move(user)};
    }
};

Awaitable<Authorizer::Outcome> Authorizer::authorize(const http::Request& request, std::string repository,
                                                     std::set<Action> actions) const {
    if (m_authenticator.memberOf(request)) {
        co_return Granted{std::string(request.headers.value(onBehalfOf)),
                          std::string(request.headers.value(clientAddress))};
    }
    const Wish wish{request, std::move(repository), std::move(actions)};
    const auto header = request.headers.find("Authorization");
    if (!header) {
        co_return anonymous(wish);
    }
    if (const auto token = tokenIn(*header); !token.empty()) {
        if (const auto bearer = m_tokens.known(token)) {
            co_return judge(wish, *bearer);
        }
        co_return co_await byToken(wish, std::string(token));
    }
    co_return co_await byLogin(wish);
}

Authorizer::Outcome Authorizer::anonymous(const Wish& wish) const {
    // The bare address is where clients look for the challenge.
    if (wish.actions.empty() || !wish.isAllowedTo(*m_model.snapshot(), nullptr)) {
        return tl::unexpected(challenge(wish, "A login is required"));
    }
    return Granted{};
}

Awaitable<Authorizer::Outcome> Authorizer::byToken(const Wish& wish, std::string token) const {
    const auto bearer = co_await m_tokens.verify(std::move(token));
    if (bearer) {
        co_return judge(wish, **bearer);
    }
    const Error& error = bearer.error();
    co_return tl::unexpected(error.code == ErrorCode::unauthorized
                                 ? challenge(wish, error.text(), "invalid_token")
                                 : errorAnswer(error, Fault::unauthorized));
}

// The token limits what its user may do, and the state what it may do still.
Authorizer::Outcome Authorizer::judge(const Wish& wish, const Bearer& bearer) const {
    const auto state = m_model.snapshot();
    const auto* user = bearer.user ? state->users.find(bearer.user->name) : nullptr;
    const bool mayNow = wish.isAllowedTo(*state, user != nullptr ? &user->record : nullptr);
    if (!mayNow && bearer.user) {
        return tl::unexpected(notAllowed(bearer.user->name, wish.scope()));
    }
    const Scope scope = wish.scope();
    const bool named = std::all_of(wish.actions.begin(), wish.actions.end(),
                                   [&](Action action) { return names(bearer.access, scope, action); });
    if (!mayNow || !named) {
        return tl::unexpected(challenge(wish, "The token does not allow this", "insufficient_scope"));
    }
    return wish.admit(*state, bearer.user ? bearer.user->name : std::string());
}

Awaitable<Authorizer::Outcome> Authorizer::byLogin(const Wish& wish) const {
    const auto principal = co_await m_authenticator.authenticate(wish.request);
    if (!principal) {
        const auto& error = principal.error().error;
        co_return tl::unexpected(error.code == ErrorCode::unauthorized ? challenge(wish, error.text())
                                                                       : loginAnswer(principal.error()));
    }
    const auto* user = std::get_if<admin::UserPrincipal>(&*principal);
    const auto state = m_model.snapshot();
    const auto* record = user != nullptr ? state->users.find(user->name) : nullptr;
    if (record == nullptr) {
        co_return tl::unexpected(challenge(wish, "A login is required"));
    }
    if (!wish.isAllowedTo(*state, &record->record)) {
        co_return tl::unexpected(notAllowed(user->name, wish.scope()));
    }
    co_return wish.admit(*state, user->name);
}

http::Response Authorizer::challenge(const Wish& wish, const std::string& sentence,
                                     std::string_view error) const {
    std::string text = "Bearer realm=\"" + externalBase(*m_model.snapshot(), wish.request, m_self) +
                       "/auth/token\",service=\"" + m_tokens.service() + '"';
    std::string scope;
    // A name that is none could hold a quote.
    if (!wish.actions.empty() && (wish.actions.contains(Action::list) || isRepositoryName(wish.repository))) {
        scope = toText(wish.scope());
        text += ",scope=\"" + scope + '"';
    }
    if (!error.empty()) {
        text += ",error=\"" + std::string(error) + '"';
    }
    auto response = faultAnswer(Fault::unauthorized, sentence, scope);
    response.headers.set("WWW-Authenticate", text);
    return response;
}

std::string externalBase(const state::Snapshot& state, const http::Request& request, const ReplicaId& self) {
    std::string base = state.cluster ? state.cluster->record.external_url.value_or("") : std::string();
    if (base.empty()) {
        if (const auto host = request.headers.value("Host"); isHost(host)) {
            return "https://" + std::string(host);
        }
        const auto* member = state.members.find(self.str());
        base = member != nullptr ? member->record.url : "https://localhost";
    }
    while (base.ends_with('/')) {
        base.pop_back();
    }
    return base;
}

} // namespace pilothouse::registry
