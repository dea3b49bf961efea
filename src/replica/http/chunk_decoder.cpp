// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/chunk_decoder.h"

#include <algorithm>
#include <charconv>

namespace pilothouse::http {

namespace {

constexpr std::size_t lineLimit = 4096;
constexpr std::size_t trailerLimit = 8192;
constexpr std::size_t mostTrailers = 64;

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

bool isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// RFC 9110 §5.6.2
bool isToken(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [marks](char c) {
        return isAlphanumeric(c) || marks.find(c) != std::string_view::npos;
    });
}

// RFC 9110 §5.5: no controls but the tab.
bool isFieldValue(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return (code < 0x20 && c != '\t') || code == 0x7f;
    });
}

// "Name: value" (RFC 9112 §5). One that goes on in the next line, as was allowed once, has no name there.
std::optional<Headers::Field> parseField(std::string_view line) {
    constexpr std::string_view space = " \t";
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    const auto name = line.substr(0, colon);
    auto value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(space), value.size()));
    value = value.substr(0, value.find_last_not_of(space) + 1);
    if (!isToken(name) || !isFieldValue(value)) {
        return std::nullopt;
    }
    return Headers::Field(name, value);
}

} // namespace

void ChunkDecoder::readTrailer(std::string_view line) {
    if (line.empty()) {
        m_state = State::ended;
        return;
    }
    m_trailerBytes += line.size();
    auto field = parseField(line);
    if (!field || m_trailerBytes > trailerLimit || m_trailers.size() == mostTrailers) {
        m_state = State::malformed;
        return;
    }
    m_trailers.add(std::move(field->first), std::move(field->second));
}

void ChunkDecoder::readLine(std::string_view line) {
    switch (m_expects) {
    case Expects::dataEnd:
        m_state = line.empty() ? State::line : State::malformed;
        m_expects = Expects::size;
        return;
    case Expects::trailer:
        readTrailer(line);
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
