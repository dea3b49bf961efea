// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/exchange_impl.h"

#include <boost/asio/post.hpp>

#include <array>
#include <charconv>
#include <stdexcept>

namespace pilothouse::http {

namespace {

constexpr std::size_t pieceBytes = std::size_t{128} * 1024;      // what ServerLimits::write is given for
constexpr std::uint64_t drainedBytes = std::uint64_t{64} * 1024; // rather read than a new connection made
constexpr std::size_t joinedBodyBytes =
    std::size_t{32} * 1024; // copied behind the head, to leave in one packet

bool wantsClose(const Request& request) {
    if (request.versionMinor == 0) {
        return !request.headers.hasToken("Connection", "keep-alive");
    }
    return request.headers.hasToken("Connection", "close");
}

std::optional<std::uint64_t> declaredLength(const Headers& headers) {
    const auto text = headers.value("Content-Length");
    std::uint64_t length = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    return !text.empty() && error == std::errc() && stop == text.data() + text.size() ? std::optional(length)
                                                                                      : std::nullopt;
}

} // namespace

ExchangeImpl::ExchangeImpl(Connection& connection, Request request, Framing framing)
    : m_connection(connection), m_request(std::move(request)),
      m_body(connection.stream(), connection.input(), framing),
      m_limit(connection.options().limits.bodyBytes),
      m_awaitsContinue(!m_body.ended() && m_request.versionMinor > 0 &&
                       m_request.headers.hasToken("Expect", "100-continue")),
      m_close(wantsClose(m_request)), m_began(std::chrono::steady_clock::now()) {}

ExchangeImpl::~ExchangeImpl() {
    if (const auto& report = m_connection.options().onFinished) {
        report({m_request, m_gone ? 0 : m_status, m_body.count(), m_sent,
                std::chrono::steady_clock::now() - m_began});
    }
}

tl::unexpected<Error> ExchangeImpl::refuseBody(int status, ErrorCode code, std::string sentence) {
    m_refusal = {status, sentence};
    m_close = true;
    return fail(code, std::move(sentence));
}

Awaitable<Status> ExchangeImpl::sendContinue() {
    // RFC 9110 §10.1.1: not when the body is already on its way.
    if (std::exchange(m_awaitsContinue, false) && m_connection.input().empty()) {
        co_return co_await send("HTTP/1.1 100 Continue\r\n\r\n");
    }
    co_return Status();
}

// Never longer than `body` for this read, nor for all reads together than the lowest average rate allows.
Deadline ExchangeImpl::bodyDeadline() const {
    const auto& limits = m_connection.options().limits;
    std::chrono::nanoseconds allowance = limits.body;
    if (limits.bodyBytesPerSecond > 0) {
        const auto earned = std::chrono::milliseconds(m_body.count() * 1000 / limits.bodyBytesPerSecond);
        allowance = std::min(allowance, limits.body + earned - m_bodyWaited);
    }
    return std::chrono::steady_clock::now() + allowance;
}

Awaitable<NetResult<std::size_t>> ExchangeImpl::readInterruptibly(std::span<char> into) {
    if (!m_bodyWait) {
        co_return co_await m_body.read(into, bodyDeadline());
    }
    if (m_bodyWait->interrupted) {
        co_return netFail(ConnectFailure::none, ErrorCode::cancelled, "the body is not wanted any more");
    }
    m_bodyWait->isReading = true;
    auto count = co_await m_body.read(into, bodyDeadline());
    m_bodyWait->isReading = false;
    co_return count;
}

// The call may come when the connection serves another request, or none.
std::function<void()> ExchangeImpl::bodyInterrupt() {
    if (!m_bodyWait) {
        m_bodyWait = std::make_shared<BodyWait>();
    }
    return [weakWait = std::weak_ptr(m_bodyWait), weakConnection = m_connection.weak_from_this()] {
        const auto connection = weakConnection.lock();
        if (!connection) {
            return;
        }
        boost::asio::post(connection->stream().executor(), [weakWait, connection] {
            const auto wait = weakWait.lock();
            if (wait) {
                wait->interrupted = true;
            }
            if (wait && wait->isReading) {
                connection->stream().interruptRead();
            }
        });
    };
}

Awaitable<Result<std::size_t>> ExchangeImpl::readBody(std::span<char> into) {
    if (m_refusal.status != 0) {
        co_return fail(ErrorCode::invalid, m_refusal.sentence);
    }
    if (m_body.count() + m_body.remaining().value_or(0) > m_limit) {
        co_return refuseBody(413, ErrorCode::exhausted,
                             "the body is longer than the " + std::to_string(m_limit) +
                                 " bytes allowed here");
    }
    if (!m_body.ended()) {
        if (auto sent = co_await sendContinue(); !sent) {
            co_return fail(std::move(sent.error()));
        }
    }
    const auto began = std::chrono::steady_clock::now();
    const auto count = co_await readInterruptibly(into);
    m_bodyWaited += std::chrono::steady_clock::now() - began;
    if (!count) {
        m_close = true;
        switch (count.error().code) {
        case ErrorCode::timeout:
            co_return refuseBody(408, ErrorCode::timeout, "the body did not come in time");
        case ErrorCode::corrupt:
            co_return refuseBody(400, ErrorCode::invalid, count.error().message);
        default:
            co_return fail(Error(count.error()));
        }
    }
    if (m_body.count() > m_limit) {
        co_return refuseBody(413, ErrorCode::exhausted,
                             "the body is longer than the " + std::to_string(m_limit) +
                                 " bytes allowed here");
    }
    co_return *count;
}

Awaitable<Status> ExchangeImpl::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto piece = bytes.substr(0, pieceBytes);
        bytes.remove_prefix(piece.size());
        auto sent = co_await m_connection.stream().write(piece, within(m_connection.options().limits.write));
        if (!sent) {
            m_close = true;
            m_gone = true;
            m_connection.abandon();
            co_return fail(Error(std::move(sent.error())));
        }
    }
    co_return Status();
}

