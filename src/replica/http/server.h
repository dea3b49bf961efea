// SPDX-License-Identifier: GPL-3.0-or-later
// An HTTP/1.1 server (RFC 9112), plain or TLS.
#pragma once

#include "base/log.h"
#include "replica/http/exchange.h"
#include "replica/http/server_counts.h"

#include <memory>
#include <string>
#include <vector>

namespace pilothouse::http {

struct ListenAddress {
    std::string host;       // IP address; "" or "::" for all of IPv6 and IPv4
    std::uint16_t port = 0; // 0: the kernel chooses
};

struct ServerLimits {
    std::size_t headBytes = 32 * 1024;
    std::uint64_t bodyBytes = 1024 * 1024; // unless Exchange::limitBody()
    std::size_t connections = 4096;
    std::size_t connectionsOfOneSource = 1024; // which may be a load balancer
    Milliseconds handshake{10'000};
    Milliseconds head{10'000};              // from a request's first byte to the end of its head
    Milliseconds body{30'000};              // without a byte of the body, and …
    std::uint64_t bodyBytesPerSecond = 256; // … at least this on average beyond the first `body`
    Milliseconds write{30'000};             // without progress of 128 KiB
    Milliseconds idle{75'000};              // between two requests
};

// Both numbers of connections lowered where the process may open only so many files: a server takes at most a
// third of them, since there may be a second one, and the rest is for everything else.
[[nodiscard]] ServerLimits fittedTo(ServerLimits limits, std::size_t openFiles);

// What an exchange came to, for metrics and logs.
struct ExchangeReport {
    const Request& request;
    int status = 0;                       // 0: the client went away before the answer
    std::uint64_t received = 0;           // bytes of the body
    std::uint64_t sent = 0;               // bytes of the body
    std::chrono::nanoseconds duration{0}; // from the head's end to the answer's end
};

struct ServerOptions {
    std::vector<ListenAddress> addresses;
    std::shared_ptr<TlsContext> tls; // null: plain
    ServerLimits limits;             // fitted to what the process may open when the server is made
    Headers commonHeaders;           // in every answer, also the server's own errors
    bool namesRequests = false;      // each has an id, its own or a new one, which its answer carries too
    // Makes the server's own refusals (400, 408, 413, 431, 500, 505 …); empty: one line of text. `target` as
    // it was sent, empty when it could not be read.
    std::function<Response(int status, std::string_view sentence, std::string_view target)> refusal;
    Logger log;
    // Before the handler and after it, on the connection's strand: must neither block nor throw. May be
    // empty.
    std::function<void(const Request&)> onStarted;
    std::function<void(const ExchangeReport&)> onFinished;
};

// Serves from start() until stop(). Thread-safe. The io_context behind `executor` may be run by several
// threads; handlers of different connections then run at the same time, each on its connection's strand.
class Server {
public:
    Server(Executor executor, ServerOptions options, Handler handler);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server(); // as stop() with no grace, without waiting

    // Binds and listens on all addresses, or on none. A port that is taken: ErrorCode::conflict with a
    // sentence that names the port and, where /proc tells, the process.
    [[nodiscard]] Status start();
    // Where it listens, with the ports that the kernel chose, in the order of the options.
    [[nodiscard]] std::vector<ListenAddress> addresses() const;
    // The first address's port.
    [[nodiscard]] std::uint16_t port() const;

    // Stops accepting, closes idle connections, lets running exchanges finish until `grace` has passed (their
    // streams are told by onAbandoned()), then cancels them. Returns when all connections are gone, at the
    // latest a second after the grace.
    [[nodiscard]] Awaitable<void> stop(Milliseconds grace);

    [[nodiscard]] std::size_t connections() const;
    [[nodiscard]] ServerCounts counts() const;

private:
    class Core;
    std::shared_ptr<Core> m_core;
};

} // namespace pilothouse::http
