// SPDX-License-Identifier: GPL-3.0-or-later
// A bounded queue that no source can take for itself.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pilothouse::security {

// The sources take turns, each with its oldest job first. When it is full, a source that has fewer jobs in it
// takes the place of the newest job of the source that has most: whoever fills it, from however many
// addresses, keeps out those alone that have as many. Not thread-safe.
template <typename Job>
class FairQueue {
public:
    explicit FairQueue(std::size_t limit) : m_limit(limit) {}

    // The job for which there is no room now: nothing, one of another source, or `job` itself.
    [[nodiscard]] std::optional<Job> push(const std::string& source, Job job) {
        std::optional<Job> displaced;
        if (m_size >= m_limit) {
            const auto most =
                std::max_element(m_sources.begin(), m_sources.end(), [](const auto& a, const auto& b) {
                    return a.second.size() < b.second.size();
                });
            const auto own = m_sources.find(source);
            const std::size_t ownJobs = own == m_sources.end() ? 0 : own->second.size();
            if (most == m_sources.end() || most->second.size() < ownJobs + 2) {
                return job;
            }
            displaced = std::move(most->second.back());
            most->second.pop_back(); // at least one is left: its turn stays
            --m_size;
        }
        auto& jobs = m_sources[source];
        if (jobs.empty()) {
            m_turns.push_back(source);
        }
        jobs.push_back(std::move(job));
        ++m_size;
        return displaced;
    }

    // Of whose turn it is; not when it is empty.
    [[nodiscard]] Job pop() {
        const std::string source = std::move(m_turns.front());
        m_turns.pop_front();
        const auto found = m_sources.find(source);
        Job job = std::move(found->second.front());
        found->second.pop_front();
        if (found->second.empty()) {
            m_sources.erase(found);
        } else {
            m_turns.push_back(source);
        }
        --m_size;
        return job;
    }

    [[nodiscard]] std::vector<Job> takeAll() {
        std::vector<Job> all;
        while (!empty()) {
            all.push_back(pop());
        }
        return all;
    }

    [[nodiscard]] bool empty() const { return m_size == 0; }

private:
    const std::size_t m_limit;
    std::size_t m_size = 0;
    std::map<std::string, std::deque<Job>> m_sources; // none of them empty
    std::deque<std::string> m_turns;                  // each of them once
};

} // namespace pilothouse::security
