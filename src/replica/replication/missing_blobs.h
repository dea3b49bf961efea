// SPDX-License-Identifier: GPL-3.0-or-later
// What a replica lacks, and in which order it is fetched. Pure.
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "replica/blobs/blob_store.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace pilothouse::replication {

class MissingBlobs {
public:
    // `shortest`: the pause after a failure, doubled for each further one up to `longest`.
    MissingBlobs(Milliseconds shortest, Milliseconds longest) : m_shortest(shortest), m_longest(longest) {}

    // Recorded at `recorded`; not fetched before `notBefore`. What is known already stays as it is; another
    // incarnation takes its place.
    void add(const blobs::BlobId& id, std::int64_t size, Revision recorded, MonotonicTime notBefore);
    // Nobody needs it any more, in whatever incarnation.
    void remove(const std::string& digest);
    // It came; another incarnation may still be missing.
    void came(const blobs::BlobId& id);
    // Somebody waits for it: it comes before all others, and at once. False when it is not known to be
    // missing.
    bool want(const blobs::BlobId& id);

    // The one to fetch now: what is wanted first, then the newest. It is not given out again until it
    // failed() or was postponed.
    [[nodiscard]] std::optional<blobs::BlobId> take(MonotonicTime now);
    // Gives it back after a fetch that failed; nothing if it is not missing any more.
    void failed(const blobs::BlobId& id, MonotonicTime now);

    // The same, but it did not fail: it is just not to be fetched yet.
    void postpone(const blobs::BlobId& id, MonotonicTime notBefore);

    // 0 when it is not missing.
    [[nodiscard]] std::int64_t sizeOf(const blobs::BlobId& id);
    // Digests of all, unless they are more than `most`.
    [[nodiscard]] std::vector<std::string> digests(std::size_t most) const;
    [[nodiscard]] std::size_t count() const { return m_blobs.size(); }
    [[nodiscard]] std::int64_t bytes() const { return m_bytes; }
    // Of the one that was recorded first.
    [[nodiscard]] std::optional<Revision> oldest() const;

private:
    struct Blob {
        blobs::BlobId id;
        std::int64_t size = 0;
        Revision recorded;
        MonotonicTime notBefore;
        int failures = 0;
        bool taken = false;
        bool wanted = false;
    };
    struct Rank {
        bool wanted = false;
        std::int64_t recorded = 0;
        std::string digest;
        friend auto operator<=>(const Rank&, const Rank&) = default;
    };
    [[nodiscard]] static Rank rankOf(const Blob& blob) {
        return {blob.wanted, blob.recorded.value(), blob.id.digest.str()};
    }
    [[nodiscard]] Blob* find(const blobs::BlobId& id);

    const Milliseconds m_shortest;
    const Milliseconds m_longest;
    std::map<std::string, Blob> m_blobs; // by digest
    std::set<Rank> m_ranks;              // of those that are not taken
    std::set<std::pair<std::int64_t, std::string>> m_recorded;
    std::int64_t m_bytes = 0;
};

} // namespace pilothouse::replication
