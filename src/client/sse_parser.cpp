// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sse_parser.h"

#include <algorithm>
#include <utility>

namespace pilothouse::client {

std::vector<ServerSentEvent> SseParser::feed(const QByteArray& bytes) {
    std::vector<ServerSentEvent> out;
    qsizetype at = 0;
    while (at < bytes.size() && !m_overflowed) {
        if (std::exchange(m_skipLineFeed, false) && bytes[at] == '\n') {
            ++at;
            continue;
        }
        const auto* const begin = bytes.cbegin() + at;
        const auto* const end =
            std::find_if(begin, bytes.cend(), [](char c) { return c == '\n' || c == '\r'; });
        m_pending.append(begin, end - begin);
        m_overflowed = static_cast<std::size_t>(m_pending.size() + m_data.size()) > m_mostBytes;
        if (end == bytes.cend() || m_overflowed) {
            break;
        }
        m_skipLineFeed = *end == '\r';
        at = end - bytes.cbegin() + 1;
        stripByteOrderMark();
        takeLine(std::exchange(m_pending, {}), out);
    }
    return out;
}

void SseParser::stripByteOrderMark() {
    if (std::exchange(m_atStart, false) && m_pending.startsWith("\xEF\xBB\xBF")) {
        m_pending.remove(0, 3);
    }
}

void SseParser::takeLine(const QByteArray& line, std::vector<ServerSentEvent>& out) {
    if (line.isEmpty()) {
        dispatch(out);
        return;
    }
    const auto colon = line.indexOf(':');
    if (colon == 0) {
        return; // a comment
    }
    if (colon < 0) {
        takeField(line, {});
        return;
    }
    const auto valueAt = colon + 1 < line.size() && line[colon + 1] == ' ' ? colon + 2 : colon + 1;
    takeField(line.left(colon), line.mid(valueAt));
}

void SseParser::takeField(const QByteArray& name, const QByteArray& value) {
    if (name == "event") {
        m_type = value;
    } else if (name == "data") {
        if (m_hasData) {
            m_data.append('\n');
        }
        m_data.append(value);
        m_hasData = true;
    } else if (name == "id") {
        if (!value.contains('\0')) {
            m_id = value;
        }
    } else if (name == "retry") {
        const bool digits = !value.isEmpty() && std::all_of(value.begin(), value.end(),
                                                            [](char c) { return c >= '0' && c <= '9'; });
        bool fits = false;
        const int ms = value.toInt(&fits);
        if (digits && fits) {
            m_retryMs = ms;
        }
    }
}

void SseParser::dispatch(std::vector<ServerSentEvent>& out) {
    auto type = std::exchange(m_type, {});
    auto data = std::exchange(m_data, {});
    if (std::exchange(m_hasData, false)) {
        out.push_back(
            {type.isEmpty() ? QByteArrayLiteral("message") : std::move(type), std::move(data), m_id});
    }
}

} // namespace pilothouse::client
