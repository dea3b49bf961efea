// SPDX-License-Identifier: GPL-3.0-or-later
// The new epoch in the state: the one transaction by which a repaired cluster has one member.
#pragma once

#include "base/clock.h"
#include "replica/engine/engine.h"
#include "replica/repair/journal.h"

#include <boost/asio/awaitable.hpp>

namespace pilothouse::repair {

// Records that the cluster is in the epoch of the journal, with its survivor as the only member and a new
// authority for engine peers. The others become former members; an operation that was under way ends, and
// join tokens with it. Gives the revision after which it is so; harmless when it was done before. The engine
// is the survivor's own, alone. ErrorCode::conflict when the state is in another epoch, or does not know the
// survivor.
[[nodiscard]] engine::Awaitable<Result<Revision>>
recordNewEpoch(engine::Engine& engine, const Journal& journal, WallTime now, Milliseconds deadline);

} // namespace pilothouse::repair
