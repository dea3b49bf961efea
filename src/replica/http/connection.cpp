// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/connection.h"

#include "replica/http/exchange_impl.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <exception>

namespace pilothouse::http {

namespace asio = boost::asio;

namespace {

constexpr std::size_t readBytes = std::size_t{8} * 1024;
// What a client still sends when it has its answer is read for a while: a reset would take the answer away
// from one that looks at it only when it cannot send any more. Most stop as soon as they see it.
constexpr std::size_t lingerBytes = std::size_t{256} * 1024 * 1024;
constexpr Milliseconds lingerTime{10'000};
constexpr Milliseconds lingerSilence{2'000};
constexpr std::size_t pipelinedBytes = std::size_t{64} * 1024;
constexpr char tlsHandshake = 0x16; // first byte of a TLS connection (RFC 8446 §5.1)

std::string describe(const std::exception_ptr& exception) {
    try {
        std::rethrow_exception(exception);
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "unknown exception";
    }
}

} // namespace

Connection::Connection(std::shared_ptr<const ServerContext> context, asio::ip::tcp::socket socket)
    : m_context(std::move(context)), m_stream(std::move(socket)) {}

void Connection::run(std::function<void()> onGone) {
    auto ended = [self = shared_from_this(),
                  onGone = std::move(onGone)](const std::exception_ptr& exception) {
        if (exception && !self->m_stopping) {
            self->options().log.warning(
                "a connection ended by an exception",
                {{"remote", self->m_stream.remoteEndpoint()}, {"what", describe(exception)}});
        }
        self->m_stream.close();
        onGone();
    };
    // Everything with the signal happens on the strand, its first use included.
    asio::post(m_stream.executor(), [self = shared_from_this(), ended = std::move(ended)]() mutable {
        asio::co_spawn(self->m_stream.executor(), self->serve(),
                       asio::bind_cancellation_slot(self->m_cancel.slot(), std::move(ended)));
    });
}

void Connection::stop() {
    asio::post(m_stream.executor(), [self = shared_from_this()] {
        self->m_stopping = true;
        if (self->m_waitsForHead) {
            self->m_stream.cancel();
        }
        self->abandon();
    });
}

void Connection::kill() {
    asio::post(m_stream.executor(), [self = shared_from_this()] {
        self->m_stopping = true;
        self->abandon();
        self->m_stream.cancel();
        self->m_cancel.emit(asio::cancellation_type::terminal);
    });
}

void Connection::abandon() {
    m_abandoned = true;
    if (const auto callback = std::exchange(m_onAbandoned, nullptr)) {
        callback();
    }
}

void Connection::watchClient(std::function<void()> callback) {
    m_onAbandoned = std::move(callback);
    if (m_abandoned || m_stopping) {
        abandon();
        return;
    }
    m_watched = true;
    asio::co_spawn(
        m_stream.executor(), [self = shared_from_this()] { return self->watch(); }, asio::detached);
}

// What comes meanwhile is kept for the next reader. Ends at the latest when the connection is closed.
Awaitable<void> Connection::watch() {
    const auto self = shared_from_this();
    while (m_input.size() < pipelinedBytes) {
        const auto count = co_await m_stream.readSome(m_input.room(readBytes), Deadline::max());
        if (!count || *count == 0) {
            abandon();
            co_return;
        }
        m_input.commit(*count);
    }
}

Awaitable<bool> Connection::begin() {
    if (!options().tls) {
        co_return true;
    }
    const CountedIn reading(m_context->counters->reading);
    const auto deadline = within(options().limits.handshake);
    m_waitsForHead = true;
    const auto first = co_await m_stream.peek(1, deadline);
    if (!first || first->empty()) {
        co_return false;
    }
    if (first->front() != tlsHandshake && first->front() >= 'A' && first->front() <= 'Z') {
        // A variable: g++ 12 destroys an aggregate twice that is made within the awaited expression.
        Refusal refusal{400, "this port speaks HTTPS: use https:// in the address"};
        co_await refuse(std::move(refusal));
        co_return false;
    }
    const auto shaken = co_await m_stream.acceptTls(*options().tls, deadline);
    m_waitsForHead = false;
    if (!shaken && shaken.error().how == ConnectFailure::tls) {
        m_context->failedHandshakes->info(options().log, "TLS handshake failed",
                                          {{"reason", shaken.error().message}});
        m_lingers = true; // so that the alert arrives
        co_await end();
    }
    co_return shaken.has_value();
}

Awaitable<tl::expected<Request, Refusal>> Connection::readHead(bool isFirst) {
    const auto& limits = options().limits;
    std::size_t searched = 0;
    auto deadline = within(isFirst ? limits.head : limits.idle);
    std::optional<CountedIn> begun; // from the first byte on
    for (;;) {
        while (m_input.data().starts_with("\r\n")) { // RFC 9112 §2.2
            m_input.consume(2);
            searched = 0;
        }
        if (const auto end = findHeadEnd(m_input.data(), searched); end && *end <= limits.headBytes) {
            auto request = parseRequestHead(m_input.data().substr(0, *end));
            m_input.consume(*end);
            co_return request;
        } else if (end || m_input.size() > limits.headBytes) {
            co_return tl::unexpected(Refusal{431, "the head of the request is longer than " +
                                                      std::to_string(limits.headBytes) + " bytes"});
        }
        if (!begun && !m_input.empty()) {
            begun.emplace(m_context->counters->reading);
            deadline = within(limits.head);
        }
        if (m_stopping) {
            co_return tl::unexpected(Refusal{0, {}});
        }
        m_waitsForHead = true;
        const auto count = co_await m_stream.readSome(m_input.room(readBytes), deadline);
        m_waitsForHead = false;
        if (!count && count.error().code == ErrorCode::timeout && begun) {
            co_return tl::unexpected(Refusal{408, "the request did not come in time"});
        }
        if (!count || *count == 0) {
            co_return tl::unexpected(Refusal{0, {}});
        }
        m_input.commit(*count);
    }
}

Awaitable<void> Connection::refuse(Refusal refusal) {
    m_lingers = true;
    if (refusal.id.empty() && options().namesRequests) {
        refusal.id = m_context->requestIds->next();
    }
    const auto response = m_context->refusal(refusal.status, refusal.sentence, refusal.target);
    const AnswerFraming framing{response.body.size(), false, true, false, refusal.id};
    const auto bytes = answerHead(response, options().commonHeaders, framing, m_date) + response.body;
    static_cast<void>(co_await m_stream.write(bytes, within(options().limits.write)));
    co_await end();
}

Awaitable<bool> Connection::exchange(Request request) {
    request.remote = m_stream.remoteEndpoint();
    request.overTls = m_stream.isTls();
    request.peer = m_stream.peer();
    if (options().namesRequests) {
        request.id = m_context->requestIds->of(request.headers);
    }
    const auto framing = requestFraming(request);
    if (!framing) {
        Refusal refusal = framing.error();
        refusal.target = request.target;
        refusal.id = request.id;
        co_await refuse(std::move(refusal));
        co_return false;
    }
    ++m_context->counters->requests;
    const CountedIn writing(m_context->counters->writing);
    ExchangeImpl impl(*this, std::move(request), *framing);
    Exchange facade(impl);
    if (options().onStarted) {
        options().onStarted(impl.request());
    }
    std::string exception;
    try {
        co_await m_context->handler(facade);
    } catch (...) {
        exception = describe(std::current_exception());
    }
    if (!exception.empty() && !m_stopping) {
        options().log.error("a handler failed by an exception", {{"method", impl.request().method},
                                                                 {"path", impl.request().path},
                                                                 {"what", exception},
                                                                 {"request_id", impl.request().id}});
    }
    co_await impl.complete();
    m_lingers = impl.leavesBytes();
    co_return impl.keepsAlive() && !m_stopping;
}

Awaitable<void> Connection::end() {
    co_await m_stream.shutdown(within(lingerSilence));
    if (!m_lingers || m_watched) { // who talks into a stream is not owed patience
        co_return;
    }
    m_lingers = false;
    std::array<char, readBytes> ignored{};
    std::size_t total = 0;
    const auto deadline = within(lingerTime);
    while (total < lingerBytes && !m_stopping) {
        const auto count = co_await m_stream.readSome(ignored, std::min(deadline, within(lingerSilence)));
        if (!count || *count == 0) {
            co_return;
        }
        total += *count;
    }
}

Awaitable<void> Connection::serve() {
    const bool begun = co_await begin();
    for (bool isFirst = true, goesOn = begun; goesOn && !m_stopping; isFirst = false) {
        auto request = co_await readHead(isFirst);
        if (request) {
            goesOn = co_await exchange(std::move(*request));
        } else {
            goesOn = false;
            if (request.error().status != 0) {
                co_await refuse(std::move(request.error()));
            }
        }
    }
    if (begun) {
        co_await end();
    }
}

} // namespace pilothouse::http
