// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/route_meter.h"

#include <algorithm>
#include <chrono>

namespace pilothouse::admin {

namespace {

void add(std::atomic<std::uint64_t>& counter, std::uint64_t value) {
    if (value > 0) { // most requests have no body
        counter.fetch_add(value, std::memory_order_relaxed);
    }
}

template <std::size_t count>
std::array<std::uint64_t, count> valuesOf(const std::array<std::atomic<std::uint64_t>, count>& counters) {
    std::array<std::uint64_t, count> values{};
    std::transform(counters.begin(), counters.end(), values.begin(),
                   [](const auto& counter) { return counter.load(std::memory_order_relaxed); });
    return values;
}

} // namespace

std::string_view nameOf(Route route) {
    static constexpr std::array<std::string_view, 13> names{
        "base",   "catalog", "tags",  "referrers", "manifest",   "blob", "uploads",
        "upload", "unknown", "token", "copy",      "early-copy", "admin"};
    return names.at(static_cast<std::size_t>(route));
}

void RouteMeter::finished(Route route, const http::ExchangeReport& report, bool timed) {
    const auto* const method = std::find(methods.begin(), methods.end() - 1, report.request.method);
    Cell& cell = m_cells[static_cast<std::size_t>(route)][static_cast<std::size_t>(method - methods.begin())];
    const int hundreds = std::clamp(report.status / 100, 0, static_cast<int>(classes.size()) - 1);
    add(cell.answers[static_cast<std::size_t>(hundreds)], 1);
    add(cell.received, report.received);
    add(cell.sent, report.sent);
    if (timed) {
        const double seconds = std::chrono::duration<double>(report.duration).count();
        const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), seconds) - bounds.begin();
        add(cell.buckets[static_cast<std::size_t>(bucket)], 1);
        add(cell.nanoseconds, static_cast<std::uint64_t>(std::max<std::int64_t>(report.duration.count(), 0)));
    }
}

std::vector<RouteMeter::Figures> RouteMeter::figures() const {
    constexpr double perSecond = 1e9;
    std::vector<Figures> all;
    for (std::size_t route = 0; route < routes; ++route) {
        for (std::size_t method = 0; method < methods.size(); ++method) {
            const Cell& cell = m_cells[route][method];
            const auto answers = valuesOf(cell.answers);
            if (std::all_of(answers.begin(), answers.end(), [](auto count) { return count == 0; })) {
                continue;
            }
            all.push_back(
                {.route = static_cast<Route>(route),
                 .method = methods[method],
                 .answers = answers,
                 .buckets = valuesOf(cell.buckets),
                 .seconds = static_cast<double>(cell.nanoseconds.load(std::memory_order_relaxed)) / perSecond,
                 .received = cell.received.load(std::memory_order_relaxed),
                 .sent = cell.sent.load(std::memory_order_relaxed)});
        }
    }
    return all;
}

} // namespace pilothouse::admin
