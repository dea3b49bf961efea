// SPDX-License-Identifier: GPL-3.0-or-later
// Whether this computer has lost its way to a cluster, rather than the cluster its replicas.
#pragma once

#include "base/clock.h"
#include "client/timing.h"
#include "domain/observation.h"

#include <QList>
#include <QUrl>

#include <functional>
#include <vector>

namespace pilothouse::client {

enum class OwnNetwork {
    none,     // nothing is up besides this computer itself
    some,     // something is; whether it leads to the cluster is not known
    notNeeded // the cluster runs on this computer
};

// What the system says, for a cluster at these addresses.
[[nodiscard]] OwnNetwork lookAtNetwork(const QList<QUrl>& urls);

// Nobody has sent a byte within Timing::lateAfter, and either there is no network, or two or more fell silent
// together: before the first of them was given up the last was late. One that was lost earlier does not
// count; one that refuses is an answer. `network` is only asked when nobody is heard.
[[nodiscard]] bool isCutOff(const std::vector<domain::ReplicaObservation>& replicas, MonotonicTime now,
                            const Timing& timing, const std::function<OwnNetwork()>& network);

} // namespace pilothouse::client
