// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/principal.h"

namespace pilothouse::admin {

bool mayAccess(const Principal& principal, Access access) {
    if (std::holds_alternative<ReplicaPrincipal>(principal)) {
        return true;
    }
    if (access == Access::replica) {
        return false;
    }
    if (const auto* user = std::get_if<UserPrincipal>(&principal)) {
        return access == Access::user || user->role == api::UserRole::admin ||
               (access == Access::reader && user->role != api::UserRole::guest);
    }
    return true;
}

std::string nameOf(const Principal& principal) {
    if (const auto* user = std::get_if<UserPrincipal>(&principal)) {
        return user->name;
    }
    if (const auto* replica = std::get_if<ReplicaPrincipal>(&principal)) {
        return "replica " + replica->id.str();
    }
    return "root on the host";
}

} // namespace pilothouse::admin
