// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/client_connection.h"

#include "replica/http/url.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace pilothouse::http {
namespace {

constexpr std::size_t readRoom = std::size_t{16} * 1024;

// A request that was (perhaps) sent, and what became of it is not known.
tl::unexpected<NetError> unknownOutcome(NetError error) {
    error.code = error.code == ErrorCode::cancelled || error.code == ErrorCode::corrupt ||
                         error.code == ErrorCode::exhausted
                     ? error.code
                     : ErrorCode::timeout;
    return tl::unexpected(std::move(error));
}

std::string requestBytes(const ClientRequest& request, const Origin& origin) {
    std::string bytes = request.method + " " + request.target + " HTTP/1.1\r\n";
    if (!request.headers.find("Host")) {
        bytes += "Host: " + hostAndPort(origin.host, origin.port) + "\r\n";
    }
    for (const auto& [name, value] : request.headers) {
        bytes.append(name).append(": ").append(value).append("\r\n");
    }
    if (request.source && !request.source->length) {
        bytes += "Transfer-Encoding: chunked\r\n";
    } else if (request.source) {
        bytes += "Content-Length: " + std::to_string(*request.source->length) + "\r\n";
    } else if (!request.body.empty() || request.method == "POST" || request.method == "PUT" ||
               request.method == "PATCH") {
        bytes += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    }
    return bytes + "\r\n" + request.body;
}

bool staysOpen(const ParsedResponse& response) {
    return response.versionMinor >= 1 ? !response.head.headers.hasToken("Connection", "close")
                                      : response.head.headers.hasToken("Connection", "keep-alive");
}

} // namespace

Awaitable<NetStatus> ClientConnection::ensureConnected(const ClientRequest& request, Deadline deadline) {
    if (m_cancelled) {
        co_return netFail(ConnectFailure::none, ErrorCode::cancelled, "the request was cancelled");
    }
    if (m_stream && isSilent()) {
        co_return NetStatus();
    }
    m_stream.reset(); // the other side has closed it since the last answer, so nothing is lost
    m_input = {};
    m_used = false;
    const Deadline until = std::min(deadline, within(request.connect.value_or(m_options.connect)));
    auto stream = co_await connect(m_strand, m_origin, until);
    if (!stream) {
        co_return tl::unexpected(std::move(stream.error()));
    }
    m_stream.emplace(std::move(*stream));
    if (m_cancelled) {
        m_stream->cancel();
    }
    co_return NetStatus();
}

bool ClientConnection::isSilent() {
    char ignored = 0;
    return !m_stream->tryRead(std::span(&ignored, 1));
}

Awaitable<NetResult<ResponseHead>> ClientConnection::exchange(const ClientRequest& request,
                                                              Deadline deadline) {
    if (auto connected = co_await ensureConnected(request, deadline); !connected) {
        co_return tl::unexpected(std::move(connected.error()));
    }
    m_sawAnswer = false;
    m_body.reset();
    const std::string bytes = requestBytes(request, m_origin);
    if (auto sent = co_await m_stream->write(bytes, deadline); !sent) {
        co_return unknownOutcome(std::move(sent.error()));
    }
    co_return co_await readAnswer(request, deadline);
}

Awaitable<NetResult<ResponseHead>> ClientConnection::readAnswer(const ClientRequest& request,
                                                                Deadline deadline) {
    for (;;) {
        auto response = co_await readHead(deadline);
        if (!response) {
            co_return unknownOutcome(std::move(response.error()));
        }
        if (response->head.status >= 100 && response->head.status < 200) {
            continue; // an interim answer (RFC 9110 §15.2)
        }
        const auto framing = responseFraming(*response, request.method);
        if (!framing) {
            co_return netFail(ConnectFailure::broken, ErrorCode::corrupt, framing.error());
        }
        m_keepAlive = staysOpen(*response) && framing->kind != Framing::Kind::untilClose;
        m_body.emplace(*m_stream, m_input, *framing);
        m_used = true;
        co_return std::move(response->head);
    }
}

