// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of Exchange: one request's body and answer on a connection.
#pragma once

#include "replica/http/body_reader.h"
#include "replica/http/connection.h"
#include "replica/http/exchange.h"

namespace pilothouse::http {

class ExchangeImpl {
public:
    ExchangeImpl(Connection& connection, Request request, Framing framing);
    ~ExchangeImpl(); // reports

    // The handler's part; see Exchange.
    [[nodiscard]] const Request& request() const { return m_request; }
    [[nodiscard]] Connection& connection() { return m_connection; }
    void limitBody(std::uint64_t bytes) { m_limit = bytes; }
    [[nodiscard]] Awaitable<Result<std::size_t>> readBody(std::span<char> into);
    [[nodiscard]] std::optional<std::uint64_t> bodyLeft() const { return m_body.remaining(); }
    [[nodiscard]] const Headers& trailers() const { return m_body.trailers(); }
    [[nodiscard]] std::function<void()> bodyInterrupt();
    [[nodiscard]] Awaitable<Status> respond(Response response);
    [[nodiscard]] Awaitable<Status> start(ResponseHead head);
    [[nodiscard]] Awaitable<Status> write(std::string_view bytes);
    [[nodiscard]] Awaitable<Status> finish();
    void cut();
    void onAbandoned(std::function<void()> callback);
    [[nodiscard]] int status() const { return m_status; }

    // The connection's part, when the handler is done: answers for it where it did not, and reads what is
    // left of a small body, so that another request can follow.
    [[nodiscard]] Awaitable<void> complete();
    [[nodiscard]] bool keepsAlive() const { return m_finished && !m_close; }
    [[nodiscard]] bool leavesBytes() const { return !m_body.ended() || !m_connection.input().empty(); }

private:
    // What bodyInterrupt() works on, if it was asked for.
    struct BodyWait {
        bool isReading = false;
        bool interrupted = false;
    };
    [[nodiscard]] Awaitable<NetResult<std::size_t>> readInterruptibly(std::span<char> into);
    [[nodiscard]] Deadline bodyDeadline() const;
    [[nodiscard]] Awaitable<Status> sendContinue();
    [[nodiscard]] Awaitable<void> drainBody();
    [[nodiscard]] Awaitable<Status> send(std::string_view bytes);
    [[nodiscard]] std::string beginAnswer(const ResponseHead& head, AnswerFraming framing);
    [[nodiscard]] bool isBodyless() const;
    tl::unexpected<Error> refuseBody(int status, ErrorCode code, std::string sentence);

    Connection& m_connection;
    const Request m_request;
    BodyReader m_body;
    std::uint64_t m_limit;
    bool m_awaitsContinue;
    std::chrono::nanoseconds m_bodyWaited{0};
    std::shared_ptr<BodyWait> m_bodyWait;
    Refusal m_refusal{0, {}}; // what a failed read of the body calls for

    int m_status = 0;
    bool m_chunked = false;
    std::optional<std::uint64_t> m_toSend; // of a Content-Length that was given
    bool m_finished = false;
    bool m_gone = false; // the client, before the answer was out
    bool m_close;
    std::uint64_t m_sent = 0;
    MonotonicTime m_began;
};

} // namespace pilothouse::http
