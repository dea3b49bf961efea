// SPDX-License-Identifier: GPL-3.0-or-later
// A request's body that comes piece by piece, so that it may be larger than memory.
#pragma once

#include "base/result.h"
#include "replica/http/async.h"
#include "replica/http/message.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace pilothouse::http {

struct BodySource {
    // Known: exactly as many bytes must come, and are announced. Unknown: the body is chunked.
    std::optional<std::uint64_t> length;
    // Some bytes into the span, or 0 at the end. Called within the caller's coroutine, one call at a time and
    // never again after 0, `length` bytes or a failure. What waits in it must give up at the deadline.
    std::function<Awaitable<Result<std::size_t>>(std::span<char> into, Deadline deadline)> read;
    // What follows a chunked body (RFC 9110 §6.5): for what is known only at its end. Called once, after a
    // read() that gave 0; the request should name them in a "Trailer" field. May be empty.
    std::function<Headers()> trailers;
    // Makes a read() that waits, or the next one, fail soon: the answer is there already. Called on any
    // thread, at most once, and never when the request is over; must not block. Empty for a source that does
    // not wait long: then such an answer is noticed after the read.
    std::function<void()> interrupt;
    Milliseconds progress{30'000}; // for each read(), and for sending what it gave (256 KiB at most)
};

} // namespace pilothouse::http
