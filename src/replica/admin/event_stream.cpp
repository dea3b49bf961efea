// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/event_stream.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <charconv>
#include <memory>

namespace pilothouse::admin {
namespace {

// Something comes in every second: a console takes a stream that is silent for longer for late.
constexpr std::chrono::milliseconds commentEvery{800};
constexpr std::int64_t pageOfEvents = 200;
constexpr Milliseconds longestLook{700}; // for events: a disk that hangs must not silence the stream

// Wakes the stream's coroutine from other threads. Shared with the callbacks, which may outlive the stream.
class WakeUp {
public:
    explicit WakeUp(const http::Executor& executor) : m_timer(executor) {}

    // On the stream's strand: until something calls wake() or the time is over.
    http::Awaitable<void> wait(std::chrono::milliseconds time) {
        if (!m_pending) {
            boost::system::error_code ignored;
            m_timer.expires_after(time);
            co_await m_timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
        }
        m_pending = false;
    }
    // Any thread.
    static void wake(const std::shared_ptr<WakeUp>& self) {
        boost::asio::post(self->m_timer.get_executor(), [self] {
            self->m_pending = true;
            self->m_timer.cancel();
        });
    }

private:
    boost::asio::steady_timer m_timer;
    bool m_pending = false;
};

std::string eventFrame(const api::Event& event) {
    return "event: event\nid: " + std::to_string(event.revision) + "\ndata: " + api::toJson(event) + "\n\n";
}

// Where the client left off; nullopt when it begins anew.
std::optional<Revision> lastEventId(const http::Request& request) {
    const auto text = request.headers.find("Last-Event-ID");
    std::int64_t number = 0;
    if (!text) {
        return std::nullopt;
    }
    const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), number);
    const bool understood = failure == std::errc() && end == text->data() + text->size() && number >= 0;
    return understood ? std::optional(Revision(number)) : std::nullopt;
}

// Told of each published status until it goes, however that comes about.
class StatusSubscription {
public:
    StatusSubscription(node::StatusBoard& board, std::shared_ptr<WakeUp> wakeUp)
        : m_board(board), m_id(board.subscribe([wakeUp = std::move(wakeUp)] { WakeUp::wake(wakeUp); })) {}
    ~StatusSubscription() { m_board.unsubscribe(m_id); }
    StatusSubscription(const StatusSubscription&) = delete;
    StatusSubscription& operator=(const StatusSubscription&) = delete;

private:
    node::StatusBoard& m_board;
    const std::uint64_t m_id;
};

class Stream {
public:
    Stream(const Context& context, http::Exchange& exchange, Principal principal)
        : m_context(context), m_exchange(exchange), m_principal(std::move(principal)),
          m_wakeUp(std::make_shared<WakeUp>(exchange.executor())) {}

    http::Awaitable<void> serve() {
        http::ResponseHead head;
        head.headers.set("Content-Type", "text/event-stream");
        head.headers.set("Cache-Control", "no-store");
        head.headers.set("X-Accel-Buffering", "no"); // a proxy in between must not hold frames back
        if (!co_await m_exchange.start(std::move(head))) {
            co_return;
        }
        if (m_exchange.request().method == "HEAD") {
            (void)co_await m_exchange.finish();
            co_return;
        }
        m_exchange.onAbandoned([wakeUp = m_wakeUp] { WakeUp::wake(wakeUp); });
        const StatusSubscription subscription(m_context.board, m_wakeUp);
        // Events since the client's last one, else only those from now on.
        m_sentUpTo = lastEventId(m_exchange.request()).value_or(m_context.model.snapshot()->revision);
        while (!m_exchange.isAbandoned() && m_context.authenticator.stillHolds(m_principal)) {
            const auto began = m_context.clock.monotonic();
            if (!co_await sendNews()) {
                co_return;
            }
            const auto took = std::chrono::duration_cast<Milliseconds>(m_context.clock.monotonic() - began);
            co_await m_wakeUp->wait(std::max(commentEvery - took, Milliseconds(0)));
        }
        (void)co_await m_exchange.finish();
    }

private:
    http::Awaitable<bool> sendNews() {
        const std::string status = newStatus();
        if (!status.empty()) { // before a look at the disk
            const auto sent = co_await m_exchange.write(status);
            if (!sent) {
                co_return false;
            }
        }
        std::string frames = co_await newEvents();
        if (status.empty() && frames.empty()) {
            frames = ": \n"; // a comment: a sign of life
        }
        const auto sent = co_await m_exchange.write(frames);
        co_return sent.has_value();
    }

    std::string newStatus() {
        const auto snapshot = m_context.board.snapshot();
        if (snapshot->version == m_sentVersion) {
            return {};
        }
        m_sentVersion = snapshot->version;
        return "event: status\ndata: " + snapshot->json + "\n\n";
    }

    // The published status carries the read model's revision, so new events always come with a new status.
    http::Awaitable<std::string> newEvents() {
        std::string frames;
        while (m_context.model.snapshot()->revision > m_sentUpTo) {
            const auto upTo = m_context.model.snapshot()->revision;
            const auto page = co_await m_context.model.eventsAfter(m_sentUpTo, pageOfEvents, longestLook);
            if (!page) {
                break; // told again with the next news
            }
            for (const auto& event : page->events) {
                frames += eventFrame(event);
                m_sentUpTo = Revision(event.revision);
            }
            if (!page->more) {
                m_sentUpTo = std::max(m_sentUpTo, upTo);
                break;
            }
        }
        co_return frames;
    }

    const Context& m_context;
    http::Exchange& m_exchange;
    const Principal m_principal;
    std::shared_ptr<WakeUp> m_wakeUp;
    std::uint64_t m_sentVersion = 0;
    Revision m_sentUpTo;
};

} // namespace

http::Awaitable<void> serveEventStream(const Context& context, http::Exchange& exchange,
                                       Principal principal) {
    Stream stream(context, exchange, std::move(principal));
    co_await stream.serve();
}

} // namespace pilothouse::admin
