// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/client_upload.h"

#include "replica/http/hop.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <mutex>
#include <vector>

namespace pilothouse::http {
namespace {

using RequestPtr = std::shared_ptr<const ClientRequest>;

constexpr std::size_t pieceBytes = std::size_t{256} * 1024;
constexpr std::size_t sizeLineBytes = 18; // 16 hexadecimal digits and the end of the line
constexpr std::string_view lineEnd = "\r\n";

// A piece of the body, with room for a chunk's lines around it, so that it need not be copied.
class Piece {
public:
    explicit Piece(std::optional<std::uint64_t> length)
        : m_chunked(!length),
          m_bytes(
              sizeLineBytes + lineEnd.size() +
              static_cast<std::size_t>(std::min<std::uint64_t>(length.value_or(pieceBytes), pieceBytes))) {}

    [[nodiscard]] std::span<char> room(std::uint64_t wanted) {
        const auto whole = std::span(m_bytes).subspan(sizeLineBytes).first(capacity());
        return whole.first(static_cast<std::size_t>(std::min<std::uint64_t>(whole.size(), wanted)));
    }
    // The first `count` bytes, at least one, as they are sent.
    [[nodiscard]] std::string_view framed(std::size_t count) {
        const auto body = std::string_view(m_bytes.data(), m_bytes.size()).substr(sizeLineBytes, count);
        if (!m_chunked) {
            return body;
        }
        std::array<char, 16> digits{};
        const auto* stop = std::to_chars(digits.data(), digits.data() + digits.size(), count, 16).ptr;
        std::string line(digits.data(), static_cast<std::size_t>(stop - digits.data()));
        line += lineEnd;
        const auto begin = sizeLineBytes - line.size();
        std::copy(line.begin(), line.end(), m_bytes.begin() + static_cast<std::ptrdiff_t>(begin));
        std::copy(lineEnd.begin(), lineEnd.end(),
                  m_bytes.begin() + static_cast<std::ptrdiff_t>(sizeLineBytes + count));
        return {m_bytes.data() + begin, line.size() + count + lineEnd.size()};
    }

private:
    [[nodiscard]] std::size_t capacity() const { return m_bytes.size() - sizeLineBytes - lineEnd.size(); }

    bool m_chunked;
    std::vector<char> m_bytes;
};

// The source's interrupt, which must not be called any more when the caller has gone.
class Alarm {
public:
    explicit Alarm(std::function<void()> interrupt) : m_interrupt(std::move(interrupt)) {}

