// SPDX-License-Identifier: GPL-3.0-or-later
// The event loop of servers that come and go within a program's life.
#pragma once

#include "replica/http/server.h"

#include <boost/asio/io_context.hpp>

#include <vector>

namespace pilothouse::http {

// Its coroutines can be destroyed before it goes itself, and what they refer to with it.
class Loop : public boost::asio::io_context {
public:
    using boost::asio::io_context::shutdown;
};

// Stops the servers at once, each as Server::stop(), while other threads run `loop`. Blocks until all have
// stopped, for at most `limit`.
void stopAll(Loop& loop, const std::vector<Server*>& servers, Milliseconds grace, Milliseconds limit);

} // namespace pilothouse::http
