// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log_limit.h"

namespace pilothouse {

void LogLimit::info(const Logger& log, std::string message, Logger::Fields fields) {
    if (auto admitted = admit(std::move(fields))) {
        log.info(std::move(message), std::move(*admitted));
    }
}

void LogLimit::warning(const Logger& log, std::string message, Logger::Fields fields) {
    if (auto admitted = admit(std::move(fields))) {
        log.warning(std::move(message), std::move(*admitted));
    }
}

std::optional<Logger::Fields> LogLimit::admit(Logger::Fields fields) {
    const auto now = m_clock.monotonic();
    const std::lock_guard lock(m_mutex);
    if (m_last && now - *m_last < m_every) {
        ++m_heldBack;
        return std::nullopt;
    }
    if (m_heldBack > 0) {
        fields.emplace_back("held_back", std::to_string(m_heldBack));
    }
    m_last = now;
    m_heldBack = 0;
    return fields;
}

} // namespace pilothouse
