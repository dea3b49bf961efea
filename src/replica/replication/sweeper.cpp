// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/sweeper.h"

#include "replica/node/sleep.h"
#include "replica/state/registry_keys.h"
#include "replica/state/registry_queries.h"

#include <algorithm>

namespace pilothouse::replication {

using boost::asio::awaitable;

namespace {

constexpr Milliseconds barrierDeadline{2'000};

} // namespace

awaitable<void> Sweeper::run() {
    for (;;) {
        co_await node::sleepFor(m_options.between);
        const auto removed = co_await sweep();
        if (!removed) {
            m_log.debug("the blobs' files could not be swept", {{"reason", removed.error().message}});
        } else if (*removed > 0) {
            m_log.info("files of unrecorded blobs were removed", {{"files", std::to_string(*removed)}});
        }
    }
}

awaitable<Result<int>> Sweeper::sweep() {
    std::map<blobs::BlobId, MonotonicTime> seen;
    int removed = 0;
    const MonotonicTime now = m_clock.monotonic();
    std::optional<blobs::BlobId> last;
    for (;;) {
        // What was recorded before the files are listed must be known.
        const Status barrier = co_await m_follower.readBarrier(barrierDeadline);
        if (!barrier) {
            co_return fail(barrier.error());
        }
        auto page = co_await m_local.listAfter(last);
        if (!page) {
            co_return fail(page.error());
        }
        if (page->empty()) {
            break;
        }
        last = page->back();
        const auto orphans = co_await unrecorded(std::move(*page));
        if (!orphans) {
            co_return fail(orphans.error());
        }
        for (const blobs::BlobId& id : *orphans) {
            const auto before = m_seen.find(id);
            const MonotonicTime since = before != m_seen.end() ? before->second : now;
            if (now - since < m_options.keptUnrecorded) {
                seen.emplace(id, since);
                continue;
            }
            const Status gone = co_await m_local.remove(id);
            removed += gone ? 1 : 0;
        }
    }
    m_seen = std::move(seen);
    co_return removed;
}

awaitable<Result<std::vector<blobs::BlobId>>> Sweeper::unrecorded(std::vector<blobs::BlobId> ids) {
    const std::function<Result<std::vector<blobs::BlobId>>(state::Projection&)> query =
        [ids = std::move(ids)](state::Projection& projection) -> Result<std::vector<blobs::BlobId>> {
        std::vector<blobs::BlobId> found;
        for (const blobs::BlobId& id : ids) {
            const auto record =
                state::findRecord<state::BlobRecord>(projection, state::keys::blob(id.digest.str()));
            if (!record) {
                return fail(record.error());
            }
            if (!*record || (*record)->record.incarnation != id.incarnation.str()) {
                found.push_back(id);
            }
        }
        return found;
    };
    return m_model.read<std::vector<blobs::BlobId>>(query);
}

} // namespace pilothouse::replication
