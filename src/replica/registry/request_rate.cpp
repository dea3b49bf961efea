// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/request_rate.h"

#include <algorithm>
#include <chrono>

namespace pilothouse::registry {

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
