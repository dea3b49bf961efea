// SPDX-License-Identifier: GPL-3.0-or-later
// An HTTP/1.1 client of one origin, with kept-alive connections.
#pragma once

#include "replica/http/body_source.h"
#include "replica/http/message.h"
#include "replica/http/stream.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace pilothouse::http {

struct ClientRequest {
    std::string method = "GET";
    std::string target = "/"; // path and query, percent-encoded
    Headers headers;          // Host is added unless it is there, and what frames the body
    std::string body;
    // Whether it may be sent twice. Default: GET, HEAD and OPTIONS. Set it for a read that is a POST.
    std::optional<bool> safe;
    std::optional<Milliseconds> connect; // instead of ClientOptions::connect
    // Instead of `body`, which must be empty. Such a request is never sent twice.
    std::optional<BodySource> source;
};

struct ClientOptions {
    std::size_t answerBytes = 8 * 1024 * 1024; // largest body that request() takes
    std::size_t headBytes = 32 * 1024;
    std::size_t idleConnections = 8; // kept at most
    Milliseconds idle{20'000};       // kept at most, shorter than servers keep them
    Milliseconds connect{5'000};     // for connecting, within the request's deadline
};

// An answer whose body comes piece by piece. Closes its connection unless it was read to the end: then
// another request may use it.
class AnswerStream {
public:
    class Impl;
    explicit AnswerStream(std::shared_ptr<Impl> impl);
    AnswerStream(AnswerStream&&) noexcept;
    AnswerStream& operator=(AnswerStream&&) noexcept;
    ~AnswerStream();

    [[nodiscard]] const ResponseHead& head() const;
    // Some bytes, or 0 at the body's end. A passed deadline (ErrorCode::timeout) leaves the stream usable.
    [[nodiscard]] Awaitable<NetResult<std::size_t>> read(std::span<char> into, Deadline deadline);
    // Ends a waiting read() with ErrorCode::cancelled. From any thread.
    void cancel();

private:
    std::shared_ptr<Impl> m_impl;
};

// Thread-safe; calls run on a strand of the connection they use and resume on the caller's executor. A
// cancelled caller drops its connection. Never sends a request twice, except once a safe one whose kept-alive
// connection turns out to be closed before any byte of the answer.
class Client {
public:
    Client(Executor executor, Origin origin, ClientOptions options = {});
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;
    ~Client();

    [[nodiscard]] const Origin& origin() const;

    // The whole answer, whatever its status. `unavailable`: certainly not carried out (no connection);
    // `timeout`: sent, the outcome is unknown (NetError::how tells a deadline from a broken connection).
    //
    // With a source, `deadline` holds for connecting and sending the head; then each step of the body has the
    // source's `progress`; and from the body's end on the answer has the time that the whole request was
    // given. An answer that comes before the body's end ends the sending, and the connection is not used
    // again. A source that fails ends the request with its own code, and ConnectFailure::none.
    [[nodiscard]] Awaitable<NetResult<Response>> request(ClientRequest request, Deadline deadline);
    // The answer's head; its body as it comes. `deadline` holds until the head is there.
    [[nodiscard]] Awaitable<NetResult<AnswerStream>> stream(ClientRequest request, Deadline deadline);
    // Closes the kept-alive connections (after a change of certificates).
    void dropIdle();

private:
    friend AnswerStream;
    class Core;
    std::shared_ptr<Core> m_core;
};

} // namespace pilothouse::http
