// SPDX-License-Identifier: GPL-3.0-or-later
// Tells the embedding program of recorded events.
#pragma once

#include "api/admin.h"
#include "replica/state/follower.h"
#include "replica/state/read_model.h"

#include <boost/asio/awaitable.hpp>

#include <functional>

namespace pilothouse::node {

// Each event that comes into the read model from now on, in order, none twice; until cancelled. A read model
// that was empty does not tell its history. To be called after ReadModel::open().
[[nodiscard]] boost::asio::awaitable<void> tellEvents(state::StateFollower& follower, state::ReadModel& model,
                                                      std::function<void(const api::Event&)> tell);

} // namespace pilothouse::node
