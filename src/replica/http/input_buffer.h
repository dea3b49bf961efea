// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes that have come and are not used yet.
#pragma once

#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace pilothouse::http {

class InputBuffer {
public:
    [[nodiscard]] std::string_view data() const { return {m_bytes.data() + m_begin, m_end - m_begin}; }
    [[nodiscard]] bool empty() const { return m_begin == m_end; }
    [[nodiscard]] std::size_t size() const { return m_end - m_begin; }

    void consume(std::size_t count) {
        m_begin += count;
        if (m_begin == m_end) {
            m_begin = m_end = 0;
        }
    }
    // Moves up to into.size() bytes out.
    std::size_t take(std::span<char> into) {
        const auto count = std::min(into.size(), size());
        std::memcpy(into.data(), m_bytes.data() + m_begin, count);
        consume(count);
        return count;
    }
    // Room for at least `count` more bytes at the end; what comes into it is added by commit(). Moves data().
    [[nodiscard]] std::span<char> room(std::size_t count) {
        if (m_begin > 0 && m_bytes.size() - m_end < count) {
            std::memmove(m_bytes.data(), m_bytes.data() + m_begin, size());
            m_end -= m_begin;
            m_begin = 0;
        }
        if (m_bytes.size() - m_end < count) {
            m_bytes.resize(m_end + count);
        }
        return {m_bytes.data() + m_end, m_bytes.size() - m_end};
    }
    void commit(std::size_t count) { m_end += count; }

private:
    std::vector<char> m_bytes;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};

} // namespace pilothouse::http
