// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/users.h"

#include "api/events.h"
#include "replica/state/keys.h"
#include "replica/state/names.h"
#include "replica/state/repository_pattern.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace pilothouse::state {

using engine::Awaitable;
using engine::Compare;

namespace {

// A transaction must stay small; tokens beyond are harmless, see AccessTokenService::verify.
constexpr std::size_t maxTokensRemoved = 100;
constexpr std::size_t maxGrants = 100; // of one user

const char* wordFor(api::UserRole role) {
    switch (role) {
    case api::UserRole::admin:
        return "administrator";
    case api::UserRole::writer:
        return "writer";
    case api::UserRole::guest:
        return "guest";
    case api::UserRole::reader:
        break;
    }
    return "reader";
}

Status checkChange(const UserChange& change) {
    if (change.grant) {
        const bool grantable =
            change.grant->role == api::UserRole::writer || change.grant->role == api::UserRole::reader;
        return grantable ? checkRepositoryPattern(change.grant->repository)
                         : fail(ErrorCode::invalid, "role: writer or reader can be granted for a repository");
    }
    return {};
}

// What is asked for: "ada to writer with a new password".
std::string wordsFor(const std::string& name, const UserChange& change) {
    std::string words = name;
    if (change.role) {
        words += std::string(" to ") + wordFor(*change.role);
    }
    if (change.verifier) {
        words += " with a new password";
    }
    if (change.grant) {
        words += std::string(" as ") + wordFor(change.grant->role) + " in " + change.grant->repository;
    }
    if (change.revoke) {
        words += " without the grant for " + *change.revoke;
    }
    return words;
}

// What was done, as the event tells it.
std::string messageFor(const std::string& name, const UserChange& change) {
    const std::string user = "User " + name;
    if (change.role) {
        return user + " was made " + wordFor(*change.role);
    }
    if (change.verifier) {
        return "The password of user " + name + " was changed";
    }
    if (change.grant) {
        return user + " was made " + wordFor(change.grant->role) + " in " + change.grant->repository;
    }
    if (change.revoke) {
        return "The grant of user " + name + " for " + *change.revoke + " was revoked";
    }
    return user + " was changed";
}

// Takes the grant for `repository` away; false when there is none.
bool removeGrant(std::vector<api::Grant>& grants, const std::string& repository) {
    return std::erase_if(grants, [&](const api::Grant& g) { return g.repository == repository; }) > 0;
}

Status changeGrants(UserRecord& record, const UserChange& change) {
    std::vector<api::Grant> grants = record.grants.value_or(std::vector<api::Grant>());
    if (change.revoke && !removeGrant(grants, *change.revoke)) {
        return fail(ErrorCode::notFound, record.name + " has no grant for " + *change.revoke);
    }
    if (change.grant) {
        (void)removeGrant(grants, change.grant->repository);
        const auto place = std::find_if(grants.begin(), grants.end(), [&](const api::Grant& g) {
            return g.repository > change.grant->repository;
        });
        grants.insert(place, *change.grant);
    }
    if (grants.size() > maxGrants) {
        return fail(ErrorCode::invalid, record.name + " has 100 grants already",
                    "Give one for a pattern such as team/* in place of several");
    }
    record.grants = grants.empty() ? std::nullopt : std::optional(std::move(grants));
    return {};
}

EventRecord userEvent(std::string_view kind, const std::string& name, std::string message,
                      const std::string& actor) {
    EventRecord event;
    event.kind = kind;
    event.subject = name;
    event.subject_name = name;
    event.message = std::move(message) + (actor.empty() ? "" : " by " + actor);
    return event;
}

// What a retry is told: the user without the verifier.
std::string outcomeOf(UserRecord record) {
    record.verifier.clear();
    return encode(record);
}

Result<Written<api::User>> written(const Result<Committed>& committed) {
    return writtenRecord<UserRecord>(committed, [](const UserRecord& record) { return toApi(record); });
}

// A user among others, as the engine holds them.
struct Found {
    UserRecord record;
    Revision modified;
    const engine::Entry* otherAdmin = nullptr; // somebody else who is administrator
};

Result<Found> find(const std::vector<engine::Entry>& users, const std::string& name) {
    Found found;
    bool there = false;
    for (const engine::Entry& entry : users) {
        Result<UserRecord> record = decode<UserRecord>(entry.value);
        if (entry.key == keys::of(keys::users, name)) {
            if (!record) {
                return failIn("user " + name, record.error());
            }
            found.record = std::move(*record);
            found.modified = entry.modified;
            there = true;
        } else if (record && record->role == api::UserRole::admin) {
            found.otherAdmin = &entry;
        }
    }
    if (!there) {
        return fail(ErrorCode::notFound, "there is no user " + name);
    }
    return found;
}

// Compares that the user is as found, and, if it is an administrator that goes, that another stays.
Result<std::vector<Compare>> comparesFor(const Found& found, bool adminGoes) {
    std::vector<Compare> compares = {
        Compare::unchanged(keys::of(keys::users, found.record.name), found.modified)};
    if (adminGoes && found.record.role == api::UserRole::admin) {
        if (found.otherAdmin == nullptr) {
            return fail(ErrorCode::conflict, found.record.name + " is the only administrator",
                        "Make another user administrator first");
        }
        compares.push_back(Compare::unchanged(found.otherAdmin->key, found.otherAdmin->modified));
    }
    return compares;
}

} // namespace

