// SPDX-License-Identifier: GPL-3.0-or-later
// Builds the read model anew from the engine's content at one revision.
#pragma once

#include "base/result.h"
#include "replica/engine/engine.h"
#include "replica/state/read_model.h"

namespace pilothouse::state {

struct ListOptions {
    std::int64_t pageSize = 500; // entries
    Milliseconds deadline{5000}; // of each page
};

// Reads all keys page by page, at the revision of the first page, from this replica's own member: also
// without quorum and as a learner. The read model answers from its old content until the end. Gives the
// revision listed; an error (a page that was compacted away in the meantime, say) leaves the old content.
[[nodiscard]] engine::Awaitable<Result<Revision>> listState(engine::Engine& engine, ReadModel& model,
                                                            const ListOptions& options);

} // namespace pilothouse::state
