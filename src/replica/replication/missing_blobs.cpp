// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/missing_blobs.h"

#include <algorithm>

namespace pilothouse::replication {
namespace {

constexpr int mostDoublings = 10;

}

MissingBlobs::Blob* MissingBlobs::find(const blobs::BlobId& id) {
    const auto found = m_blobs.find(id.digest.str());
    return found != m_blobs.end() && found->second.id == id ? &found->second : nullptr;
}

void MissingBlobs::add(const blobs::BlobId& id, std::int64_t size, Revision recorded,
                       MonotonicTime notBefore) {
    if (find(id) != nullptr) {
        return;
    }
    const std::string& digest = id.digest.str();
    remove(digest);
    const auto& [key, blob] = *m_blobs.emplace(digest, Blob{id, size, recorded, notBefore}).first;
    m_ranks.insert(rankOf(blob));
    m_recorded.emplace(recorded.value(), digest);
    m_bytes += size;
}

void MissingBlobs::remove(const std::string& digest) {
    const auto found = m_blobs.find(digest);
    if (found == m_blobs.end()) {
        return;
    }
    m_ranks.erase(rankOf(found->second));
    m_recorded.erase({found->second.recorded.value(), digest});
    m_bytes -= found->second.size;
    m_blobs.erase(found);
}

void MissingBlobs::came(const blobs::BlobId& id) {
    if (find(id) != nullptr) {
        remove(id.digest.str());
    }
}

bool MissingBlobs::want(const blobs::BlobId& id) {
    Blob* blob = find(id);
    if (blob == nullptr || blob->taken) {
        return blob != nullptr;
    }
    m_ranks.erase(rankOf(*blob));
    blob->wanted = true;
    blob->notBefore = MonotonicTime();
    m_ranks.insert(rankOf(*blob));
    return true;
}

std::optional<blobs::BlobId> MissingBlobs::take(MonotonicTime now) {
    for (auto rank = m_ranks.rbegin(); rank != m_ranks.rend(); ++rank) {
        Blob& blob = m_blobs.at(rank->digest);
        if (blob.notBefore <= now) {
            blob.taken = true;
            m_ranks.erase(rankOf(blob));
            return blob.id;
        }
    }
    return std::nullopt;
}

void MissingBlobs::failed(const blobs::BlobId& id, MonotonicTime now) {
    if (Blob* const blob = find(id); blob != nullptr) {
        const int doublings = std::min(blob->failures++, mostDoublings);
        postpone(id, now + std::min(m_shortest * (1 << doublings), m_longest));
    }
}

void MissingBlobs::postpone(const blobs::BlobId& id, MonotonicTime notBefore) {
    Blob* blob = find(id);
    if (blob == nullptr) {
        return;
    }
    blob->notBefore = notBefore;
    blob->taken = false;
    blob->wanted = false;
    m_ranks.insert(rankOf(*blob));
}

std::vector<std::string> MissingBlobs::digests(std::size_t most) const {
    std::vector<std::string> digests;
    if (m_blobs.size() <= most) {
        for (const auto& [digest, blob] : m_blobs) {
            digests.push_back(digest);
        }
    }
    return digests;
}

std::int64_t MissingBlobs::sizeOf(const blobs::BlobId& id) {
    const Blob* blob = find(id);
    return blob != nullptr ? blob->size : 0;
}

std::optional<Revision> MissingBlobs::oldest() const {
    return m_recorded.empty() ? std::nullopt : std::optional(Revision(m_recorded.begin()->first));
}

} // namespace pilothouse::replication
