// SPDX-License-Identifier: GPL-3.0-or-later
// Who may do what in the registry.
//
// The role allows it in all repositories: administrators and writers pull, push and delete, readers pull,
// guests nothing. A grant allows more in some, and takes nothing away. What everybody may pull without a
// login may be pulled with one, too.
#pragma once

#include "replica/registry/scopes.h"
#include "replica/state/snapshot.h"

#include <string>
#include <string_view>

namespace pilothouse::registry {

enum class Action {
    pull,
    push,
    remove,
    list, // all repositories, the catalog: of no single one
};

// Who may do what he asks for.
struct Granted {
    std::string user; // empty: anybody
    std::string client =
        {}; // whose request a member passes on: his address; empty: who sent it is the client
};

// As scopes name it: "pull", "push", "delete"; "*" for the catalog.
[[nodiscard]] std::string_view nameOf(Action action);

// Whether `user` may do it in the repository now (for Action::list: whichever is named). nullptr: anybody,
// without a login.
[[nodiscard]] bool isAllowed(const state::Snapshot& state, const state::UserRecord* user,
                             std::string_view repository, Action action);

// What `user` may have of what is asked for: the same scope with some of its actions, or none. "*" asks for
// all that there are.
[[nodiscard]] Scope allowedPart(const state::Snapshot& state, const state::UserRecord* user,
                                const Scope& asked);

} // namespace pilothouse::registry
