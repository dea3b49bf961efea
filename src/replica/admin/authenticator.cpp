// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/authenticator.h"

#include "base/encoding.h"
#include "replica/security/certificates.h"
#include "replica/security/password.h"
#include "replica/security/secret_token.h"
#include "replica/state/access_tokens.h"

namespace pilothouse::admin {
namespace {

constexpr std::string_view basicScheme = "basic ";
constexpr std::string_view bearerScheme = "bearer ";
constexpr int waitingOfOneSource = 8; // passwords, of the 32 that may wait at all

tl::unexpected<Denied> denied(std::string message, std::string hint = {}) {
    return tl::unexpected<Denied>(
        Denied{{ErrorCode::unauthorized, std::move(message), std::move(hint)}, std::nullopt});
}

tl::unexpected<Denied> wrongCredentials() {
    return denied("The user name or password is wrong");
}

tl::unexpected<Denied> notNow(ErrorCode code, std::string message, std::chrono::seconds retryAfter) {
    return tl::unexpected<Denied>(Denied{{code, std::move(message), {}}, retryAfter});
}

// Nobody can be told from anybody before; a 401 would make clients throw good credentials away.
bool isKnown(const state::Snapshot& state) {
    return state.revision != Revision();
}

tl::unexpected<Denied> stillStarting() {
    return notNow(ErrorCode::unavailable, "This replica does not know the users yet: it is starting",
                  std::chrono::seconds(1));
}

bool startsWithScheme(std::string_view header, std::string_view scheme) {
    return header.size() > scheme.size() && http::equalsIgnoringCase(header.substr(0, scheme.size()), scheme);
}

// "192.0.2.1:40312" or "[2001:db8::1]:40312" without the port, which is another one for each connection.
std::string sourceOf(std::string_view remote) {
    remote = remote.substr(0, remote.rfind(':'));
    if (remote.starts_with('[') && remote.ends_with(']')) {
        remote = remote.substr(1, remote.size() - 2);
    }
    return security::LoginThrottle::sourceOf(remote);
}

} // namespace

Authenticator::Authenticator(const Clock& clock, const security::Random& random,
                             const state::ReadModel& model, ClusterId cluster)
    : m_clock(clock), m_model(model), m_cluster(std::move(cluster)), m_cache(clock, random),
      m_waiting(waitingOfOneSource) {}

boost::asio::awaitable<Authenticator::Outcome> Authenticator::authenticate(const http::Request& request) {
    if (auto replica = memberOf(request)) {
        co_return Principal(*replica);
    }
    const std::string_view header = request.headers.value("Authorization");
    const bool bearer = startsWithScheme(header, bearerScheme);
    if (!bearer && !startsWithScheme(header, basicScheme)) {
        co_return denied("A login is required",
                         "Send a user name with a password or an access token (HTTP Basic)");
    }
    if (bearer) {
        const auto state = m_model.snapshot();
        const std::string token(header.substr(bearerScheme.size()));
        co_return isKnown(*state) ? byToken(*state, {}, token) : Outcome(stillStarting());
    }
    const auto decoded = fromBase64(header.substr(basicScheme.size()));
    const auto colon = decoded ? decoded->find(':') : std::string::npos;
    if (colon == std::string::npos) {
        co_return denied("The Authorization header is not HTTP Basic (RFC 7617)");
    }
    std::string user = decoded->substr(0, colon);
    std::string secret = decoded->substr(colon + 1);
    co_return co_await authenticate(request.remote, std::move(user), std::move(secret));
}

boost::asio::awaitable<Authenticator::Outcome>
Authenticator::authenticate(std::string remote, std::string user, std::string secret) {
    const auto state = m_model.snapshot();
    if (!isKnown(*state)) {
        co_return stillStarting();
    }
    if (security::looksLikeAccessToken(secret)) {
        co_return byToken(*state, user, secret);
    }
    co_return co_await byPassword(*state, sourceOf(remote), std::move(user), std::move(secret));
}

bool Authenticator::stillHolds(const Principal& principal) const {
    const auto state = m_model.snapshot();
    if (const auto* replica = std::get_if<ReplicaPrincipal>(&principal)) {
        return state->members.find(replica->id.str()) != nullptr;
    }
    const auto* user = std::get_if<UserPrincipal>(&principal);
    if (user == nullptr) {
        return true;
    }
    const auto* record = state->users.find(user->name);
    return record != nullptr && record->modified == user->revision &&
           (user->tokenId.empty() || isValid(*state, user->tokenId));
}

std::optional<ReplicaPrincipal> Authenticator::memberOf(const http::Request& request) const {
    if (request.peer == nullptr) {
        return std::nullopt;
    }
    const auto state = m_model.snapshot();
    for (const auto& [id, member] : state->members.all()) {
        if (request.peer->hasUri(security::replicaUri({m_cluster, ReplicaId(id)}))) {
            return ReplicaPrincipal{ReplicaId(id)};
        }
    }
    return std::nullopt; // a removed member's certificate opens nothing
}

bool Authenticator::isFormerMember(const http::Request& request) const {
    if (request.peer == nullptr) {
        return false;
    }
    const auto state = m_model.snapshot();
    const auto& former = state->former.all();
    return std::any_of(former.begin(), former.end(), [&](const auto& each) {
        return request.peer->hasUri(security::replicaUri({m_cluster, ReplicaId(each.first)}));
    });
}

Authenticator::Outcome Authenticator::byToken(const state::Snapshot& state, const std::string& user,
                                              const std::string& token) const {
    const auto owner = state::AccessTokenService::verify(state, token);
    if (!owner || (!user.empty() && user != owner->user) || !isValid(state, owner->tokenId)) {
        return denied("The access token is not valid",
                      "It may have expired or been revoked: create a new one");
    }
    // verify() found both in this snapshot.
    return Principal(
        UserPrincipal{owner->user, owner->role, state.users.find(owner->user)->modified, owner->tokenId});
}

bool Authenticator::isValid(const state::Snapshot& state, const std::string& tokenId) const {
    const auto* token = state.accessTokens.find(tokenId);
    if (token == nullptr || !token->record.expires_at) {
        return token != nullptr;
    }
    // A lease removes it; this only covers a read model that has not heard of that, as without quorum.
    const auto at = parseRfc3339(*token->record.expires_at);
    return at && *at >= m_clock.wall();
}

boost::asio::awaitable<Authenticator::Outcome> Authenticator::byPassword(const state::Snapshot& state,
                                                                         std::string source, std::string user,
                                                                         std::string password) {
    const auto* record = state.users.find(user);
    // Unknown users cost as much as known ones, so that the time of the answer tells nothing.
    const std::string verifier = record != nullptr ? record->record.verifier : security::decoyVerifier();
    if (record != nullptr && m_cache.knows(user, password, verifier)) {
        co_return Principal(UserPrincipal{user, record->record.role, record->modified, {}});
    }
    if (record != nullptr && m_cache.knew(user, password, verifier)) {
        const auto verified =
            co_await m_worker.verify(password, verifier, source, security::PasswordWorker::Order::preferred);
        co_return judge(verified, user, password, verifier);
    }
    const auto place = m_waiting.enter(source);
    if (!place) {
        co_return notNow(ErrorCode::exhausted, "Too many logins from here wait to be checked",
                         std::chrono::seconds(1));
    }
    const auto wait = m_throttle.admit(source, user, m_clock.monotonic());
    if (wait.count() > 0) {
        co_return notNow(ErrorCode::exhausted, "Too many failed logins from here for this user",
                         std::chrono::ceil<std::chrono::seconds>(wait));
    }
    auto verified = co_await m_worker.verify(password, verifier, source);
    if (verified && record == nullptr) {
        verified = false;
    }
    if (verified && *verified) {
        m_throttle.succeeded(source, user);
    } else if (verified) {
        m_throttle.failed(source, user, m_clock.monotonic());
    }
    co_return judge(verified, user, password, verifier);
}

// After a wait in the queue: the user may have been changed or removed meanwhile.
Authenticator::Outcome Authenticator::judge(const Result<bool>& verified, const std::string& user,
                                            const std::string& password, const std::string& verifier) {
    if (!verified) {
        return notNow(verified.error().code, verified.error().message, std::chrono::seconds(1));
    }
    const auto state = m_model.snapshot();
    const auto* record = state->users.find(user);
    if (!*verified || record == nullptr || record->record.verifier != verifier) {
        return wrongCredentials();
    }
    m_cache.remember(user, password, verifier);
    return Principal(UserPrincipal{user, record->record.role, record->modified, {}});
}

} // namespace pilothouse::admin
