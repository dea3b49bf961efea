// SPDX-License-Identifier: GPL-3.0-or-later
// One request and its answer, as a handler sees them.
#pragma once

#include "replica/http/async.h"
#include "replica/http/message.h"
#include "replica/http/net_error.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pilothouse::http {

class ExchangeImpl;

// Lives on its connection's strand, as long as the handler runs. Every wait has the server's time-outs.
// A handler answers once: respond(), or start() + write()… + finish(). If it returns without, the server
// answers: with the status that a failed readBody() calls for (400, 408, 413), else with 500. What a handler
// throws is caught, logged and answered likewise.
class Exchange {
public:
    explicit Exchange(ExchangeImpl& impl) : m_impl(impl) {}
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    [[nodiscard]] const Request& request() const;
    [[nodiscard]] Executor executor() const; // the connection's strand

    // The body, decoded from chunks where it is sent so. The first call answers "Expect: 100-continue".
    // Replaces the server's limit for this body; call before the first read.
    void limitBody(std::uint64_t bytes);
    // Some bytes; 0 at the end. Errors: invalid (malformed or cut short), exhausted (over the limit),
    // timeout.
    [[nodiscard]] Awaitable<Result<std::size_t>> readBody(std::span<char> into);
    // Bytes still to come; nothing when the body is chunked and has not ended.
    [[nodiscard]] std::optional<std::uint64_t> bodyLeft() const;
    // The fields that follow a chunked body (RFC 9110 §6.5), once readBody() has given its end; empty before
    // that, and without any. They never replace the request's own.
    [[nodiscard]] const Headers& trailers() const;
    // Makes a readBody() that waits, or the next one, fail as `cancelled`; the exchange can still be
    // answered. The function may be called on any thread, and when the exchange is over.
    [[nodiscard]] std::function<void()> bodyInterrupt();
    // All of it; ErrorCode::exhausted over `limit` bytes.
    [[nodiscard]] Awaitable<Result<std::string>> readAll(std::size_t limit);

    // The whole answer. To HEAD the body's length is sent, not the body. An error means that the client is
    // gone: there is nothing left to do for the handler.
    [[nodiscard]] Awaitable<Status> respond(Response response);

    // A streamed answer: the head goes out at once, each write() is flushed. With a Content-Length in the
    // head exactly that many bytes must follow; without, the answer is chunked (to HTTP/1.0: ends with the
    // connection).
    [[nodiscard]] Awaitable<Status> start(ResponseHead head);
    [[nodiscard]] Awaitable<Status> write(std::string_view bytes);
    [[nodiscard]] Awaitable<Status> finish();
    // Instead of finish(), when the rest cannot be had: resets the connection, so that nobody takes what was
    // sent for the whole.
    void cut();

    // For streams that idle: `callback` is called once, on the strand, as soon as the client is gone or the
    // server begins to stop, also while nothing is being written. The stream should end then. Call after
    // start().
    void onAbandoned(std::function<void()> callback);
    [[nodiscard]] bool isAbandoned() const;

    [[nodiscard]] int status() const; // of the answer; 0 before it

private:
    ExchangeImpl& m_impl;
};

using Handler = std::function<Awaitable<void>(Exchange&)>;

} // namespace pilothouse::http
