// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/access.h"

#include "replica/state/repository_pattern.h"
#include "replica/state/settings.h"

#include <algorithm>
#include <array>

namespace pilothouse::registry {

namespace {

constexpr std::array repositoryActions{Action::pull, Action::push, Action::remove};

bool roleAllows(api::UserRole role, Action action) {
    switch (role) {
    case api::UserRole::admin:
    case api::UserRole::writer:
        return true;
    case api::UserRole::reader:
        return action == Action::pull || action == Action::list;
    case api::UserRole::guest:
        break;
    }
    return false;
}

bool grantsAllow(const state::UserRecord& user, std::string_view repository, Action action) {
    return user.grants && std::any_of(user.grants->begin(), user.grants->end(), [&](const api::Grant& grant) {
               return roleAllows(grant.role, action) &&
                      state::matchesRepository(grant.repository, repository);
           });
}

bool anybodyMayPull(const state::Snapshot& state, std::string_view repository) {
    const auto list = state::settingText(state, state::setting::anonymousPull);
    const auto patterns = state::splitPatterns(list);
    return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view pattern) {
        return state::matchesRepository(pattern, repository);
    });
}

bool asksFor(const Scope& scope, Action action) {
    return scope.actions.contains(nameOf(action)) || scope.actions.contains("*");
}

} // namespace

std::string_view nameOf(Action action) {
    switch (action) {
    case Action::pull:
        return "pull";
    case Action::push:
        return "push";
    case Action::remove:
        return "delete";
    case Action::list:
        break;
    }
    return "*";
}

bool isAllowed(const state::Snapshot& state, const state::UserRecord* user, std::string_view repository,
               Action action) {
    if (user != nullptr && roleAllows(user->role, action)) {
        return true;
    }
    if (action == Action::list) {
        return false; // the names of all are no matter of some
    }
    if (user != nullptr && grantsAllow(*user, repository, action)) {
        return true;
    }
    return action == Action::pull && anybodyMayPull(state, repository);
}

Scope allowedPart(const state::Snapshot& state, const state::UserRecord* user, const Scope& asked) {
    Scope allowed{asked.type, asked.name, {}};
    if (asked.type == "repository") {
        for (const Action action : repositoryActions) {
            if (asksFor(asked, action) && isAllowed(state, user, asked.name, action)) {
                allowed.actions.emplace(nameOf(action));
            }
        }
    } else if (asked.type == "registry" && asked.name == "catalog") {
        if (asksFor(asked, Action::list) && isAllowed(state, user, {}, Action::list)) {
            allowed.actions.emplace(nameOf(Action::list));
        }
    }
    return allowed;
}

} // namespace pilothouse::registry
