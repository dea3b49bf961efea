// SPDX-License-Identifier: GPL-3.0-or-later
// Moves the bytes of a blob from where they come to where they go: the next piece is read while one is
// written.
#pragma once

#include "base/result.h"
#include "replica/http/async.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace pilothouse::replication {

// Some bytes, or 0 at the end.
using PieceSource = std::function<http::Awaitable<Result<std::size_t>>(std::span<char>)>;
using PieceSink = std::function<http::Awaitable<Status>(std::string_view)>;

struct Pumped {
    std::uint64_t bytes = 0; // that were read; all of them went to the sink unless it failed
    Status source;
    Status sink;
};

// Until the source ends or one of them fails; what was read before the source failed is written.
[[nodiscard]] http::Awaitable<Pumped> pump(PieceSource source, PieceSink sink);

} // namespace pilothouse::replication
