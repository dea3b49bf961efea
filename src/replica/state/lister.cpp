// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/lister.h"

#include <string>
#include <utility>

namespace pilothouse::state {

engine::Awaitable<Result<Revision>> listState(engine::Engine& engine, ReadModel& model,
                                              const ListOptions& options) {
    if (const Status begun = co_await model.beginRebuild(); !begun) {
        co_return fail(begun.error());
    }
    engine::Range range;
    range.key = std::string(1, '\0');
    range.rangeEnd = engine::prefixEnd("");
    range.limit = options.pageSize;
    range.serializable = true;
    Revision listed;
    for (bool more = true; more;) {
        Result<engine::RangeResult> page = co_await engine.range(range, options.deadline);
        if (!page) {
            co_return fail(page.error());
        }
        if (listed == Revision()) {
            listed = page->revision;
            range.atRevision = listed;
        }
        more = page->more && !page->entries.empty();
        if (more) {
            range.key = page->entries.back().key + '\0';
        }
        if (const Status added = co_await model.addToRebuild(std::move(page->entries)); !added) {
            co_return fail(added.error());
        }
    }
    if (const Status finished = co_await model.finishRebuild(listed); !finished) {
        co_return fail(finished.error());
    }
    co_return listed;
}

} // namespace pilothouse::state
