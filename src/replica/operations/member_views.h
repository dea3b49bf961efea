// SPDX-License-Identifier: GPL-3.0-or-later
// What the members say of themselves and of each other, all asked at the same moment.
#pragma once

#include "api/status.h"
#include "domain/change_facts.h"
#include "replica/node/peer_client.h"
#include "replica/node/status_board.h"

#include <boost/asio/awaitable.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::operations {

struct MemberViews {
    api::ClusterStatus own;                           // of the replica that asks
    std::map<std::string, api::ClusterStatus> others; // by replica id: of those that answered

    // nullptr when it did not answer.
    [[nodiscard]] const api::ReplicaStatus* of(const std::string& replica) const;
    // nullptr when there is none of this id.
    [[nodiscard]] const api::Member* member(const std::string& replica) const;
    // The ids of those that vote, but for one, sorted.
    [[nodiscard]] std::vector<std::string> voters(const std::string& without = {}) const;
    // All but the replica that looks.
    [[nodiscard]] std::vector<api::Member> otherMembers() const;
    // Of a member; the id when it is none.
    [[nodiscard]] std::string nameOf(const std::string& replica) const;
};

// All members but the one that observes.
[[nodiscard]] std::vector<api::Member> otherMembers(const api::ClusterStatus& status);

// For plans and checks. Pure.
[[nodiscard]] domain::ChangeFacts factsOf(const MemberViews& views,
                                          std::optional<domain::RunningOperation> running);

// Asks all members at once, each for at most `deadline`. Any executor.
[[nodiscard]] boost::asio::awaitable<MemberViews> askMembers(node::StatusBoard& board,
                                                             node::PeerClient& peers, Milliseconds deadline);

} // namespace pilothouse::operations
