// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/loop.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <future>

namespace pilothouse::http {

void stopAll(Loop& loop, const std::vector<Server*>& servers, Milliseconds grace, Milliseconds limit) {
    std::vector<std::future<void>> stops;
    for (Server* server : servers) {
        stops.push_back(boost::asio::co_spawn(loop, server->stop(grace), boost::asio::use_future));
    }
    const auto end = std::chrono::steady_clock::now() + limit;
    for (auto& stopped : stops) {
        stopped.wait_until(end);
    }
}

} // namespace pilothouse::http
