// SPDX-License-Identifier: GPL-3.0-or-later
// What each step of a join does. Every step may be performed again at any time, here or at another replica:
// what is done already stays as it is.
#pragma once

#include "replica/node/joining.h"
#include "replica/node/peer_client.h"
#include "replica/node/status_board.h"
#include "replica/operations/host_inquiry.h"
#include "replica/operations/member_views.h"
#include "replica/operations/performer.h"
#include "replica/security/sealed_box.h"
#include "replica/state/join_tokens.h"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>

namespace pilothouse::operations {

// What a join's steps work with, all of which must outlive them.
struct JoinUses {
    http::Executor executor;
    node::StatusBoard& board;
    node::PeerClient& peers;
    state::MembershipService& membership;
    state::JoinTokenService& tokens;
    node::Joining& joining;
    HostInquiry& inquiry;
    const security::SealedBox& box;
};

// On one strand.
class JoinSteps {
public:
    explicit JoinSteps(JoinUses uses) : m_uses(std::move(uses)) {}

    // The plan as it would be made now.
    [[nodiscard]] boost::asio::awaitable<StepOutcome> check(const state::OperationRecord& record);
    // Gives the host its token, by which it becomes a member without a vote.
    [[nodiscard]] boost::asio::awaitable<StepOutcome> admit(const state::OperationRecord& record,
                                                            state::MembershipService::Guard guard);
    [[nodiscard]] boost::asio::awaitable<StepOutcome> catchUp(const state::OperationRecord& record);
    [[nodiscard]] boost::asio::awaitable<StepOutcome> promote(const state::OperationRecord& record,
                                                              state::MembershipService::Guard guard);
    [[nodiscard]] boost::asio::awaitable<StepOutcome> takePart(Subject subject);

    // The host is no member afterwards, and its token good for nothing.
    [[nodiscard]] boost::asio::awaitable<StepOutcome> undoAdmit(const state::OperationRecord& record,
                                                                state::MembershipService::Guard guard);

private:
    [[nodiscard]] boost::asio::awaitable<Result<std::string>> tokenFor(const state::OperationRecord& record,
                                                                       state::MembershipService::Guard guard);
    [[nodiscard]] boost::asio::awaitable<MemberViews> views();

    JoinUses m_uses;
    // Of the operation that this replica carries out: it is asked for often.
    struct Token {
        std::string operation;
        std::string line;
        std::string failure; // of the host's last attempt with it
        int strangers = 0;   // times in a row that another certificate was shown
    };
    std::optional<Token> m_token;
};

// The setup code in a join's record is bound to the operation's id.
[[nodiscard]] std::string sealContextOf(const std::string& operationId);

} // namespace pilothouse::operations
