// SPDX-License-Identifier: GPL-3.0-or-later
// Lets requests to the registry in, or says how to log in.
#pragma once

#include "replica/admin/authenticator.h"
#include "replica/http/exchange.h"
#include "replica/registry/access.h"
#include "replica/registry/tokens.h"
#include "replica/state/read_model.h"

#include <set>
#include <string>

namespace pilothouse::registry {

// Clients come with a token of /auth/token, with HTTP Basic (a password or an access token), with an access
// token as Bearer, as members with their certificate, or without a login. Thread-safe; all that it works with
// must outlive it.
class Authorizer {
public:
    using Outcome = tl::expected<Granted, http::Response>;

    Authorizer(admin::Authenticator& authenticator, TokenService& tokens, const state::ReadModel& model,
               ReplicaId self)
        : m_authenticator(authenticator), m_tokens(tokens), m_model(model), m_self(std::move(self)) {}

    // Whether the client may do all of `actions` in the repository. Without a repository and actions: whether
    // it is known, or at least has a token. Else the answer: 401 with a challenge that names the scope, where
    // another token or a login can help, 403 where the user may not or the registry is read-only, 429 and
    // 503 as logins have them.
    [[nodiscard]] http::Awaitable<Outcome> authorize(const http::Request& request, std::string repository,
                                                     std::set<Action> actions) const;

private:
    struct Wish;
    [[nodiscard]] http::Awaitable<Outcome> byToken(const Wish& wish, std::string token) const;
    [[nodiscard]] http::Awaitable<Outcome> byLogin(const Wish& wish) const;
    [[nodiscard]] Outcome anonymous(const Wish& wish) const;
    [[nodiscard]] Outcome judge(const Wish& wish, const Bearer& bearer) const;
    [[nodiscard]] http::Response challenge(const Wish& wish, const std::string& sentence,
                                           std::string_view error = {}) const;

    admin::Authenticator& m_authenticator;
    TokenService& m_tokens;
    const state::ReadModel& m_model;
    const ReplicaId m_self;
};

// Where clients reach this cluster: its external address; without one, the host that the request names; else
// the address of the replica `self`. Without a slash at its end.
[[nodiscard]] std::string externalBase(const state::Snapshot& state, const http::Request& request,
                                       const ReplicaId& self);

} // namespace pilothouse::registry
