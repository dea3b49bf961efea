// SPDX-License-Identifier: GPL-3.0-or-later
// What a host that waits to be joined is to be as a replica.
#pragma once

#include "base/result.h"
#include "replica/provision/identity.h"

#include <string>

namespace pilothouse::waiting {

struct HostPlan {
    std::string name; // of the replica
    std::string host; // name or address under which peers and clients will reach it
    provision::Listen listen;

    [[nodiscard]] std::string url() const;
    [[nodiscard]] std::string httpUrl() const;
    [[nodiscard]] std::string peerUrl() const;
};

// That it can become a replica's identity. ErrorCode::invalid names the option of serve that is wrong.
[[nodiscard]] Status checkHostPlan(const HostPlan& plan);

// The first label of this computer's name.
[[nodiscard]] std::string ownHostLabel();

} // namespace pilothouse::waiting
