// SPDX-License-Identifier: GPL-3.0-or-later
// What the routes of the admin API work with. All of it outlives the server.
#pragma once

#include "api/admin.h"
#include "base/clock.h"
#include "replica/admin/answer.h"
#include "replica/admin/authenticator.h"
#include "replica/admin/request_meter.h"
#include "replica/http/router.h"
#include "replica/http/server_counts.h"
#include "replica/node/drain_switch.h"
#include "replica/node/joining.h"
#include "replica/node/leadership.h"
#include "replica/node/status_board.h"
#include "replica/node/traffic_meter.h"
#include "replica/operations/check_service.h"
#include "replica/operations/operation_service.h"
#include "replica/operations/promotion.h"
#include "replica/repair/repair_desk.h"
#include "replica/state/access_tokens.h"
#include "replica/state/follower.h"
#include "replica/state/read_model.h"
#include "replica/state/settings.h"
#include "replica/state/users.h"

#include <functional>
#include <optional>
#include <string>

namespace pilothouse::admin {

struct Context {
    const Clock& clock;
    node::StatusBoard& board;
    node::TrafficMeter& traffic;
    state::ReadModel& model;
    state::StateFollower& follower;
    Authenticator& authenticator;
    node::DrainSwitch& drain;
    node::Leadership& leadership;
    node::Joining& joining;
    operations::CheckService& checks;
    operations::OperationService& operations;
    operations::Promotion& promotion;
    repair::RepairDesk& repair;
    state::UserService& users;
    state::AccessTokenService& accessTokens;
    state::SettingService& settings;
    const RequestMeter& requests;
    std::function<http::ServerCounts()> connections; // of all ports
    std::string clusterCa;                           // PEM
    std::function<void()> restart;                   // of this replica, soon after
};

// A handler that knows who asks.
using GuardedHandler =
    std::function<http::Awaitable<void>(http::Exchange&, const http::PathParameters&, const Principal&)>;

// The route handler that lets `access` in and answers everybody else with 401, 403 or 429.
[[nodiscard]] http::RouteHandler guarded(const Context& context, Access access, GuardedHandler handler);

// Answers with the value's JSON, with 204, or with the problem.
[[nodiscard]] http::Awaitable<void> answer(http::Exchange& exchange, Status status);
template <typename T>
[[nodiscard]] http::Awaitable<void> answer(http::Exchange& exchange, Result<T> value, int status = 200) {
    auto response = value ? json(*value, status) : problem(value.error());
    (void)co_await exchange.respond(std::move(response)); // a client that is gone needs no answer
}

} // namespace pilothouse::admin
