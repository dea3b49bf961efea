// SPDX-License-Identifier: GPL-3.0-or-later
// Takes bytes as they come and gives whole lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pilothouse::engine {

class LineSplitter {
public:
    explicit LineSplitter(std::size_t longestLine) : m_longest(longestLine) {}

    // False when an unfinished line grows beyond the longest.
    [[nodiscard]] bool add(std::string_view bytes) {
        m_buffer.append(bytes);
        return m_buffer.size() - m_start <= m_longest || m_buffer.find('\n', m_start) != std::string::npos;
    }
    // The next non-empty line without its end.
    [[nodiscard]] std::optional<std::string> next() {
        for (;;) {
            const auto end = m_buffer.find('\n', m_searched);
            if (end == std::string::npos) {
                m_buffer.erase(0, m_start);
                m_searched = m_buffer.size();
                m_start = 0;
                return std::nullopt;
            }
            std::string line = m_buffer.substr(m_start, end - m_start);
            m_start = m_searched = end + 1;
            if (!line.empty()) {
                return line;
            }
        }
    }

private:
    std::size_t m_longest;
    std::string m_buffer;
    std::size_t m_start = 0;    // of the line that is being collected
    std::size_t m_searched = 0; // no line end before it
};

} // namespace pilothouse::engine
