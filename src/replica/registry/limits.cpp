// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/limits.h"

#include "replica/state/settings.h"

#include <algorithm>
#include <chrono>

namespace pilothouse::registry {

Limits limitsOf(const state::Snapshot& snapshot) {
    const auto number = [&](std::string_view name) { return state::settingNumber(snapshot, name); };
    Limits limits;
    limits.manifestBytes = static_cast<std::size_t>(number(state::setting::manifestBytes));
    limits.blobBytes = static_cast<std::uint64_t>(number(state::setting::blobBytes));
    limits.uploadsPerUser = static_cast<std::size_t>(number(state::setting::uploadsPerUser));
    limits.requestsPerSecond = number(state::setting::requestsPerSecond);
    limits.freeBytes = static_cast<std::uint64_t>(number(state::setting::pushFloorMib)) << 20U;
    return limits;
}

bool RequestRate::take(const std::string& who, std::int64_t perSecond, MonotonicTime now) {
    const auto most = static_cast<double>(perSecond);
    const std::lock_guard lock(m_mutex);
    Bucket* bucket = m_buckets.find(who);
    if (bucket == nullptr) {
        m_buckets.put(who, {most, now});
        bucket = m_buckets.find(who);
    }
    const double seconds = std::chrono::duration<double>(now - bucket->at).count();
    bucket->left = std::min(most, bucket->left + seconds * most);
    bucket->at = now;
    if (bucket->left < 1) {
        return false;
    }
    bucket->left -= 1;
    return true;
}

} // namespace pilothouse::registry
