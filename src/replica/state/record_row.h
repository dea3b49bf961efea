// SPDX-License-Identifier: GPL-3.0-or-later
// A row of the projection's table of records. For projection.cpp and repository_index.cpp alone.
#pragma once

#include "replica/engine/engine.h"
#include "replica/state/sqlite.h"

namespace pilothouse::state::detail {

// Of a statement that selects all columns.
[[nodiscard]] inline engine::Entry entryIn(const sqlite::Statement& row) {
    engine::Entry entry;
    entry.key = row.text(0);
    entry.value = row.text(1);
    entry.created = Revision(row.number(2));
    entry.modified = Revision(row.number(3));
    entry.version = row.number(4);
    entry.lease = row.number(5);
    return entry;
}

} // namespace pilothouse::state::detail
