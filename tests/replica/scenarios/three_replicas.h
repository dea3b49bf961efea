// SPDX-License-Identifier: GPL-3.0-or-later
// Three replicas of a test's own, some of which it makes fail, and what lies on their disks. Members count
// from 1.
#pragma once

#include "replica/support/cluster.h"
#include "scenario.h"

namespace pilothouse::registry::test {

class ThreeReplicas : public pilothouse::test::ClusterTest {
protected:
    static constexpr int replicas = 3;
    static constexpr std::size_t mib = std::size_t{1024} * 1024;

    void SetUp() override;

    // Starts those that do not run and waits until all serve.
    void startAll();
    void stop(int member) { m_replicas.at(index(member)).reset(); }
    [[nodiscard]] bool runs(int member) const { return m_replicas.at(index(member)) != nullptr; }

    [[nodiscard]] const provision::MemberOptions& memberOf(int member) const {
        return create.members.at(index(member));
    }
    [[nodiscard]] Balancer& registry() { return *m_registry; }
    [[nodiscard]] Answer askAt(int member, const Ask& ask) { return m_registry->askAt(index(member), ask); }
    // Whatever the answer is.
    [[nodiscard]] Answer askOnce(int member, const Ask& ask) {
        return m_registry->askOnce(index(member), ask);
    }
    [[nodiscard]] Answer put(int member, const std::string& location, const std::string& digest,
                             const std::string& bytes = {}) {
        return askAt(member, {"PUT", closing(location, digest), bytes});
    }
    [[nodiscard]] std::string beginUpload(int member = 1);

    [[nodiscard]] std::filesystem::path blobsOf(int member) const;
    [[nodiscard]] std::vector<std::filesystem::path> copiesAt(int member, const std::string& digest) const;
    // How many replicas have a copy.
    [[nodiscard]] int holders(const std::string& digest) const;

    [[nodiscard]] static std::size_t index(int member) { return static_cast<std::size_t>(member) - 1; }

private:
    std::vector<std::unique_ptr<Replica>> m_replicas{replicas};
    std::optional<Balancer> m_registry;
};

} // namespace pilothouse::registry::test
