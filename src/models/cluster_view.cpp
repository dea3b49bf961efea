// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cluster_view.h"

#include <algorithm>

namespace pilothouse::models {

const ReplicaView* ClusterView::find(const QString& replicaId) const {
    const auto at = std::find_if(replicas.begin(), replicas.end(), [&replicaId](const ReplicaView& replica) {
        return replica.id == replicaId;
    });
    return at == replicas.end() ? nullptr : &*at;
}

const ReplicaView* ClusterView::leader() const {
    const auto at = std::find_if(replicas.begin(), replicas.end(),
                                 [](const ReplicaView& replica) { return replica.leader; });
    return at == replicas.end() ? nullptr : &*at;
}

} // namespace pilothouse::models
