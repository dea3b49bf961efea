// SPDX-License-Identifier: GPL-3.0-or-later
// Finds out whether the last repair of a watched cluster can still be taken back.
#pragma once

#include "models/describe.h"
#include "ui/session/repairs.h"

#include <QObject>

#include <optional>

namespace pilothouse::ui {

// Asks only a lone voter of a later epoch than the first: any other cluster has none to take back.
class PutBackWatch : public QObject {
    Q_OBJECT
public:
    // `repairs` outlives it.
    explicit PutBackWatch(Repairs& repairs, QObject* parent = nullptr)
        : QObject(parent), m_repairs(repairs) {}

    // With each look at the cluster; asks its replica every ten seconds at most.
    void take(const models::ClusterSnapshot& snapshot);
    [[nodiscard]] const std::optional<models::PutBackView>& shown() const { return m_shown; }

Q_SIGNALS:
    void changed();

private:
    void show(const std::optional<models::PutBackView>& now);

    Repairs& m_repairs;
    std::optional<models::PutBackView> m_shown;
    std::optional<ReplicaId> m_asked;
    MonotonicTime m_askedAt;
};

} // namespace pilothouse::ui