bool ExchangeImpl::isBodyless() const {
    return m_request.method == "HEAD" || m_status == 204 || m_status == 304;
}

std::string ExchangeImpl::beginAnswer(const ResponseHead& head, AnswerFraming framing) {
    if (m_status != 0) {
        throw std::logic_error("a request is answered once");
    }
    m_status = head.status;
    // A body that nobody will read any more ends the connection, unless it is small and certain to come.
    const bool drains = m_body.remaining().value_or(drainedBytes + 1) <= drainedBytes && !m_awaitsContinue;
    m_close = m_close || m_connection.isStopping() || !drains;
    if (m_status == 204 || m_status == 304) {
        framing.length.reset();
        framing.chunked = false;
    }
    framing.close = m_close;
    framing.keepAlive = !m_close && m_request.versionMinor == 0;
    framing.requestId = m_request.id;
    return answerHead(head, m_connection.options().commonHeaders, framing, m_connection.date());
}

Awaitable<Status> ExchangeImpl::respond(Response response) {
    auto bytes = beginAnswer(response, {response.body.size(), false, false, false});
    m_finished = true;
    if (isBodyless()) {
        co_return co_await send(bytes);
    }
    m_sent = response.body.size();
    if (response.body.size() <= joinedBodyBytes) {
        bytes += response.body;
        co_return co_await send(bytes);
    }
    if (auto sent = co_await send(bytes); !sent) {
        co_return sent;
    }
    co_return co_await send(response.body);
}

Awaitable<Status> ExchangeImpl::start(ResponseHead head) {
    m_toSend = declaredLength(head.headers);
    m_chunked = !m_toSend && m_request.versionMinor > 0;
    m_close = m_close || (!m_toSend && !m_chunked);
    const auto bytes = beginAnswer(head, {std::nullopt, m_chunked, false, false});
    co_return co_await send(bytes);
}

Awaitable<Status> ExchangeImpl::write(std::string_view bytes) {
    if (m_status == 0 || m_finished) {
        throw std::logic_error("write() comes between start() and finish()");
    }
    if (m_toSend && bytes.size() > *m_toSend - m_sent) {
        throw std::logic_error("more was written than the Content-Length says");
    }
    if (bytes.empty() || isBodyless()) {
        co_return Status();
    }
    m_sent += bytes.size();
    if (!m_chunked) {
        co_return co_await send(bytes);
    }
    std::array<char, 20> size{};
    const auto* end = std::to_chars(size.data(), size.data() + size.size(), bytes.size(), 16).ptr;
    std::string chunk(size.data(), static_cast<std::size_t>(end - size.data()));
    chunk.reserve(bytes.size() + 16);
    chunk += "\r\n";
    chunk += bytes;
    chunk += "\r\n";
    co_return co_await send(chunk);
}

Awaitable<Status> ExchangeImpl::finish() {
    if (m_status == 0 || m_finished) {
        throw std::logic_error("finish() comes once, after start()");
    }
    if (m_toSend && *m_toSend != m_sent && !isBodyless()) {
        throw std::logic_error("less was written than the Content-Length says");
    }
    m_finished = true;
    if (m_chunked && !isBodyless()) {
        co_return co_await send("0\r\n\r\n");
    }
    co_return Status();
}

void ExchangeImpl::cut() {
    m_close = true;
    m_connection.stream().reset();
}

void ExchangeImpl::onAbandoned(std::function<void()> callback) {
    if (m_status == 0 || !m_body.ended()) {
        throw std::logic_error("onAbandoned() comes after start() and after the body");
    }
    m_close = true;
    m_connection.watchClient(std::move(callback));
}

Awaitable<void> ExchangeImpl::drainBody() {
    std::array<char, 4096> ignored{};
    m_limit = m_body.count() + drainedBytes;
    while (!m_close && !m_body.ended()) {
        if (const auto count = co_await readBody(ignored); !count) {
            co_return; // which set m_close
        }
    }
}

Awaitable<void> ExchangeImpl::complete() {
    if (m_status == 0) {
        m_close = m_close || m_refusal.status != 0;
        const auto& context = m_connection.context();
        const auto& target = m_request.target;
        auto answer = m_refusal.status != 0
                          ? context.refusal(m_refusal.status, m_refusal.sentence, target)
                          : context.refusal(500, "the server failed to answer this request", target);
        static_cast<void>(co_await respond(std::move(answer)));
    }
    if (m_finished) {
        co_await drainBody();
    }
}

} // namespace pilothouse::http
