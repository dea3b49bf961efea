// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/chunk_decoder.h"

#include <algorithm>
#include <charconv>

namespace pilothouse::http {

namespace {

constexpr std::size_t lineLimit = 4096;
constexpr std::size_t trailerLimit = 8192;

// "1a2b" or "1a2b;name=value".
std::optional<std::uint64_t> parseSize(std::string_view line) {
    auto digits = line.substr(0, line.find(';'));
    while (digits.size() < line.size() && !digits.empty() &&
           (digits.back() == ' ' || digits.back() == '\t')) {
        digits.remove_suffix(1); // white space that RFC 9112 §7.1.1 tolerates before an extension
    }
    std::uint64_t size = 0;
    const auto* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, size, 16);
    const bool isSize = !digits.empty() && digits.size() <= 15 && error == std::errc() && stop == end;
    const bool isClean = line.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
    return isSize && isClean ? std::optional(size) : std::nullopt;
}

} // namespace

void ChunkDecoder::readLine(std::string_view line) {
    switch (m_expects) {
    case Expects::dataEnd:
        m_state = line.empty() ? State::line : State::malformed;
        m_expects = Expects::size;
        return;
    case Expects::trailer:
        m_trailerBytes += line.size();
        m_state = line.empty()                    ? State::ended
                  : m_trailerBytes > trailerLimit ? State::malformed
                                                  : State::line;
        return;
    case Expects::size:
        break;
    }
    const auto size = parseSize(line);
    if (!size) {
        m_state = State::malformed;
    } else if (*size == 0) {
        m_expects = Expects::trailer;
    } else {
        m_remaining = *size;
        m_state = State::data;
    }
}

std::size_t ChunkDecoder::advance(std::string_view bytes) {
    std::size_t used = 0;
    while (m_state == State::line) {
        const auto rest = bytes.substr(used);
        if (m_expects == Expects::dataEnd && !rest.empty() && rest.front() != '\r') {
            m_state = State::malformed;
            break;
        }
        const auto end = rest.find("\r\n");
        if (end == std::string_view::npos ? rest.size() > lineLimit : end > lineLimit) {
            m_state = State::malformed;
        } else if (end == std::string_view::npos) {
            break;
        } else {
            readLine(rest.substr(0, end));
            used += end + 2;
        }
    }
    return used;
}

void ChunkDecoder::took(std::uint64_t count) {
    m_remaining -= std::min(count, m_remaining);
    if (m_remaining == 0 && m_state == State::data) {
        m_state = State::line;
        m_expects = Expects::dataEnd;
    }
}

} // namespace pilothouse::http
