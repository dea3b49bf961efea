// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/body_reader.h"

#include <algorithm>

namespace pilothouse::http {

namespace {

constexpr std::size_t lineRoom = std::size_t{8} * 1024;

tl::unexpected<NetError> corrupt(std::string sentence) {
    return netFail(ConnectFailure::broken, ErrorCode::corrupt, std::move(sentence));
}

} // namespace

BodyReader::BodyReader(Stream& stream, InputBuffer& input, Framing framing)
    : m_stream(stream), m_input(input), m_framing(framing), m_remaining(framing.length),
      m_ended(framing.kind == Framing::Kind::length && framing.length == 0) {}

std::optional<std::uint64_t> BodyReader::remaining() const {
    if (m_ended) {
        return 0;
    }
    return m_framing.kind == Framing::Kind::length ? std::optional(m_remaining) : std::nullopt;
}

const Headers& BodyReader::trailers() const {
    static const Headers none;
    return m_ended ? m_chunks.trailers() : none;
}

// What is buffered first; past it straight into `into`, without a copy.
Awaitable<NetResult<std::size_t>> BodyReader::readRaw(std::span<char> into, Deadline deadline) {
    if (!m_input.empty()) {
        co_return m_input.take(into);
    }
    co_return co_await m_stream.readSome(into, deadline);
}

Awaitable<NetStatus> BodyReader::readChunkLines(Deadline deadline) {
    for (;;) {
        m_input.consume(m_chunks.advance(m_input.data()));
        if (m_chunks.state() == ChunkDecoder::State::malformed) {
            co_return corrupt("the chunked body is malformed");
        }
        if (m_chunks.state() != ChunkDecoder::State::line) {
            co_return NetStatus();
        }
        auto count = co_await m_stream.readSome(m_input.room(lineRoom), deadline);
        if (!count) {
            co_return tl::unexpected(std::move(count.error()));
        }
        if (*count == 0) {
            co_return corrupt("the chunked body is cut short");
        }
        m_input.commit(*count);
    }
}

Awaitable<NetResult<std::size_t>> BodyReader::readChunked(std::span<char> into, Deadline deadline) {
    if (auto lines = co_await readChunkLines(deadline); !lines) {
        co_return tl::unexpected(std::move(lines.error()));
    }
    if (m_chunks.state() == ChunkDecoder::State::ended) {
        m_ended = true;
        co_return std::size_t{0};
    }
    const auto room = static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), m_chunks.remaining()));
    auto count = co_await readRaw(into.first(room), deadline);
    if (count && *count == 0) {
        co_return corrupt("the chunked body is cut short");
    }
    if (count) {
        m_chunks.took(*count);
    }
    co_return count;
}

Awaitable<NetResult<std::size_t>> BodyReader::read(std::span<char> into, Deadline deadline) {
    if (m_ended || into.empty()) {
        co_return std::size_t{0};
    }
    NetResult<std::size_t> count = std::size_t{0};
    switch (m_framing.kind) {
    case Framing::Kind::chunked:
        count = co_await readChunked(into, deadline);
        break;
    case Framing::Kind::untilClose:
        count = co_await readRaw(into, deadline);
        m_ended = count && *count == 0;
        break;
    case Framing::Kind::length:
        count = co_await readRaw(
            into.first(static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), m_remaining))),
            deadline);
        if (count && *count == 0) {
            co_return corrupt("the body is cut short, " + std::to_string(m_remaining) + " bytes are missing");
        }
        m_remaining -= count ? *count : 0;
        m_ended = m_remaining == 0;
        break;
    }
    m_count += count ? *count : 0;
    co_return count;
}

} // namespace pilothouse::http
