// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/credential_cache.h"

#include "replica/security/digest.h"

namespace pilothouse::security {

namespace {

constexpr std::size_t keyBytes = 32;

// With lengths in front, so that ("ab", "c") and ("a", "bc") differ.
void append(std::string& message, std::string_view part) {
    message += std::to_string(part.size()) + ":";
    message += part;
}

} // namespace

CredentialCache::CredentialCache(const Clock& clock, const Random& random, Options options)
    : m_clock(clock), m_options(options), m_key(random.bytes(keyBytes)) {}

bool CredentialCache::knows(std::string_view user, std::string_view password,
                            std::string_view verifier) const {
    const std::optional<MonotonicTime> expires = expiryOf(tagOf(user, password, verifier));
    return expires && *expires > m_clock.monotonic();
}

bool CredentialCache::knew(std::string_view user, std::string_view password,
                           std::string_view verifier) const {
    return expiryOf(tagOf(user, password, verifier)).has_value();
}

void CredentialCache::remember(std::string_view user, std::string_view password, std::string_view verifier) {
    std::string tag = tagOf(user, password, verifier);
    const std::scoped_lock lock(m_mutex);
    if (const auto found = m_byTag.find(tag); found != m_byTag.end()) {
        m_entries.erase(found->second);
        m_byTag.erase(found);
    }
    while (!m_entries.empty() && m_entries.size() >= m_options.capacity) {
        m_byTag.erase(m_entries.front().tag);
        m_entries.pop_front();
    }
    m_entries.push_back({tag, std::string(user), m_clock.monotonic() + m_options.lifetime});
    m_byTag.emplace(std::move(tag), std::prev(m_entries.end()));
}

void CredentialCache::forgetUser(std::string_view user) {
    const std::scoped_lock lock(m_mutex);
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        if (entry->user == user) {
            m_byTag.erase(entry->tag);
            entry = m_entries.erase(entry);
        } else {
            ++entry;
        }
    }
}

void CredentialCache::clear() {
    const std::scoped_lock lock(m_mutex);
    m_entries.clear();
    m_byTag.clear();
}

std::size_t CredentialCache::size() const {
    const std::scoped_lock lock(m_mutex);
    return m_entries.size();
}

std::optional<MonotonicTime> CredentialCache::expiryOf(const std::string& tag) const {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_byTag.find(tag);
    return found == m_byTag.end() ? std::nullopt : std::optional(found->second->expires);
}

std::string CredentialCache::tagOf(std::string_view user, std::string_view password,
                                   std::string_view verifier) const {
    std::string message;
    append(message, user);
    append(message, password);
    append(message, verifier);
    return hmacSha256(m_key, message);
}

} // namespace pilothouse::security
