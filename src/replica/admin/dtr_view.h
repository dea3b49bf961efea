// SPDX-License-Identifier: GPL-3.0-or-later
// The cluster in the words of DTR 2.x, for the monitoring scripts that know them. Pure.
#pragma once

#include "api/dtr.h"
#include "api/status.h"
#include "base/clock.h"

#include <string>
#include <vector>

namespace pilothouse::admin {

// What this replica knows, and how old that is.
struct DtrInputs {
    const api::ClusterStatus& status;
    api::Health self;   // as the health addresses say it: see currentHealth()
    bool fresh = false; // this replica still looks after itself; else nothing that it says of anybody is OK
    WallTime checkedAt; // when it last did
    WallTime now;
    std::string collector = {}; // id of the replica that collects unreferenced blobs now, if any
};

// replica_health is "OK" only for a replica that says so now. Of a replica that does not answer: why, and
// when it last reported; that moment is its replica_timestamp ("0001-01-01T00:00:00Z": never since this
// replica started). replica_readonly: it runs, and refuses changes.
[[nodiscard]] api::dtr::ClusterStatus dtrClusterStatus(const DtrInputs& inputs);

// Everything that somebody should look at, worst first. Ids are stable, for scripts that silence one.
[[nodiscard]] std::vector<api::dtr::Alert> dtrAlerts(const DtrInputs& inputs);

// `readOnly`: the setting read_only_registry.
[[nodiscard]] api::dtr::Settings dtrSettings(const api::ClusterStatus& status, const std::string& clusterCa,
                                             bool readOnly);

} // namespace pilothouse::admin
