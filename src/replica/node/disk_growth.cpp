// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/disk_growth.h"

#include <algorithm>

namespace pilothouse::node {
namespace {

constexpr std::chrono::hours between{1};
constexpr std::size_t mostSamples = 7 * 24;

} // namespace

void DiskGrowth::take(MonotonicTime at, std::int64_t freeBytes) {
    const std::lock_guard lock(m_mutex);
    m_last = Sample{at, freeBytes};
    if (m_hourly.empty() || at - m_hourly.back().at >= between) {
        m_hourly.push_back(*m_last);
    }
    if (m_hourly.size() > mostSamples) {
        m_hourly.pop_front();
    }
}

std::optional<std::int64_t> DiskGrowth::bytesPerDay() const {
    const std::lock_guard lock(m_mutex);
    if (!m_last || m_last->at - m_hourly.front().at < between) {
        return std::nullopt;
    }
    const Sample& first = m_hourly.front();
    const std::chrono::duration<double, std::ratio<86'400>> days = m_last->at - first.at;
    const auto filled = static_cast<double>(first.freeBytes - m_last->freeBytes);
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(filled / days.count()));
}

} // namespace pilothouse::node
