// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/traffic_meter.h"

#include <algorithm>
#include <vector>

namespace pilothouse::node {
namespace {

constexpr std::chrono::seconds window{5};
constexpr std::size_t maxAnswers = 5'000; // a p99 of the newest ones is good enough under a flood

double seconds(MonotonicTime::duration duration) {
    return std::chrono::duration<double>(duration).count();
}

} // namespace

void TrafficMeter::requestStarted() {
    const std::lock_guard lock(m_mutex);
    ++m_running;
}

void TrafficMeter::requestEnded(std::chrono::nanoseconds duration) {
    const std::lock_guard lock(m_mutex);
    --m_running;
    if (m_answers.size() == maxAnswers) {
        m_answers.pop_front();
    }
    m_answers.push_back({m_clock.monotonic(), std::chrono::duration<double, std::milli>(duration).count()});
}

void TrafficMeter::revisionSeen(Revision revision) {
    const std::lock_guard lock(m_mutex);
    const auto now = m_clock.monotonic();
    if (m_marks.empty() || m_marks.back().revision != revision || now - m_marks.back().at > window / 10) {
        m_marks.push_back({now, revision});
    }
    forgetOld(now);
}

void TrafficMeter::forgetOld(MonotonicTime now) {
    while (!m_answers.empty() && now - m_answers.front().at > window) {
        m_answers.pop_front();
    }
    // The newest mark outside the window is where the window's growth begins.
    while (m_marks.size() > 1 && now - m_marks[1].at > window) {
        m_marks.pop_front();
    }
}

api::Traffic TrafficMeter::report() {
    const std::lock_guard lock(m_mutex);
    forgetOld(m_clock.monotonic());
    api::Traffic traffic;
    traffic.requests_running = m_running;
    if (m_marks.size() > 1) {
        const double span = std::max(1.0, seconds(m_marks.back().at - m_marks.front().at));
        traffic.writes_per_s =
            static_cast<double>(m_marks.back().revision.value() - m_marks.front().revision.value()) / span;
    }
    if (!m_answers.empty()) {
        std::vector<double> times;
        times.reserve(m_answers.size());
        std::transform(m_answers.begin(), m_answers.end(), std::back_inserter(times),
                       [](const Answer& a) { return a.ms; });
        const auto p99 = times.begin() + static_cast<std::ptrdiff_t>((times.size() * 99) / 100);
        std::nth_element(times.begin(), p99, times.end());
        traffic.answer_p99_ms = *p99;
    }
    return traffic;
}

} // namespace pilothouse::node
