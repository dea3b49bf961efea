// SPDX-License-Identifier: GPL-3.0-or-later
// One connection of a client: sends a request, reads the answer. Used on its strand only.
#pragma once

#include "replica/http/body_reader.h"
#include "replica/http/client.h"
#include "replica/http/head_parser.h"
#include "replica/http/input_buffer.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <optional>

namespace pilothouse::http {

class ClientConnection : public std::enable_shared_from_this<ClientConnection> {
public:
    ClientConnection(Executor strand, Origin origin, const ClientOptions& options)
        : m_strand(std::move(strand)), m_origin(std::move(origin)), m_options(options),
          m_answerCame(m_strand) {}

    [[nodiscard]] const Executor& strand() const { return m_strand; }
    // Whether a request was answered over it before: then it may have been closed meanwhile.
    [[nodiscard]] bool used() const { return m_used; }

    // Connects if it is not connected, sends, and reads the answer's head. `answered` of the error: whether a
    // byte of the answer came.
    [[nodiscard]] Awaitable<NetResult<ResponseHead>> exchange(const ClientRequest& request,
                                                              Deadline deadline);
    // The same for a request with a source, in steps: its head, its body, its answer. `onAnswer` is called on
    // the strand when the answer's head, or the connection's end, comes before takeAnswer().
    [[nodiscard]] Awaitable<NetStatus> beginUpload(std::shared_ptr<const ClientRequest> request,
                                                   std::function<void()> onAnswer, Deadline deadline);
    // Whether they were sent: not once the answer is there.
    [[nodiscard]] Awaitable<NetResult<bool>> sendBody(std::string_view bytes, Deadline deadline);
    // `whole`: all of the body was sent, so another request may follow.
    [[nodiscard]] Awaitable<NetResult<ResponseHead>> takeAnswer(bool whole, Deadline deadline);
    // Some bytes of the body, 0 at its end.
    [[nodiscard]] Awaitable<NetResult<std::size_t>> readBody(std::span<char> into, Deadline deadline);
    [[nodiscard]] bool sawAnswer() const { return m_sawAnswer; }
    // Whether another request may follow: the body was read to its end, and neither side wants to close.
    [[nodiscard]] bool reusable() const {
        return m_keepAlive && m_body && m_body->ended() && m_input.empty();
    }
    void cancel();

private:
    [[nodiscard]] Awaitable<NetStatus> ensureConnected(const ClientRequest& request, Deadline deadline);
    // Whether a kept connection has nothing to say, as it should between two requests.
    [[nodiscard]] bool isSilent();
    [[nodiscard]] Awaitable<NetResult<ResponseHead>> readAnswer(const ClientRequest& request,
                                                                Deadline deadline);
    [[nodiscard]] static Awaitable<void> watchAnswer(std::shared_ptr<ClientConnection> self,
                                                     std::shared_ptr<const ClientRequest> request,
                                                     std::function<void()> onAnswer);
    [[nodiscard]] Awaitable<NetResult<ParsedResponse>> readHead(Deadline deadline);

    Executor m_strand;
    Origin m_origin;
    ClientOptions m_options;
    std::optional<Stream> m_stream;
    InputBuffer m_input;
    std::optional<BodyReader> m_body;
    std::optional<NetResult<ResponseHead>> m_answer; // to an upload
    boost::asio::steady_timer m_answerCame;          // ends early when it is there
    bool m_used = false;
    bool m_keepAlive = false;
    bool m_sawAnswer = false;
    bool m_cancelled = false;
};

using ConnectionPtr = std::shared_ptr<ClientConnection>;

// From any thread.
[[nodiscard]] inline std::function<void()> cancelling(const ConnectionPtr& connection) {
    return [connection] { boost::asio::post(connection->strand(), [connection] { connection->cancel(); }); };
}

} // namespace pilothouse::http
