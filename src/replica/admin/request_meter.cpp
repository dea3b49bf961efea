// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/request_meter.h"

#include <algorithm>

namespace pilothouse::admin {

void RequestMeter::answered(Port port, int status) {
    const auto index = static_cast<std::size_t>(std::clamp(status, 0, static_cast<int>(statuses) - 1));
    m_answers[static_cast<std::size_t>(port)][index].fetch_add(1, std::memory_order_relaxed);
}

void RequestMeter::took(std::chrono::nanoseconds duration) {
    const double seconds = std::chrono::duration<double>(duration).count();
    const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), seconds) - bounds.begin();
    m_buckets[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
    m_nanoseconds.fetch_add(static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0)),
                            std::memory_order_relaxed);
}

RequestMeter::Durations RequestMeter::durations() const {
    constexpr double perSecond = 1e9;
    Durations durations;
    std::transform(m_buckets.begin(), m_buckets.end(), durations.buckets.begin(),
                   [](const auto& bucket) { return bucket.load(std::memory_order_relaxed); });
    durations.seconds = static_cast<double>(m_nanoseconds.load(std::memory_order_relaxed)) / perSecond;
    return durations;
}

std::map<int, std::uint64_t> RequestMeter::answers(Port port) const {
    std::map<int, std::uint64_t> counts;
    const auto& answers = m_answers[static_cast<std::size_t>(port)];
    for (std::size_t status = 0; status < answers.size(); ++status) {
        if (const auto count = answers[status].load(std::memory_order_relaxed); count > 0) {
            counts[static_cast<int>(status)] = count;
        }
    }
    return counts;
}

} // namespace pilothouse::admin
