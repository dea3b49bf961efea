// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace pilothouse::domain {

// That a repair has taken the cluster into an epoch after a replica's own: it is left behind.
struct NewerEpoch {
    std::int64_t epoch = 0;
    std::string survivor; // name of the one that it was repaired from
    friend bool operator==(const NewerEpoch&, const NewerEpoch&) = default;
};

} // namespace pilothouse::domain
