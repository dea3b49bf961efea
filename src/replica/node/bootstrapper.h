// SPDX-License-Identifier: GPL-3.0-or-later
// Puts what `init` prepared into the state of a new cluster.
#pragma once

#include "base/log.h"
#include "replica/engine/engine.h"
#include "replica/provision/bootstrap.h"
#include "replica/state/initial_state.h"

#include <boost/asio/awaitable.hpp>

namespace pilothouse::node {

// The first records, as init wrote them down.
[[nodiscard]] state::InitialState initialStateOf(const provision::Bootstrap& bootstrap);

// Tries until the cluster's record is in the state, whoever put it there, then removes bootstrap.json. Ends
// at once when there is no such file. Fails when the engine holds another cluster, or the file cannot be
// read.
[[nodiscard]] boost::asio::awaitable<Status> bootstrapState(engine::Engine& engine, provision::Layout layout,
                                                            ReplicaId self, Logger log);

} // namespace pilothouse::node
