// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies for requests, piece by piece.
#pragma once

#include "replica/http/body_source.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace pilothouse::http::test {

// What a source was asked for, by the test's thread and the source's.
struct Taken {
    std::atomic<std::uint64_t> bytes{0};
    std::atomic<int> reads{0};
    std::atomic<int> interrupts{0};
};

// One round of every made-up body. Its length is prime, so that no piece that is lost or doubled goes
// unnoticed.
inline const std::string& patternRound() {
    static const std::string round = [] {
        std::string bytes(65'521, '\0');
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            bytes[i] = static_cast<char>('a' + (i * 31 + (i >> 8U)) % 26);
        }
        return bytes;
    }();
    return round;
}
// Calls `use` with the bytes from `begin` on, `size` in all, and where each piece of them belongs.
inline void eachPiece(std::uint64_t begin, std::size_t size,
                      const std::function<void(std::size_t, std::string_view)>& use) {
    const std::string_view round = patternRound();
    for (std::size_t done = 0; done < size;) {
        const auto piece = round.substr(static_cast<std::size_t>((begin + done) % round.size()), size - done);
        use(done, piece);
        done += piece.size();
    }
}
inline void fillPattern(std::span<char> into, std::uint64_t begin) {
    eachPiece(begin, into.size(), [into](std::size_t at, std::string_view piece) {
        std::copy(piece.begin(), piece.end(), into.subspan(at).begin());
    });
}
inline bool isPattern(std::string_view bytes, std::uint64_t begin) {
    bool same = true;
    eachPiece(begin, bytes.size(), [&](std::size_t at, std::string_view piece) {
        same = same && bytes.substr(at, piece.size()) == piece;
    });
    return same;
}
inline std::string pattern(std::uint64_t size) {
    std::string bytes(static_cast<std::size_t>(size), '\0');
    fillPattern(bytes, 0);
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
        fillPattern(into.first(count), begin);
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
