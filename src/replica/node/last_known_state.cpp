// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/last_known_state.h"

#include "replica/state/read_model.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace pilothouse::node {

std::shared_ptr<const state::Snapshot>
readLastKnownState(const provision::Layout& layout, const provision::Identity& identity, const Logger& log) {
    boost::asio::io_context io;
    state::ReadModel model(layout.projection(), {ClusterId(identity.cluster_id), Epoch(identity.epoch)}, log);
    auto opened = boost::asio::co_spawn(io, model.open(), boost::asio::use_future);
    io.run();
    // Why it could not be opened is told when the replica opens it for good.
    return opened.get() ? model.snapshot() : std::make_shared<const state::Snapshot>();
}

} // namespace pilothouse::node