    void ring() {
        const std::lock_guard lock(m_mutex);
        if (!m_silenced && !m_rung && m_interrupt) {
            m_interrupt();
        }
        m_rung = true;
    }
    void silence() {
        const std::lock_guard lock(m_mutex);
        m_silenced = true;
    }
    [[nodiscard]] bool hasRung() const {
        const std::lock_guard lock(m_mutex);
        return m_rung;
    }

private:
    mutable std::mutex m_mutex; // guards what follows
    std::function<void()> m_interrupt;
    bool m_rung = false;
    bool m_silenced = false;
};

// However the caller leaves: the source is left alone, and a connection in the middle of a body is closed.
class Leave {
public:
    Leave(ConnectionPtr connection, std::shared_ptr<Alarm> alarm)
        : m_connection(std::move(connection)), m_alarm(std::move(alarm)) {}
    ~Leave() {
        m_alarm->silence();
        if (m_connection) {
            cancelling(m_connection)();
        }
    }
    Leave(const Leave&) = delete;
    Leave& operator=(const Leave&) = delete;
    void keepConnection() { m_connection.reset(); }

private:
    ConnectionPtr m_connection;
    std::shared_ptr<Alarm> m_alarm;
};

// What runs on the connection's strand holds on to what it uses, since the caller may leave meanwhile.
Awaitable<NetStatus> beginOn(ConnectionPtr connection, RequestPtr request, std::shared_ptr<Alarm> alarm,
                             Deadline deadline) {
    std::function<void()> ring = [alarm] { alarm->ring(); };
    co_return co_await connection->beginUpload(std::move(request), std::move(ring), deadline);
}

Awaitable<NetResult<bool>> sendOn(ConnectionPtr connection, std::shared_ptr<Piece> piece, std::size_t count,
                                  Deadline deadline) {
    co_return co_await connection->sendBody(piece->framed(count), deadline);
}

Awaitable<NetResult<bool>> sendEndOn(ConnectionPtr connection, std::shared_ptr<const std::string> end,
                                     Deadline deadline) {
    co_return co_await connection->sendBody(*end, deadline);
}

Awaitable<NetResult<ResponseHead>> answerOn(ConnectionPtr connection, bool whole, Deadline deadline) {
    co_return co_await connection->takeAnswer(whole, deadline);
}

tl::unexpected<NetError> sourceFailure(Error error) {
    return netFail(ConnectFailure::none, error.code, std::move(error.message), std::move(error.hint));
}

// The end of a chunked body.
std::shared_ptr<const std::string> endOf(const BodySource& source) {
    std::string end = "0\r\n";
    const Headers trailers = source.trailers ? source.trailers() : Headers();
    for (const auto& [name, value] : trailers) {
        end.append(name).append(": ").append(value).append(lineEnd);
    }
    end += lineEnd;
    return std::make_shared<const std::string>(std::move(end));
}

// Whether all of it was sent; false when the answer came first.
Awaitable<NetResult<bool>> sendAll(ConnectionPtr connection, const BodySource& source, const Alarm& alarm) {
    const auto piece = std::make_shared<Piece>(source.length);
    std::uint64_t left = source.length.value_or(pieceBytes); // a chunked body ends by itself
    while (left > 0) {
        const auto count = co_await source.read(piece->room(left), within(source.progress));
        if (alarm.hasRung()) {
            co_return false;
        }
        if (!count) {
            co_return sourceFailure(count.error());
        }
        if (*count == 0 && source.length) {
            co_return netFail(ConnectFailure::none, ErrorCode::invalid,
                              "the request's body ended " + std::to_string(left) + " bytes early");
        }
        if (*count == 0) {
            const auto end = endOf(source);
            co_return co_await hopTo(connection->strand(),
                                     sendEndOn(connection, end, within(source.progress)),
                                     cancelling(connection));
        }
        left -= source.length ? *count : 0;
        const auto sent =
            co_await hopTo(connection->strand(), sendOn(connection, piece, *count, within(source.progress)),
                           cancelling(connection));
        if (!sent || !*sent) {
            co_return sent;
        }
    }
    co_return true;
}

// The time that a request was given, from now on; a wait without end stays one.
Deadline anew(Deadline deadline, MonotonicTime began) {
    return deadline == Deadline::max() ? deadline : std::chrono::steady_clock::now() + (deadline - began);
}

} // namespace

Awaitable<NetResult<Uploaded>> upload(ConnectionPtr connection, std::shared_ptr<const ClientRequest> request,
                                      Deadline deadline) {
    const auto began = std::chrono::steady_clock::now();
    const auto alarm = std::make_shared<Alarm>(request->source->interrupt);
    Leave leave(connection, alarm);
    auto begun = co_await hopTo(connection->strand(), beginOn(connection, request, alarm, deadline),
                                cancelling(connection));
    if (!begun) {
        co_return tl::unexpected(std::move(begun.error()));
    }
    auto whole = co_await sendAll(connection, *request->source, *alarm);
    alarm->silence();
    if (!whole) {
        co_return tl::unexpected(std::move(whole.error()));
    }
    const auto rest = anew(deadline, began);
    auto head =
        co_await hopTo(connection->strand(), answerOn(connection, *whole, rest), cancelling(connection));
    if (!head) {
        co_return tl::unexpected(std::move(head.error()));
    }
    leave.keepConnection();
    co_return Uploaded{std::move(*head), rest};
}

} // namespace pilothouse::http
