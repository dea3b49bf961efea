// SPDX-License-Identifier: GPL-3.0-or-later
// Shows at the replica that joins how far it has caught up.
#pragma once

#include "models/describe.h"
#include "ui/operations/catch_up.h"

namespace pilothouse::ui {

// Remembers what it saw of the operation, which the snapshots alone do not tell.
class JoinShown {
public:
    // `view` was made of `snapshot`.
    void addTo(models::ClusterView& view, const models::ClusterSnapshot& snapshot);

private:
    QString m_operation; // id
    CatchUp m_catchUp;
};

} // namespace pilothouse::ui
