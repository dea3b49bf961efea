// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/access_tokens.h"

#include "api/events.h"
#include "replica/security/secret_token.h"
#include "replica/state/keys.h"
#include "replica/state/names.h"

#include <utility>

namespace pilothouse::state {

using engine::Awaitable;
using engine::Compare;

namespace {

constexpr std::chrono::seconds shortestLifetime{60};

EventRecord tokenEvent(std::string_view kind, const AccessTokenRecord& token, const char* done,
                       const std::string& actor) {
    EventRecord event;
    event.kind = kind;
    event.subject = token.user;
    event.subject_name = token.user;
    const std::string described = token.description.empty() ? "" : " (" + token.description + ")";
    event.message = "Access token " + token.id + described + " of user " + token.user + " was " + done +
                    (actor.empty() ? "" : " by " + actor);
    return event;
}

// The context that binds the sealed secret of an outcome to its token.
std::string sealContext(const std::string& id) {
    return "outcome of " + keys::of(keys::accessTokens, id);
}

// What a retry is told: the token without its hash.
std::string outcomeOf(AccessTokenRecord record) {
    record.hash.clear();
    return encode(record);
}

} // namespace

Awaitable<Result<Written<api::CreatedAccessToken>>>
AccessTokenService::create(Request request, std::string user, std::string description,
                           std::optional<std::chrono::seconds> lifetime) {
    if (const Status fine = checkDescription(description); !fine) {
        co_return fail(fine.error());
    }
    if (lifetime && *lifetime < shortestLifetime) {
        co_return fail(ErrorCode::invalid, "an access token lives for at least 60 seconds");
    }
    const security::NewSecret secret = security::newAccessToken(m_writer.random());
    AccessTokenRecord record;
    record.id = security::accessTokenId(secret.hash);
    record.user = user;
    record.description = description;
    record.hash = secret.hash;
    record.created_at = m_writer.now();
    std::int64_t lease = 0;
    std::string words = user + ": " + description;
    if (lifetime) {
        const Result<std::int64_t> granted =
            co_await m_writer.engine().grantLease(*lifetime, request.deadline);
        if (!granted) {
            co_return fail(granted.error());
        }
        lease = *granted;
        record.expires_at = toRfc3339(m_writer.clock().wall() + *lifetime);
        words += " for " + std::to_string(lifetime->count()) + " s";
    }
    const std::string actor = request.actor;
    StateWriter::Prepare prepare = [&](const Deadline& deadline) {
        return prepareCreate(record, secret.text, lease, actor, deadline);
    };
    const Result<Committed> committed =
        co_await m_writer.write(std::move(request), "token-create", words, std::move(prepare));
    co_return created(committed);
}

Awaitable<Result<Change>> AccessTokenService::prepareCreate(const AccessTokenRecord& record,
                                                            const std::string& secret, std::int64_t lease,
                                                            const std::string& actor,
                                                            const Deadline& deadline) {
    const Result<engine::Entry> user =
        co_await readEntry(m_writer.engine(), keys::of(keys::users, record.user), deadline);
    if (!user) {
        co_return fail(user.error().code == ErrorCode::notFound
                           ? Error{ErrorCode::notFound, "there is no user " + record.user, {}}
                           : user.error());
    }
    const std::string key = keys::of(keys::accessTokens, record.id);
    Change change;
    change.compares = {Compare::unchanged(user->key, user->modified), Compare::absent(key)};
    change.operations.emplace_back(engine::Put{key, encode(record), lease});
    change.event = tokenEvent(api::event::tokenCreated, record, "created", actor);
    change.outcome = outcomeOf(record);
    change.sealed = m_box.seal(secret, sealContext(record.id), m_writer.random());
    co_return change;
}

Result<Written<api::CreatedAccessToken>>
AccessTokenService::created(const Result<Committed>& committed) const {
    if (!committed) {
        return fail(committed.error());
    }
    const Result<AccessTokenRecord> record = decode<AccessTokenRecord>(committed->outcome);
    if (!record) {
        return failIn("outcome", record.error());
    }
    Result<std::string> secret = m_box.open(committed->sealed, sealContext(record->id));
    if (!secret) {
        return failIn("outcome", secret.error());
    }
    api::CreatedAccessToken answer;
    answer.token = toApi(*record);
    answer.secret = std::move(*secret);
    return Written<api::CreatedAccessToken>{std::move(answer), committed->revision, committed->repeated};
}

Awaitable<Result<Written<api::AccessToken>>> AccessTokenService::revoke(Request request, std::string id,
                                                                        std::string owner) {
    const std::string actor = request.actor;
    StateWriter::Prepare prepare = [&](const Deadline& deadline) {
        return prepareRevoke(id, owner, actor, deadline);
    };
    const Result<Committed> committed =
        co_await m_writer.write(std::move(request), "token-revoke", id, std::move(prepare));
    const auto shown = [](const AccessTokenRecord& record) { return toApi(record); };
    co_return writtenRecord<AccessTokenRecord>(committed, shown);
}

Awaitable<Result<Change>> AccessTokenService::prepareRevoke(const std::string& id, const std::string& owner,
                                                            const std::string& actor,
                                                            const Deadline& deadline) {
    const Result<engine::Entry> entry =
        co_await readEntry(m_writer.engine(), keys::of(keys::accessTokens, id), deadline);
    if (!entry && entry.error().code != ErrorCode::notFound) {
        co_return fail(entry.error());
    }
    const Result<AccessTokenRecord> record =
        entry ? decode<AccessTokenRecord>(entry->value) : Result<AccessTokenRecord>(fail(entry.error()));
    // Another user's token is not told apart from none.
    if (!entry || (record && !owner.empty() && record->user != owner)) {
        co_return fail(ErrorCode::notFound, "there is no access token " + id);
    }
    if (!record) {
        co_return failIn("access token " + id, record.error());
    }
    Change change;
    change.compares = {Compare::unchanged(entry->key, entry->modified)};
    change.operations.emplace_back(engine::Delete{entry->key, {}});
    change.event = tokenEvent(api::event::tokenRevoked, *record, "revoked", actor);
    change.outcome = outcomeOf(*record);
    co_return change;
}

Result<TokenOwner> AccessTokenService::verify(const Snapshot& snapshot, std::string_view secret) {
    const std::string hash = security::hashSecret(secret);
    const Stored<AccessTokenRecord>* token = snapshot.accessTokens.find(security::accessTokenId(hash));
    if (token == nullptr || !security::secretMatches(secret, token->record.hash)) {
        return fail(ErrorCode::unauthorized, "this access token is not known",
                    "It was revoked or has expired");
    }
    const Stored<UserRecord>* user = snapshot.users.find(token->record.user);
    // A token that is older than its user was made for another user of that name.
    if (user == nullptr || token->created < user->created) {
        return fail(ErrorCode::unauthorized, "the user of this access token is gone");
    }
    return TokenOwner{user->record.name, user->record.role, token->record.id};
}

api::AccessTokenList listAccessTokens(const Snapshot& snapshot, std::string_view owner) {
    api::AccessTokenList list;
    for (const auto& [id, token] : snapshot.accessTokens.all()) {
        if (owner.empty() || token.record.user == owner) {
            list.tokens.push_back(toApi(token.record));
        }
    }
    return list;
}

} // namespace pilothouse::state
