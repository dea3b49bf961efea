// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/path_probe.h"

#include "replica/http/stream.h"
#include "replica/http/url.h"
#include "replica/state/waiter.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>

#include <memory>
#include <mutex>

namespace pilothouse::node {
namespace {

// Shared with the attempts, of which some may end after the asker has gone on.
struct Round {
    std::mutex mutex; // guards what follows
    std::vector<api::PathAnswer> answers;
    std::size_t running = 0;
    std::shared_ptr<state::Waiter> waiter;
};

boost::asio::awaitable<void> tryOne(std::shared_ptr<Round> round, std::size_t index, http::Origin origin,
                                    Milliseconds deadline) {
    const auto strand = co_await boost::asio::this_coro::executor;
    const auto start = std::chrono::steady_clock::now();
    auto stream = co_await http::connect(strand, origin, http::within(deadline));
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    const std::lock_guard lock(round->mutex);
    api::PathAnswer& answer = round->answers[index];
    answer.reach = stream ? api::Reach::ok : reachOf(stream.error().how);
    answer.ms = stream ? std::optional(took.count()) : std::nullopt;
    if (--round->running == 0) {
        round->waiter->wake();
    }
}

} // namespace

api::Reach reachOf(http::ConnectFailure how) {
    switch (how) {
    case http::ConnectFailure::refused:
        return api::Reach::refused;
    case http::ConnectFailure::timeout:
        return api::Reach::timeout;
    case http::ConnectFailure::unreachable:
        return api::Reach::unreachable;
    case http::ConnectFailure::tls:
        return api::Reach::tls;
    case http::ConnectFailure::broken: // it was there a moment ago: what a killed process leaves
        return api::Reach::refused;
    case http::ConnectFailure::none:
        break;
    }
    return api::Reach::rejected;
}

boost::asio::awaitable<std::vector<api::PathAnswer>> probePaths(std::vector<api::PathQuery> paths,
                                                                Milliseconds deadline) {
    const auto executor = co_await boost::asio::this_coro::executor;
    const auto round = std::make_shared<Round>();
    round->waiter = std::make_shared<state::Waiter>(executor);
    std::vector<std::pair<std::size_t, http::Origin>> attempts;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        api::PathQuery& path = paths[i];
        const auto url = http::parseUrl("http://" + path.address);
        if (url && attempts.size() < mostPaths) {
            attempts.emplace_back(i, http::Origin{url->host, url->port, {}, true, {}});
        }
        round->answers.push_back({std::move(path.name), std::move(path.port), std::move(path.address),
                                  api::Reach::unknown, std::nullopt});
    }
    round->running = attempts.size();
    for (auto& [index, origin] : attempts) {
        boost::asio::co_spawn(boost::asio::make_strand(executor),
                              tryOne(round, index, std::move(origin), deadline), boost::asio::detached);
    }
    if (!attempts.empty()) {
        (void)co_await round->waiter->wait(deadline + Milliseconds(500)); // they end by themselves
    }
    const std::lock_guard lock(round->mutex);
    co_return round->answers;
}

} // namespace pilothouse::node
