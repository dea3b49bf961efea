// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown: worse at once, well only after a while without relapse.
#pragma once

#include "domain/assessment.h"

#include <map>
#include <optional>

namespace pilothouse::domain {

// Remembers when something was bad; pure otherwise. One for each cluster.
class Damping {
public:
    explicit Damping(Milliseconds calmFor = Milliseconds(5000)) : m_calmFor(calmFor) {}

    // The assessment as it is to be shown at `now` (never earlier than the last one). Everything that it says
    // is of now; only "healthy" waits: until nothing has been bad for `calmFor`, a replica that is well is
    // shown as coming back (unknown), and a cluster that is healthy as degraded and coming back. States that
    // are asked for or soft (joining, draining, late, told by peers, unknown) make nobody wait, nor do the
    // verdicts starting and unreachable.
    [[nodiscard]] Assessment show(Assessment assessment, MonotonicTime now);

private:
    void showReplica(ReplicaAssessment& replica, MonotonicTime now);
    [[nodiscard]] bool isCalm(const std::optional<MonotonicTime>& badAt, MonotonicTime now) const;

    Milliseconds m_calmFor;
    std::map<ReplicaId, std::optional<MonotonicTime>> m_replicaBadAt; // when last seen so
    std::optional<MonotonicTime> m_clusterBadAt;
};

} // namespace pilothouse::domain
