// SPDX-License-Identifier: GPL-3.0-or-later
// Whether enough replicas have a blob. While a change of the voters is being prepared, a majority of those
// before and of those after it is needed, so that the blob outlives the change, whenever it comes. Pure.
#pragma once

#include "replica/state/records.h"

#include <cstddef>
#include <string>
#include <vector>

namespace pilothouse::replication {

class Majorities {
public:
    explicit Majorities(const state::MembershipRecord& membership);

    // Whose copies count.
    [[nodiscard]] const std::vector<std::string>& replicas() const { return m_replicas; }
    // This one has it. To be called once for each.
    void add(const std::string& replica);
    [[nodiscard]] bool reached() const;
    // How many of replicas() have it.
    [[nodiscard]] std::size_t count() const { return m_count; }

private:
    struct Group {
        std::vector<std::string> members;
        std::size_t have = 0;
    };
    std::vector<Group> m_groups;
    std::vector<std::string> m_replicas;
    std::size_t m_count = 0;
};

} // namespace pilothouse::replication
