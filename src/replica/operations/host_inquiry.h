// SPDX-License-Identifier: GPL-3.0-or-later
// Asks a host that waits to be joined, and the members, what has to be known before it joins.
#pragma once

#include "api/setup.h"
#include "domain/host_facts.h"
#include "replica/node/peer_client.h"
#include "replica/operations/member_views.h"
#include "replica/security/setup_code.h"
#include "replica/state/read_model.h"

#include <boost/asio/awaitable.hpp>

#include <optional>

namespace pilothouse::operations {

// What was found; the report is missing when the host did not answer.
struct InquiredHost {
    domain::HostFacts facts;
    std::optional<api::HostReport> report;
};

// Any executor. All that it works with must outlive it.
class HostInquiry {
public:
    HostInquiry(const Clock& clock, http::Executor executor, state::ReadModel& model, node::PeerClient& peers)
        : m_clock(clock), m_executor(std::move(executor)), m_model(model), m_peers(peers) {}

    // Within some 6 s. Never fails: that the host does not answer is a finding, too.
    [[nodiscard]] boost::asio::awaitable<InquiredHost> ask(const MemberViews& views,
                                                           security::SetupCode code);

private:
    using Paths = std::vector<api::PathAnswer>;
    [[nodiscard]] std::vector<api::PathQuery> waysTo(const api::Member& member) const;
    // From every member, by its id.
    [[nodiscard]] boost::asio::awaitable<std::map<std::string, Paths>>
    tryFromMembers(const MemberViews& views, std::vector<api::PathQuery> ways);
    [[nodiscard]] boost::asio::awaitable<std::int64_t> blobBytes();

    const Clock& m_clock;
    http::Executor m_executor;
    state::ReadModel& m_model;
    node::PeerClient& m_peers;
};

} // namespace pilothouse::operations
