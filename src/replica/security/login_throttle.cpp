// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/login_throttle.h"

#include "base/encoding.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>

namespace pilothouse::security {

namespace {

// Names come from strangers: what is kept of one is bounded. Real ones are shorter.
constexpr std::size_t maxNameBytes = 256;

std::pair<std::string, std::string> keyOf(std::string_view source, std::string_view account) {
    return {std::string(source.substr(0, maxNameBytes)), std::string(account.substr(0, maxNameBytes))};
}

} // namespace

std::chrono::milliseconds LoginThrottle::admit(std::string_view source, std::string_view account,
                                               MonotonicTime now) {
    const std::scoped_lock lock(m_mutex);
    dropForgotten(now);
    const auto found = m_records.find(keyOf(source, account));
    if (found == m_records.end()) {
        return std::chrono::milliseconds(0);
    }
    Record& record = found->second;
    if (now < record.notBefore) {
        // Rounded up: who comes back after exactly this long is let in.
        return std::chrono::ceil<std::chrono::milliseconds>(record.notBefore - now);
    }
    record.notBefore = now + delayAfter(record.failures);
    return std::chrono::milliseconds(0);
}

void LoginThrottle::failed(std::string_view source, std::string_view account, MonotonicTime now) {
    const std::scoped_lock lock(m_mutex);
    dropForgotten(now);
    const Key key = keyOf(source, account);
    auto found = m_records.find(key);
    if (found == m_records.end()) {
        if (m_options.capacity > 0 && m_records.size() >= m_options.capacity) {
            m_records.erase(m_order.front());
            m_order.pop_front();
        }
        found = m_records.emplace(key, Record{}).first;
        found->second.order = m_order.insert(m_order.end(), key);
    }
    Record& record = found->second;
    ++record.failures;
    record.lastFailure = now;
    record.notBefore = now + delayAfter(record.failures);
    m_order.splice(m_order.end(), m_order, record.order);
}

void LoginThrottle::succeeded(std::string_view source, std::string_view account) {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_records.find(keyOf(source, account));
    if (found != m_records.end()) {
        m_order.erase(found->second.order);
        m_records.erase(found);
    }
}

std::size_t LoginThrottle::size() const {
    const std::scoped_lock lock(m_mutex);
    return m_records.size();
}

std::string LoginThrottle::sourceOf(std::string_view address) {
    std::string text(address.substr(0, address.find('%'))); // without a zone
    std::array<unsigned char, 16> octets{};
    if (::inet_pton(AF_INET6, text.c_str(), octets.data()) != 1) {
        return text;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(octets.data()), octets.size());
    const std::string mappedPrefix = std::string(10, '\0') + "\xFF\xFF"; // ::ffff:a.b.c.d
    if (bytes.starts_with(mappedPrefix)) {
        std::array<char, INET_ADDRSTRLEN> v4{};
        ::inet_ntop(AF_INET, octets.data() + mappedPrefix.size(), v4.data(), v4.size());
        return v4.data();
    }
    // Whoever has one address of a /64 has all of them.
    return toHex(bytes.substr(0, 8)) + "/64";
}

std::chrono::milliseconds LoginThrottle::delayAfter(std::uint32_t failures) const {
    if (failures <= m_options.freeFailures) {
        return std::chrono::milliseconds(0);
    }
    std::chrono::milliseconds delay = m_options.firstDelay;
    for (std::uint32_t i = m_options.freeFailures + 1; i < failures && delay < m_options.longestDelay; ++i) {
        delay *= 2;
    }
    return std::min(delay, m_options.longestDelay);
}

void LoginThrottle::dropForgotten(MonotonicTime now) {
    while (!m_order.empty()) {
        const auto oldest = m_records.find(m_order.front());
        if (now - oldest->second.lastFailure < m_options.forgetAfter) {
            return;
        }
        m_records.erase(oldest);
        m_order.pop_front();
    }
}

} // namespace pilothouse::security
