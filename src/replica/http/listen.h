// SPDX-License-Identifier: GPL-3.0-or-later
// Listening sockets.
#pragma once

#include "replica/http/server.h"

#include <boost/asio/ip/tcp.hpp>

#include <optional>

namespace pilothouse::http {

// Bound and listening. See Server::start() for the errors.
[[nodiscard]] Result<boost::asio::ip::tcp::acceptor> listenAt(const Executor& executor,
                                                              const ListenAddress& address);
// Which process listens at that TCP port of this computer: "etcd (process 1234)". Nothing where /proc does
// not tell, as for processes of other users.
[[nodiscard]] std::optional<std::string> describePortHolder(std::uint16_t port);

} // namespace pilothouse::http
