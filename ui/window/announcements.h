// SPDX-License-Identifier: GPL-3.0-or-later
// What is worth telling somebody who does not look: changes of verdict and state, once per cause. Pure.
#pragma once

#include "models/cluster_view.h"

#include <QHash>

namespace pilothouse::ui {

// One per cluster. Ages, lags and answer times are never told; nor is "late", which is the way to something
// else.
class Announcements {
public:
    // What to say now; empty: nothing. The first view says nothing: it is read like everything else.
    QString next(const models::ClusterView& now);

private:
    bool m_started = false;
    bool m_live = true;
    domain::Verdict m_verdict = domain::Verdict::starting;
    QHash<QString, domain::ReplicaState> m_states; // as last told
};

} // namespace pilothouse::ui
