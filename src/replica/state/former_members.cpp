// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/former_members.h"

#include "replica/state/keys.h"

namespace pilothouse::state {

engine::Awaitable<Status> dropFormer(engine::Engine& engine, std::string url, Change& change,
                                     const Deadline& deadline) {
    const auto entries = co_await readBelow(engine, keys::former, deadline);
    if (!entries) {
        co_return fail(entries.error());
    }
    for (const engine::Entry& entry : *entries) {
        const Result<FormerMemberRecord> former = decode<FormerMemberRecord>(entry.value);
        if (former && former->url == url) {
            change.operations.emplace_back(engine::Delete{entry.key, {}});
        }
    }
    co_return Status();
}

} // namespace pilothouse::state
