// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/join_shown.h"

#include "domain/operation.h"

#include <QCoreApplication>

#include <algorithm>

namespace pilothouse::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(pilothouse::ui::JoinShown)
};

// How many bytes it lacks, as the replica tells it that knows most of the state.
std::optional<std::int64_t> missingBytes(const models::ClusterSnapshot& snapshot, const std::string& id) {
    const api::ClusterStatus* newest = nullptr;
    for (const auto& [replica, status] : snapshot.statuses) {
        const bool tells = status->operation && status->operation->id == id;
        if (tells &&
            (newest == nullptr || status->self.consensus.revision > newest->self.consensus.revision)) {
            newest = status;
        }
    }
    if (newest == nullptr || !newest->operation->waiting) {
        return std::nullopt;
    }
    const api::Waiting& waiting = *newest->operation->waiting;
    const bool fetches = waiting.reason == nameOf(domain::WaitReason::catchingUp);
    return fetches && waiting.numbers.size() > 1 ? std::optional(waiting.numbers[1]) : std::nullopt;
}

} // namespace

void JoinShown::addTo(models::ClusterView& view, const models::ClusterSnapshot& snapshot) {
    const bool joins = view.operation && !view.operation->host.isEmpty();
    const QString operation = joins ? view.operation->id : QString();
    if (operation != m_operation) {
        m_operation = operation;
        m_catchUp.forget();
    }
    if (joins) {
        view.listWord = Words::tr("%1 · joining %2").arg(view.listWord, view.operation->host);
    }
    const auto missing = joins ? missingBytes(snapshot, operation.toStdString()) : std::nullopt;
    if (!missing) {
        return;
    }
    m_catchUp.take(snapshot.observation.now, *missing);
    const std::optional<Pace> pace = m_catchUp.pace();
    if (!pace) {
        return;
    }
    if (const QString speed = speedWords(*pace); !speed.isEmpty()) {
        QString& detail = view.operation->detail; // whose last part says whether it can be cancelled
        detail.insert(std::max(qsizetype(0), detail.lastIndexOf(QStringLiteral(" · "))),
                      QStringLiteral(" · ") + speed);
    }
    const auto replica =
        std::find_if(view.replicas.begin(), view.replicas.end(), [&](const models::ReplicaView& one) {
            return one.name == view.operation->host && one.state == domain::ReplicaState::joining;
        });
    if (replica != view.replicas.end()) {
        const QString words = Words::tr("no vote yet · %1 % of blobs").arg(pace->percent);
        replica->description.replace(replica->detail, words);
        replica->detail = words;
        replica->joinedPercent = pace->percent;
    }
}

} // namespace pilothouse::ui
