// SPDX-License-Identifier: GPL-3.0-or-later
// Which unreferenced blobs this replica has kept for clients lately, so that a client that asks again and
// again costs no write each time.
#pragma once

#include "base/clock.h"
#include "base/recent_map.h"
#include "replica/blobs/blob_store.h"

#include <cstdint>
#include <mutex>

namespace pilothouse::registry {

// Thread-safe. What it forgets costs a write, nothing else.
class Touches {
public:
    // Whether the collector was told of the blob within `span` before `now`.
    [[nodiscard]] bool within(const blobs::BlobId& blob, MonotonicTime now, Milliseconds span) const;
    // A write that began at `at` told it.
    void note(const blobs::BlobId& blob, MonotonicTime at);

private:
    static constexpr std::size_t mostBlobs = 20'000;
    mutable std::mutex m_mutex;
    mutable RecentMap<std::uint64_t, MonotonicTime> m_at{mostBlobs}; // by incarnation
};

} // namespace pilothouse::registry
