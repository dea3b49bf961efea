// SPDX-License-Identifier: GPL-3.0-or-later
// The cluster's users.
#pragma once

#include "api/admin.h"
#include "replica/state/snapshot.h"
#include "replica/state/state_writer.h"

#include <optional>
#include <string>

namespace pilothouse::state {

// Changes to a user; what is not given stays.
struct UserChange {
    std::optional<std::string> verifier; // security::makeVerifier() of the new password
    std::optional<api::UserRole> role;
    std::optional<api::Grant> grant;   // in place of the one for the same repository
    std::optional<std::string> revoke; // the grant for this repository
};

// Passwords come as verifiers: making one is slow and done elsewhere. At least one administrator remains at
// any time, which is compared in the transaction.
class UserService {
public:
    explicit UserService(StateWriter& writer) : m_writer(writer) {}

    // ErrorCode::conflict when the name is taken.
    [[nodiscard]] engine::Awaitable<Result<Written<api::User>>>
    create(Request request, std::string name, std::string verifier, api::UserRole role);
    // ErrorCode::invalid for a grant of another role than writer or reader, for what is no pattern of
    // repositories, and for more than 100 grants; ErrorCode::notFound for a grant to revoke that is not
    // there.
    [[nodiscard]] engine::Awaitable<Result<Written<api::User>>> change(Request request, std::string name,
                                                                       UserChange change);
    // Its access tokens go with it.
    [[nodiscard]] engine::Awaitable<Result<Written<api::User>>> remove(Request request, std::string name);

private:
    [[nodiscard]] engine::Awaitable<Result<Change>> prepareChange(const std::string& name,
                                                                  const UserChange& change,
                                                                  const std::string& actor,
                                                                  const Deadline& deadline);
    [[nodiscard]] engine::Awaitable<Result<Change>>
    prepareRemove(const std::string& name, const std::string& actor, const Deadline& deadline);

    StateWriter& m_writer;
};

// By name, from a snapshot.
[[nodiscard]] api::UserList listUsers(const Snapshot& snapshot);

} // namespace pilothouse::state
