// SPDX-License-Identifier: GPL-3.0-or-later
// Whom a replica names: the members, and those that a repair left behind.
#pragma once

#include "api/status.h"
#include "client/addresses.h"

#include <cstdint>
#include <string>
#include <utility>

namespace pilothouse::client {

[[nodiscard]] QList<KnownMember> membersIn(const api::ClusterStatus& status);
// Those that a repair left behind. Whose address a member has now, that one was emptied and has joined again.
[[nodiscard]] QList<KnownMember> formerIn(const api::ClusterStatus& status,
                                          const QList<KnownMember>& members);
[[nodiscard]] bool isAmong(const QList<KnownMember>& members, const ReplicaId& id);

// Which list of members counts: that of the newest epoch, and there of the newest generation.
class MembershipAge {
public:
    // Whether the members in `status` count, which makes them the present ones. Who told of an epoch may take
    // it back: its repair was put back.
    [[nodiscard]] bool take(const api::ClusterStatus& status);

private:
    std::pair<std::int64_t, Generation> m_age; // epoch, generation
    std::string m_from;                        // id of who told it
};

} // namespace pilothouse::client
