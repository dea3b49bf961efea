// SPDX-License-Identifier: GPL-3.0-or-later
// Tries whether TCP connections can be made: from a replica to another, or from a new host to the members.
#pragma once

#include "api/setup.h"
#include "base/clock.h"
#include "replica/http/net_error.h"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <vector>

namespace pilothouse::node {

constexpr std::size_t mostPaths = 64; // at once

// All at the same time, each once. A refusal (`refused`) is told from silence (`timeout`), which a firewall
// leaves. Beyond mostPaths, and of an address that cannot be read: Reach::unknown.
[[nodiscard]] boost::asio::awaitable<std::vector<api::PathAnswer>>
probePaths(std::vector<api::PathQuery> paths, Milliseconds deadline);

// How an attempt to connect failed.
[[nodiscard]] api::Reach reachOf(http::ConnectFailure how);

} // namespace pilothouse::node
