// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies for requests, piece by piece.
#pragma once

#include "replica/http/body_source.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>

namespace pilothouse::http::test {

// What a source was asked for, by the test's thread and the source's.
struct Taken {
    std::atomic<std::uint64_t> bytes{0};
    std::atomic<int> reads{0};
    std::atomic<int> interrupts{0};
};

// Byte `at` of every made-up body.
inline char patternAt(std::uint64_t at) {
    return static_cast<char>('a' + (at * 31 + (at >> 8U)) % 26);
}
inline std::string pattern(std::uint64_t size) {
    std::string bytes(static_cast<std::size_t>(size), '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = patternAt(i);
    }
    return bytes;
}

// `size` bytes of the pattern, at most `step` at a time.
inline BodySource patternSource(std::uint64_t size, std::size_t step, bool announced,
                                std::shared_ptr<Taken> taken = std::make_shared<Taken>()) {
    BodySource source;
    source.length = announced ? std::optional(size) : std::nullopt;
    source.read = [size, step, taken](std::span<char> into, Deadline) -> Awaitable<Result<std::size_t>> {
        const std::uint64_t begin = taken->bytes;
        const auto count =
            static_cast<std::size_t>(std::min<std::uint64_t>(std::min(into.size(), step), size - begin));
        for (std::size_t i = 0; i < count; ++i) {
            into[i] = patternAt(begin + i);
        }
        taken->bytes += count;
        ++taken->reads;
        co_return count;
    };
    return source;
}

// Gives `beginning`, then waits until the deadline, or until it is interrupted, and fails.
inline BodySource stuckSource(std::string beginning, std::shared_ptr<Taken> taken) {
    BodySource source;
    source.read = [beginning, taken](std::span<char> into,
                                     Deadline deadline) -> Awaitable<Result<std::size_t>> {
        if (++taken->reads == 1) {
            std::copy(beginning.begin(), beginning.end(), into.begin());
            taken->bytes = beginning.size();
            co_return beginning.size();
        }
        boost::asio::steady_timer tick(co_await boost::asio::this_coro::executor);
        while (taken->interrupts == 0 && std::chrono::steady_clock::now() < deadline) {
            tick.expires_after(std::chrono::milliseconds(1));
            co_await tick.async_wait(boost::asio::use_awaitable);
        }
        co_return fail(ErrorCode::timeout, "the source is stuck");
    };
    source.interrupt = [taken] { ++taken->interrupts; };
    return source;
}

} // namespace pilothouse::http::test
