// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/touches.h"

#include <charconv>
#include <string>

namespace pilothouse::registry {

namespace {

// An incarnation is 64 random bits: no two blobs have the same.
std::uint64_t keyOf(const blobs::BlobId& blob) {
    const std::string& text = blob.incarnation.str();
    std::uint64_t key = 0;
    std::from_chars(text.data(), text.data() + text.size(), key, 16);
    return key;
}

} // namespace

bool Touches::within(const blobs::BlobId& blob, MonotonicTime now, Milliseconds span) const {
    const std::lock_guard lock(m_mutex);
    const MonotonicTime* at = m_at.find(keyOf(blob));
    return at != nullptr && now - *at < span;
}

void Touches::note(const blobs::BlobId& blob, MonotonicTime at) {
    const std::lock_guard lock(m_mutex);
    m_at.put(keyOf(blob), at);
}

} // namespace pilothouse::registry
