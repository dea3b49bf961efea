// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/deletion.h"

#include "replica/registry/answers.h"
#include "replica/registry/audit.h"
#include "replica/state/waiter.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>

#include <atomic>
#include <memory>

namespace pilothouse::registry {

using http::Awaitable;

namespace {

// A replica that is silent for longer counts as out of contact.
constexpr Milliseconds contactDeadline{1000};

struct Round {
    explicit Round(const boost::asio::any_io_executor& executor)
        : waiter(std::make_shared<state::Waiter>(executor)) {}
    std::shared_ptr<state::Waiter> waiter;
    std::atomic<std::size_t> running{0};
};

Awaitable<void> waitAt(const Context& context, std::shared_ptr<Round> round, api::Member peer,
                       Revision revision) {
    (void)co_await context.peerBlobs.waitApplied(std::move(peer), revision, contactDeadline);
    if (--round->running == 0) {
        round->waiter->wake();
    }
}

} // namespace

Awaitable<void> waitEverywhere(const Context& context, Revision revision) {
    const auto executor = co_await boost::asio::this_coro::executor;
    const auto state = context.model.snapshot();
    const auto round = std::make_shared<Round>(executor);
    std::vector<api::Member> peers = replication::othersThan(context.self, *state);
    round->running = peers.size();
    for (api::Member& peer : peers) {
        boost::asio::co_spawn(executor, waitAt(context, round, std::move(peer), revision),
                              boost::asio::detached);
    }
    (void)co_await context.follower.waitFor(revision, contactDeadline);
    if (!peers.empty()) {
        (void)co_await round->waiter->wait(contactDeadline);
    }
}

Awaitable<void> answerDeletion(Call& call, Result<Revision> done, Fault missing, std::string what) {
    if (!done) {
        audit(call, "delete", what, done.error().message);
        auto response = errorAnswer(done.error(), missing);
        co_return co_await answer(call.exchange, std::move(response));
    }
    co_await waitEverywhere(call.context, *done);
    audit(call, "delete", what, "done");
    auto response = emptyAnswer(202);
    co_await answer(call.exchange, std::move(response));
}

} // namespace pilothouse::registry
