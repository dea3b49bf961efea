// SPDX-License-Identifier: GPL-3.0-or-later
// What root and the replica's own user may order through the unix socket.
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "replica/node/drain_switch.h"
#include "replica/node/local_wire.h"
#include "replica/node/status_board.h"
#include "replica/security/password_worker.h"
#include "replica/state/housekeeping.h"
#include "replica/state/read_model.h"
#include "replica/state/users.h"

#include <boost/asio/awaitable.hpp>

#include <cstdint>

namespace pilothouse {

// Any executor; what it is given must outlive it.
class LocalOrders {
public:
    LocalOrders(node::StatusBoard& board, node::DrainSwitch& drain, state::UserService& users,
                state::ReadModel& model, state::Housekeeping& housekeeping, std::int64_t quotaBytes,
                security::PasswordWorker& passwords, Logger log)
        : m_board(board), m_drain(drain), m_users(users), m_model(model), m_housekeeping(housekeeping),
          m_quotaBytes(quotaBytes), m_passwords(passwords), m_log(std::move(log)) {}

    [[nodiscard]] boost::asio::awaitable<node::LocalAnswer> carryOut(node::LocalRequest request);

private:
    [[nodiscard]] boost::asio::awaitable<Status> resetPassword(node::LocalRequest request);
    [[nodiscard]] boost::asio::awaitable<Status> rebuild();
    [[nodiscard]] boost::asio::awaitable<Result<node::Defragmented>> defragment();

    node::StatusBoard& m_board;
    node::DrainSwitch& m_drain;
    state::UserService& m_users;
    state::ReadModel& m_model;
    state::Housekeeping& m_housekeeping;
    const std::int64_t m_quotaBytes; // of the engine's database
    security::PasswordWorker& m_passwords;
    Logger m_log;
};

} // namespace pilothouse
