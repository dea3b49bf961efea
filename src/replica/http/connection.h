// SPDX-License-Identifier: GPL-3.0-or-later
// One client's connection to a server: requests one after the other.
#pragma once

#include "base/log_limit.h"
#include "replica/http/answer_head.h"
#include "replica/http/head_parser.h"
#include "replica/http/input_buffer.h"
#include "replica/http/request_id.h"
#include "replica/http/server.h"
#include "replica/http/stream.h"

#include <boost/asio/cancellation_signal.hpp>

namespace pilothouse::http {

// What all connections of a server share. Constant, but for what is counted.
struct ServerContext {
    ServerOptions options;
    Handler handler;
    std::shared_ptr<ServerCounters> counters = std::make_shared<ServerCounters>();
    std::shared_ptr<RequestIds> requestIds = std::make_shared<RequestIds>();
    std::shared_ptr<LogLimit> turnedAway = std::make_shared<LogLimit>();
    std::shared_ptr<LogLimit> failedHandshakes = std::make_shared<LogLimit>();

    [[nodiscard]] Response refusal(int status, std::string_view sentence, std::string_view target) const {
        return options.refusal ? options.refusal(status, sentence, target) : textResponse(status, sentence);
    }
};

// Everything runs on the socket's strand, except where said otherwise.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(std::shared_ptr<const ServerContext> context, boost::asio::ip::tcp::socket socket);

    // Serves until the connection ends, then calls `onGone` on the strand. From any thread.
    void run(std::function<void()> onGone);
    // Takes no further request, ends at once if none is running, tells a stream to end. From any thread.
    void stop();
    // Cancels what is running. From any thread.
    void kill();

    // For the exchange that runs.
    [[nodiscard]] Stream& stream() { return m_stream; }
    [[nodiscard]] InputBuffer& input() { return m_input; }
    [[nodiscard]] const ServerContext& context() const { return *m_context; }
    [[nodiscard]] const ServerOptions& options() const { return m_context->options; }
    [[nodiscard]] DateText& date() { return m_date; }
    [[nodiscard]] bool isStopping() const { return m_stopping; }
    // Calls `callback` once when the client is gone or stop() was called.
    void watchClient(std::function<void()> callback);
    [[nodiscard]] bool isAbandoned() const { return m_abandoned; }
    void abandon();

private:
    [[nodiscard]] Awaitable<void> serve();
    // The handshake; false if nothing can follow.
    [[nodiscard]] Awaitable<bool> begin();
    // Status 0 in the refusal: there is nobody to tell.
    [[nodiscard]] Awaitable<tl::expected<Request, Refusal>> readHead(bool isFirst);
    // Whether another request may follow.
    [[nodiscard]] Awaitable<bool> exchange(Request request);
    [[nodiscard]] Awaitable<void> refuse(Refusal refusal);
    [[nodiscard]] Awaitable<void> end();
    [[nodiscard]] Awaitable<void> watch();

    std::shared_ptr<const ServerContext> m_context;
    Stream m_stream;
    InputBuffer m_input;
    DateText m_date;
    boost::asio::cancellation_signal m_cancel;
    std::function<void()> m_onAbandoned;
    bool m_waitsForHead = false;
    bool m_stopping = false;
    bool m_abandoned = false;
    bool m_watched = false; // watch() reads, so nobody else does
    bool m_lingers = false; // unread bytes may come: closing at once would destroy the answer on its way
};

} // namespace pilothouse::http
