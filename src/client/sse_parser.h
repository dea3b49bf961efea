// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a server-sent event stream piece by piece (WHATWG HTML, "Parsing an event stream").
#pragma once

#include <QByteArray>

#include <cstddef>
#include <optional>
#include <vector>

namespace pilothouse::client {

struct ServerSentEvent {
    QByteArray type; // "message" when the stream names none
    QByteArray data; // lines joined with LF, UTF-8
    QByteArray id;   // the last id so far; may be empty
    friend bool operator==(const ServerSentEvent&, const ServerSentEvent&) = default;
};

// Bounded: a line or an event over the limit poisons the parser, and the caller drops the connection.
class SseParser {
public:
    explicit SseParser(std::size_t mostBytesPerEvent = std::size_t{16} << 20U)
        : m_mostBytes(mostBytesPerEvent) {}

    // Takes the next bytes, cut anywhere, and gives the events that they complete. Comments give none: that
    // bytes came is the caller's to see.
    [[nodiscard]] std::vector<ServerSentEvent> feed(const QByteArray& bytes);

    // More than the limit came without an end. Nothing is given any more.
    [[nodiscard]] bool overflowed() const { return m_overflowed; }
    // The stream's `retry:`, how long to wait before connecting anew.
    [[nodiscard]] std::optional<int> retryMs() const { return m_retryMs; }

private:
    void takeLine(const QByteArray& line, std::vector<ServerSentEvent>& out);
    void takeField(const QByteArray& name, const QByteArray& value);
    void dispatch(std::vector<ServerSentEvent>& out);
    void stripByteOrderMark();

    std::size_t m_mostBytes;
    QByteArray m_pending; // of the line that has not ended
    QByteArray m_type;
    QByteArray m_data;
    QByteArray m_id;
    bool m_hasData = false;
    bool m_atStart = true;       // a byte order mark may come
    bool m_skipLineFeed = false; // the last byte was CR
    bool m_overflowed = false;
    std::optional<int> m_retryMs;
};

} // namespace pilothouse::client