Awaitable<NetStatus> ClientConnection::beginUpload(std::shared_ptr<const ClientRequest> request,
                                                   std::function<void()> onAnswer, Deadline deadline) {
    if (auto connected = co_await ensureConnected(*request, deadline); !connected) {
        co_return connected;
    }
    m_sawAnswer = false;
    m_body.reset();
    m_answer.reset();
    m_answerCame.expires_at(Deadline::max());
    const std::string bytes = requestBytes(*request, m_origin);
    if (auto sent = co_await m_stream->write(bytes, deadline); !sent) {
        co_return unknownOutcome(std::move(sent.error()));
    }
    boost::asio::co_spawn(m_strand, watchAnswer(shared_from_this(), std::move(request), std::move(onAnswer)),
                          boost::asio::detached);
    co_return NetStatus();
}

// Beside the sending: a server may answer before it has read the body, and then may not read it at all.
Awaitable<void> ClientConnection::watchAnswer(std::shared_ptr<ClientConnection> self,
                                              std::shared_ptr<const ClientRequest> request,
                                              std::function<void()> onAnswer) {
    self->m_answer = co_await self->readAnswer(*request, Deadline::max());
    self->m_stream->interruptWrite();
    self->m_answerCame.cancel();
    onAnswer();
}

Awaitable<NetResult<bool>> ClientConnection::sendBody(std::string_view bytes, Deadline deadline) {
    if (m_answer) {
        co_return false;
    }
    auto sent = co_await m_stream->write(bytes, deadline);
    // A connection that breaks ends the watching too, perhaps with an answer that had come before.
    if (!sent && !m_answer && sent.error().how == ConnectFailure::broken) {
        co_return false;
    }
    if (!sent && !m_answer) {
        co_return unknownOutcome(std::move(sent.error()));
    }
    co_return sent.has_value();
}

Awaitable<NetResult<ResponseHead>> ClientConnection::takeAnswer(bool whole, Deadline deadline) {
    m_answerCame.expires_at(deadline);
    if (!m_answer) {
        static_cast<void>(
            co_await m_answerCame.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable)));
    }
    if (!m_answer) {
        co_return netFail(ConnectFailure::timeout, ErrorCode::timeout,
                          m_stream->remoteEndpoint() + " did not answer in time");
    }
    m_keepAlive = m_keepAlive && whole;
    co_return std::move(*m_answer);
}

Awaitable<NetResult<ParsedResponse>> ClientConnection::readHead(Deadline deadline) {
    std::size_t searched = 0;
    for (;;) {
        if (const auto end = findHeadEnd(m_input.data(), searched)) {
            auto parsed = parseResponseHead(m_input.data().substr(0, *end));
            m_input.consume(*end);
            if (!parsed) {
                co_return netFail(ConnectFailure::broken, ErrorCode::corrupt,
                                  "the answer is malformed: " + parsed.error());
            }
            co_return std::move(*parsed);
        }
        if (m_input.size() > m_options.headBytes) {
            co_return netFail(ConnectFailure::broken, ErrorCode::exhausted, "the answer's head is too long");
        }
        auto count = co_await m_stream->readSome(m_input.room(readRoom), deadline);
        if (!count) {
            co_return tl::unexpected(std::move(count.error()));
        }
        if (*count == 0) {
            co_return netFail(ConnectFailure::broken, ErrorCode::timeout,
                              "the connection was closed before the answer");
        }
        m_sawAnswer = true;
        m_input.commit(*count);
    }
}

Awaitable<NetResult<std::size_t>> ClientConnection::readBody(std::span<char> into, Deadline deadline) {
    if (m_body->ended()) {
        co_return std::size_t{0};
    }
    co_return co_await m_body->read(into, deadline);
}

void ClientConnection::cancel() {
    m_cancelled = true;
    if (m_stream) {
        m_stream->cancel();
    }
}

} // namespace pilothouse::http