Awaitable<Result<Written<api::User>>> UserService::create(Request request, std::string name,
                                                          std::string verifier, api::UserRole role) {
    if (const Status fine = checkUserName(name); !fine) {
        co_return fail(fine.error());
    }
    const std::string words = name + " as " + wordFor(role);
    const std::string actor = request.actor;
    bool taken = false;
    StateWriter::Prepare prepare = [&](const Deadline&) -> Awaitable<Result<Change>> {
        // Asked a second time: the one compare did not hold.
        if (std::exchange(taken, true)) {
            co_return fail(ErrorCode::conflict, "there is a user " + name + " already",
                           "Choose another name");
        }
        const UserRecord record{name, role, verifier, m_writer.now(), {}};
        const std::string key = keys::of(keys::users, name);
        Change change;
        change.compares = {Compare::absent(key)};
        change.operations.emplace_back(engine::Put{key, encode(record)});
        change.event = userEvent(api::event::userCreated, name, "User " + words + " was created", actor);
        change.outcome = outcomeOf(record);
        co_return change;
    };
    co_return written(co_await m_writer.write(std::move(request), "user-create", words, std::move(prepare)));
}

Awaitable<Result<Written<api::User>>> UserService::change(Request request, std::string name,
                                                          UserChange change) {
    if (const Status fine = checkChange(change); !fine) {
        co_return fail(fine.error());
    }
    const std::string words = wordsFor(name, change);
    const std::string actor = request.actor;
    StateWriter::Prepare prepare = [&](const Deadline& deadline) {
        return prepareChange(name, change, actor, deadline);
    };
    co_return written(co_await m_writer.write(std::move(request), "user-change", words, std::move(prepare)));
}

Awaitable<Result<Change>> UserService::prepareChange(const std::string& name, const UserChange& wanted,
                                                     const std::string& actor, const Deadline& deadline) {
    const auto users = co_await readBelow(m_writer.engine(), keys::users, deadline);
    Result<Found> found = users ? find(*users, name) : fail(users.error());
    if (!found) {
        co_return fail(found.error());
    }
    const bool adminGoes = wanted.role && *wanted.role != api::UserRole::admin;
    Result<std::vector<Compare>> compares = comparesFor(*found, adminGoes);
    if (!compares) {
        co_return fail(compares.error());
    }
    UserRecord record = found->record;
    record.role = wanted.role.value_or(record.role);
    record.verifier = wanted.verifier.value_or(record.verifier);
    if (const Status changed = changeGrants(record, wanted); !changed) {
        co_return fail(changed.error());
    }
    Change change;
    change.compares = std::move(*compares);
    change.operations.emplace_back(engine::Put{keys::of(keys::users, name), encode(record)});
    change.event = userEvent(api::event::userChanged, name, messageFor(name, wanted), actor);
    change.outcome = outcomeOf(record);
    co_return change;
}

Awaitable<Result<Written<api::User>>> UserService::remove(Request request, std::string name) {
    const std::string actor = request.actor;
    StateWriter::Prepare prepare = [&](const Deadline& deadline) {
        return prepareRemove(name, actor, deadline);
    };
    co_return written(co_await m_writer.write(std::move(request), "user-remove", name, std::move(prepare)));
}

Awaitable<Result<Change>> UserService::prepareRemove(const std::string& name, const std::string& actor,
                                                     const Deadline& deadline) {
    const auto users = co_await readBelow(m_writer.engine(), keys::users, deadline);
    Result<Found> found = users ? find(*users, name) : fail(users.error());
    if (!found) {
        co_return fail(found.error());
    }
    Result<std::vector<Compare>> compares = comparesFor(*found, true);
    if (!compares) {
        co_return fail(compares.error());
    }
    const auto tokens = co_await readBelow(m_writer.engine(), keys::accessTokens, deadline);
    if (!tokens) {
        co_return fail(tokens.error());
    }
    Change change;
    change.compares = std::move(*compares);
    change.operations.emplace_back(engine::Delete{keys::of(keys::users, name), {}});
    for (const engine::Entry& entry : *tokens) {
        const Result<AccessTokenRecord> token = decode<AccessTokenRecord>(entry.value);
        if (token && token->user == name && change.operations.size() <= maxTokensRemoved) {
            change.operations.emplace_back(engine::Delete{entry.key, {}});
        }
    }
    change.event = userEvent(api::event::userRemoved, name, "User " + name + " was removed", actor);
    change.outcome = outcomeOf(found->record);
    co_return change;
}

api::UserList listUsers(const Snapshot& snapshot) {
    api::UserList list;
    for (const auto& [name, user] : snapshot.users.all()) {
        list.users.push_back(toApi(user.record));
    }
    return list;
}

} // namespace pilothouse::state
