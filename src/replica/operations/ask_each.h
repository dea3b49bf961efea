// SPDX-License-Identifier: GPL-3.0-or-later
// The same question to several members at once.
#pragma once

#include "api/json.h"
#include "api/status.h"
#include "base/clock.h"
#include "replica/node/peer_client.h"
#include "replica/state/waiter.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pilothouse::operations {

// Asks one member. Ends by itself soon after the deadline; what it works with must outlive it even so.
template <typename Answer>
using Asker = std::function<boost::asio::awaitable<std::optional<Answer>>(api::Member)>;

// What one member answers to a GET; nullopt: nothing, or something else.
template <typename Answer>
boost::asio::awaitable<std::optional<Answer>> askMember(node::PeerClient& peers, api::Member member,
                                                        std::string target, Milliseconds deadline) {
    http::ClientRequest request;
    request.target = std::move(target);
    const auto body = co_await peers.send(std::move(member), std::move(request), deadline);
    if (!body) {
        co_return std::nullopt;
    }
    auto answer = api::fromJson<Answer>(*body);
    co_return answer ? std::optional<Answer>(std::move(*answer)) : std::nullopt;
}

// Answers on their way: shared, because some may come after the asker has gone on.
template <typename Answer>
struct Gathering {
    std::mutex mutex; // guards what follows
    std::map<std::string, Answer> answers;
    std::size_t running = 0;
    std::shared_ptr<state::Waiter> waiter;
};

template <typename Answer>
boost::asio::awaitable<void> askInto(std::shared_ptr<Gathering<Answer>> gathering, Asker<Answer> ask,
                                     api::Member member) {
    const std::string id = member.id;
    auto answer = co_await ask(std::move(member));
    const std::lock_guard lock(gathering->mutex);
    if (answer) {
        gathering->answers.emplace(id, std::move(*answer));
    }
    if (--gathering->running == 0) {
        gathering->waiter->wake();
    }
}

// The answers that came until the deadline, by the members' ids.
template <typename Answer>
boost::asio::awaitable<std::map<std::string, Answer>> askEach(std::vector<api::Member> members,
                                                              Asker<Answer> ask, Milliseconds deadline) {
    const auto executor = co_await boost::asio::this_coro::executor;
    const auto gathering = std::make_shared<Gathering<Answer>>();
    gathering->waiter = std::make_shared<state::Waiter>(executor);
    gathering->running = members.size();
    for (api::Member& member : members) {
        boost::asio::co_spawn(executor, askInto<Answer>(gathering, ask, std::move(member)),
                              boost::asio::detached);
    }
    if (!members.empty()) {
        (void)co_await gathering->waiter->wait(deadline);
    }
    const std::lock_guard lock(gathering->mutex);
    co_return gathering->answers;
}

} // namespace pilothouse::operations
