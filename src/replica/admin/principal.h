// SPDX-License-Identifier: GPL-3.0-or-later
// Who makes a request.
#pragma once

#include "api/admin.h"
#include "base/ids.h"

#include <string>
#include <variant>

namespace pilothouse::admin {

// A person or script, logged in by password or access token.
struct UserPrincipal {
    std::string name;
    api::UserRole role = api::UserRole::reader;
    Revision revision;   // of the user's record that was looked at
    std::string tokenId; // of the access token; empty with a password
};
// A member of this cluster, by its certificate.
struct ReplicaPrincipal {
    ReplicaId id;
};
// Root on this host, through the unix socket.
struct LocalPrincipal {};

using Principal = std::variant<UserPrincipal, ReplicaPrincipal, LocalPrincipal>;

// What a route asks for.
enum class Access {
    user,    // any user, any member
    reader,  // the same, but for guests
    admin,   // administrators, members (which pass on what they checked), root on the host
    replica, // members only
};

[[nodiscard]] bool mayAccess(const Principal& principal, Access access);
// As events name it: the user's name, "replica <id>", "root on the host".
[[nodiscard]] std::string nameOf(const Principal& principal);

} // namespace pilothouse::admin
