// SPDX-License-Identifier: GPL-3.0-or-later
// The cluster's own record, and what each replica says of itself in its member record.
#pragma once

#include "replica/state/membership.h"

#include <cstdint>
#include <optional>
#include <string>

namespace pilothouse::state {

// What a replica brings with it at each start.
struct Announcement {
    std::string url;
    std::string http_url;
    std::string version;
    std::int64_t feature_level = 0;
};

class ClusterService {
public:
    explicit ClusterService(StateWriter& writer) : m_writer(writer) {}

    // Brings this replica's member record up to date; nothing is written when it is. ErrorCode::notFound when
    // this replica is no member, ErrorCode::conflict when its feature level is too low for the cluster.
    [[nodiscard]] engine::Awaitable<Status> announce(Announcement announcement, Milliseconds deadline);

    // Raises the cluster's feature level to what all members have; compares all of them. Gives the level that
    // holds.
    [[nodiscard]] engine::Awaitable<Result<std::int64_t>> raiseFeatureLevel(Milliseconds deadline);

    // The load balancer's address (https://HOST[:PORT]), or none.
    [[nodiscard]] engine::Awaitable<Result<Written<ClusterRecord>>>
    setExternalUrl(Request request, std::optional<std::string> url);

    // Gives a member another name. Harmless when it has it. ErrorCode::notFound when it is no member,
    // ErrorCode::conflict when another member has the name, or the running operation's record has changed.
    [[nodiscard]] engine::Awaitable<Status> rename(ReplicaId member, std::string name,
                                                   MembershipService::Guard operation, Milliseconds deadline);

private:
    [[nodiscard]] engine::Awaitable<Result<Change>> prepareRename(std::string member, std::string name,
                                                                  MembershipService::Guard operation,
                                                                  Deadline deadline);
    [[nodiscard]] engine::Awaitable<Result<Change>> prepareRaise(const Deadline& deadline);

    StateWriter& m_writer;
};

} // namespace pilothouse::state
