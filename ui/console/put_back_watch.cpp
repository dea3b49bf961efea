// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/put_back_watch.h"

#include "ui/session/when_answered.h"

namespace pilothouse::ui {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds askEvery = 10s;

// The lone voter that answers, if a repair has made it one; nullopt: there is none.
std::optional<ReplicaId> loneSurvivor(const models::ClusterSnapshot& snapshot) {
    if (snapshot.assessment.margins.voters != 1) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < snapshot.assessment.replicas.size(); ++i) {
        const domain::ReplicaAssessment& judged = snapshot.assessment.replicas[i];
        const auto& report = snapshot.observation.replicas[i].report;
        if (judged.voting && judged.reachable.value_or(false) && report && report->epoch > 1) {
            return judged.id;
        }
    }
    return std::nullopt;
}

} // namespace

void PutBackWatch::take(const models::ClusterSnapshot& snapshot) {
    const std::optional<ReplicaId> survivor = loneSurvivor(snapshot);
    if (!survivor) {
        m_asked.reset();
        show(std::nullopt);
        return;
    }
    const MonotonicTime now = snapshot.observation.now;
    if (m_asked == survivor && now - m_askedAt < askEvery) {
        return;
    }
    m_asked = survivor;
    m_askedAt = now;
    const QString id = QString::fromStdString(survivor->str());
    whenAnswered(this, m_repairs.last(id), [this, id](const Result<api::Repair>& repair) {
        const bool can = m_asked && m_asked->str() == id.toStdString() && repair && repair->can_put_back;
        show(can ? std::optional(models::PutBackView{id, {}}) : std::nullopt);
    });
}

void PutBackWatch::show(const std::optional<models::PutBackView>& now) {
    if (now != m_shown) {
        m_shown = now;
        Q_EMIT changed();
    }
}

} // namespace pilothouse::ui
