// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "replica/state/follower.h"
#include "support.h"

#include <boost/asio/bind_cancellation_slot.hpp>

namespace pilothouse::state::test {

// A read model and its follower on one engine, as one replica has them.
struct Follow {
    Follow(boost::asio::io_context& io, engine::Engine& engine, const std::filesystem::path& file)
        : context(io), model(file, {ClusterId(std::string(32, 'c')), Epoch(1)}, Logger()),
          follower(
              engine, model, systemClock(), [] { return 0.5; }, options(), Logger()) {
        const Status opened = run(context, model.open());
        EXPECT_TRUE(opened) << why(opened);
        boost::asio::co_spawn(
            context, begin(),
            boost::asio::bind_cancellation_slot(stop.slot(), [this](const std::exception_ptr& e) {
                ended = true;
                EXPECT_EQ(e, nullptr) << "it ends without an exception";
            }));
        // Boost 1.83 throws out of the context what is cancelled before its first step.
        EXPECT_TRUE(runUntil(context, [this] { return begun; }));
    }
    ~Follow() {
        stop.emit(boost::asio::cancellation_type::terminal);
        EXPECT_TRUE(runUntil(context, [this] { return ended; })) << "the follower does not stop";
    }
    Follow(const Follow&) = delete;
    Follow& operator=(const Follow&) = delete;
    static FollowerOptions options() {
        FollowerOptions made;
        made.list.pageSize = 3; // so that lists have pages
        made.learnerPoll = Milliseconds(5);
        made.shortestPause = Milliseconds(1);
        made.longestPause = Milliseconds(20);
        made.longestSilence = Milliseconds(500);
        return made;
    }
    engine::Awaitable<void> begin() {
        begun = true;
        co_await follower.run();
    }
    bool reaches(Revision revision) {
        return runUntil(context, [&] { return follower.applied() >= revision; });
    }
    // Everything in the file, as the engine would list it.
    std::vector<engine::Entry> content() {
        std::function<Result<std::vector<engine::Entry>>(Projection&)> all = [](Projection& projection) {
            return projection.records("", "", 100'000);
        };
        const auto entries = run(context, model.read<std::vector<engine::Entry>>(std::move(all)));
        EXPECT_TRUE(entries) << why(entries);
        return entries.value_or(std::vector<engine::Entry>());
    }

    boost::asio::io_context& context;
    ReadModel model;
    StateFollower follower;
    boost::asio::cancellation_signal stop;
    bool begun = false;
    bool ended = false;
};

} // namespace pilothouse::state::test
