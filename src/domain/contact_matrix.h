// SPDX-License-Identifier: GPL-3.0-or-later
// Who sees whom: each row is one replica's own word on its peers.
#pragma once

#include "domain/assessment.h"
#include "domain/observation.h"

#include <optional>
#include <vector>

namespace pilothouse::domain {

struct Contact {
    enum class Kind { self, heard, notHeard, unknown };
    Kind kind = Kind::unknown;
    std::optional<double> roundTripMs;
    friend bool operator==(const Contact&, const Contact&) = default;
};

struct ContactMatrix {
    std::vector<ReplicaId> replicas;        // of rows and columns, in the observation's order
    std::vector<std::vector<Contact>> rows; // rows[i][j]: how i sees j; unknown when i does not answer us
};

[[nodiscard]] ContactMatrix contactMatrix(const ClusterObservation& observation, const Limits& limits = {});

} // namespace pilothouse::domain
