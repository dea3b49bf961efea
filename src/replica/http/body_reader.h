// SPDX-License-Identifier: GPL-3.0-or-later
// A message's body from a stream, freed of its framing.
#pragma once

#include "replica/http/chunk_decoder.h"
#include "replica/http/framing.h"
#include "replica/http/input_buffer.h"
#include "replica/http/stream.h"

namespace pilothouse::http {

class BodyReader {
public:
    BodyReader(Stream& stream, InputBuffer& input, Framing framing);

    // Some bytes, or 0 at the end. A malformed or cut body is `corrupt`.
    [[nodiscard]] Awaitable<NetResult<std::size_t>> read(std::span<char> into, Deadline deadline);
    [[nodiscard]] bool ended() const { return m_ended; }
    [[nodiscard]] std::uint64_t count() const { return m_count; } // bytes given so far
    // Bytes still to come, where that is known.
    [[nodiscard]] std::optional<std::uint64_t> remaining() const;
    // The fields after the end of a chunked body; empty before that, and of any other body.
    [[nodiscard]] const Headers& trailers() const;

private:
    [[nodiscard]] Awaitable<NetResult<std::size_t>> readRaw(std::span<char> into, Deadline deadline);
    [[nodiscard]] Awaitable<NetResult<std::size_t>> readChunked(std::span<char> into, Deadline deadline);
    [[nodiscard]] Awaitable<NetStatus> readChunkLines(Deadline deadline);

    Stream& m_stream;
    InputBuffer& m_input;
    Framing m_framing;
    std::uint64_t m_remaining = 0; // Framing::length
    ChunkDecoder m_chunks;
    std::uint64_t m_count = 0;
    bool m_ended = false;
};

} // namespace pilothouse::http
