// SPDX-License-Identifier: GPL-3.0-or-later
// The lines around the pieces of a chunked body (RFC 9112 §7.1). Extensions are skipped.
#pragma once

#include "replica/http/message.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace pilothouse::http {

class ChunkDecoder {
public:
    enum class State { line, data, ended, malformed };

    // Reads lines at the beginning of `bytes` until data begins or more bytes are needed (State::line).
    // Returns how many bytes it used up.
    [[nodiscard]] std::size_t advance(std::string_view bytes);
    [[nodiscard]] State state() const { return m_state; }
    // In State::data: bytes of data that follow. Tell what was taken of them.
    [[nodiscard]] std::uint64_t remaining() const { return m_remaining; }
    void took(std::uint64_t count);
    // The fields after the last chunk, all of them in State::ended. They come from outside: syntactically
    // sound, nothing more.
    [[nodiscard]] const Headers& trailers() const { return m_trailers; }

private:
    enum class Expects { size, dataEnd, trailer };
    void readLine(std::string_view line);
    void readTrailer(std::string_view line);

    State m_state = State::line;
    Expects m_expects = Expects::size;
    std::uint64_t m_remaining = 0;
    std::size_t m_trailerBytes = 0;
    Headers m_trailers;
};

} // namespace pilothouse::http
