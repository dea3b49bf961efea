// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/failure_log.h"

namespace pilothouse::admin {

namespace {

constexpr int firstFailure = 500;
constexpr std::size_t longestPath = 500; // clients may send more than a log should hold

std::size_t kindOf(int status) {
    switch (status) {
    case 500:
        return 0;
    case 503:
        return 1;
    case 507:
        return 2;
    default:
        return 3;
    }
}

} // namespace

FailureLog::FailureLog(Logger log, const Clock& clock)
    : m_log(std::move(log)), m_limits{LogLimit(clock), LogLimit(clock), LogLimit(clock), LogLimit(clock)} {}

void FailureLog::finished(const http::ExchangeReport& report) {
    if (report.status < firstFailure) {
        return;
    }
    const http::Request& request = report.request;
    m_limits.at(kindOf(report.status))
        .warning(m_log, "a request failed",
                 {{"request_id", request.id},
                  {"method", request.method},
                  {"path", request.path.substr(0, longestPath)},
                  {"status", std::to_string(report.status)},
                  {"from", http::addressOf(request)}});
}

} // namespace pilothouse::admin
