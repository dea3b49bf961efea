// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/damping.h"

#include "domain/message_ids.h"

namespace pilothouse::domain {
namespace {

bool isBad(Verdict verdict) {
    return verdict == Verdict::degraded || verdict == Verdict::atRisk || verdict == Verdict::noQuorum;
}

bool isBad(ReplicaState state) {
    switch (state) {
    case ReplicaState::behind:
    case ReplicaState::unhealthy:
    case ReplicaState::disagreed:
    case ReplicaState::stopped:
    case ReplicaState::notAnswering:
        return true;
    case ReplicaState::healthy:
    case ReplicaState::joining:
    case ReplicaState::draining:
    case ReplicaState::unknown:
    case ReplicaState::toldByPeers:
    case ReplicaState::late:
        break;
    }
    return false;
}

} // namespace

bool Damping::isCalm(const std::optional<MonotonicTime>& badAt, MonotonicTime now) const {
    return !badAt || now - *badAt >= m_calmFor;
}

void Damping::showReplica(ReplicaAssessment& replica, MonotonicTime now) {
    auto& badAt = m_replicaBadAt[replica.id];
    if (isBad(replica.state)) {
        badAt = now;
    } else if (replica.state == ReplicaState::healthy && !isCalm(badAt, now)) {
        replica.state = ReplicaState::unknown;
        replica.detail = {MessageId::cardComingBack, {}};
    }
}

Assessment Damping::show(Assessment assessment, MonotonicTime now) {
    for (auto& replica : assessment.replicas) {
        showReplica(replica, now);
    }
    if (isBad(assessment.verdict)) {
        m_clusterBadAt = now;
    } else if (assessment.verdict == Verdict::healthy && !isCalm(m_clusterBadAt, now)) {
        assessment.verdict = Verdict::degraded;
        assessment.comingBack = true;
        assessment.headline = {MessageId::headlineComingBack, {}};
    }
    return assessment;
}

} // namespace pilothouse::domain
