// SPDX-License-Identifier: GPL-3.0-or-later
// So many at a time for each source, so that one cannot take what is there for all.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace pilothouse::http {

// Thread-safe.
class SourceQuota {
public:
    explicit SourceQuota(int eachSource) : m_eachSource(eachSource) {}

    // One place, given back when it goes. Must not outlive the quota.
    class Place {
    public:
        Place(SourceQuota* quota, std::string source) : m_quota(quota), m_source(std::move(source)) {}
        Place(Place&& other) noexcept
            : m_quota(std::exchange(other.m_quota, nullptr)), m_source(std::move(other.m_source)) {}
        Place& operator=(Place&&) = delete;
        ~Place() {
            if (m_quota != nullptr) {
                m_quota->leave(m_source);
            }
        }
        explicit operator bool() const { return m_quota != nullptr; }

    private:
        SourceQuota* m_quota;
        std::string m_source;
    };
    // False when the source has all that it may have.
    [[nodiscard]] Place enter(const std::string& source) {
        const std::lock_guard lock(m_mutex);
        int& taken = m_taken[source];
        if (taken >= m_eachSource) {
            return {nullptr, {}};
        }
        ++taken;
        return {this, source};
    }

private:
    void leave(const std::string& source) {
        const std::lock_guard lock(m_mutex);
        const auto found = m_taken.find(source);
        if (found != m_taken.end() && --found->second == 0) {
            m_taken.erase(found);
        }
    }

    const int m_eachSource;
    std::mutex m_mutex;
    std::map<std::string, int> m_taken; // more than 0 each
};

} // namespace pilothouse::http
