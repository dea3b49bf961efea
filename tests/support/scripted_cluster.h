// SPDX-License-Identifier: GPL-3.0-or-later
// Several scripted replicas that tell one consistent story of a cluster.
#pragma once

#include "support/scripted_replica.h"
#include "support/test_authority.h"

#include <memory>
#include <vector>

namespace pilothouse::test {

// Replicas "reg-1", "reg-2", … with ids 000000000001, 000000000002, …; all vote, reg-1 leads.
class ScriptedCluster {
public:
    // Starts `size` replicas on loopback.
    explicit ScriptedCluster(int size, const std::string& name = "test");

    [[nodiscard]] ScriptedReplica& replica(int index) {
        return *m_replicas.at(static_cast<std::size_t>(index));
    }
    [[nodiscard]] int size() const { return static_cast<int>(m_replicas.size()); }
    [[nodiscard]] const TestAuthority& authority() const { return m_authority; }
    [[nodiscard]] static std::string idOf(int index);

    // The replica ends; the others see it go. With a majority gone they see no leader.
    void kill(int index);
    // It listens again and everybody sees it.
    void restart(int index);
    // Every living replica sees that leader in the next term.
    void makeLeader(int index);
    // The member leaves the list of every living replica, in the next generation; its process ends.
    void remove(int index);
    // One event at every living replica.
    void addEvent(const std::string& kind, int subject, const std::string& message);

private:
    void tellAll();
    void describe(int observer);
    [[nodiscard]] api::PeerView viewOf(int peer) const;

    TestAuthority m_authority;
    std::vector<std::unique_ptr<ScriptedReplica>> m_replicas;
    std::vector<bool> m_alive;
    std::vector<bool> m_member;
    int m_leader = 0;
    std::int64_t m_term = 2;
    std::int64_t m_generation = 1;
    std::int64_t m_revision = 10;
};

} // namespace pilothouse::test
