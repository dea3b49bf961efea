// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/event_teller.h"

#include "replica/node/sleep.h"

namespace pilothouse::node {
namespace {

constexpr Milliseconds waitFor{60'000};
constexpr Milliseconds pause{200};
constexpr std::int64_t pageSize = 500;

} // namespace

boost::asio::awaitable<void> tellEvents(state::StateFollower& follower, state::ReadModel& model,
                                        std::function<void(const api::Event&)> tell) {
    const auto subscription = follower.subscribe();
    Revision told = model.snapshot()->revision;
    for (;;) {
        const auto applied = co_await subscription->next(waitFor);
        if (!applied) {
            continue; // nothing for a minute
        }
        if (told == Revision()) {
            told = applied->revision; // its history is not news
            continue;
        }
        if (applied->batch) {
            for (const auto& event : state::eventsIn(*applied->batch)) {
                if (Revision(event.revision) > told) {
                    tell(event);
                }
            }
            told = std::max(told, applied->revision);
            continue;
        }
        // Built anew, or too much at once: what is missing is in the read model.
        for (bool more = true; more;) {
            const auto page = co_await model.eventsAfter(told, pageSize);
            if (!page) {
                co_await sleepFor(pause);
                continue;
            }
            for (const auto& event : page->events) {
                tell(event);
                told = Revision(event.revision);
            }
            more = page->more;
        }
        told = std::max(told, applied->revision);
    }
}

} // namespace pilothouse::node
