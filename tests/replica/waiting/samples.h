// SPDX-License-Identifier: GPL-3.0-or-later
// A host that is to become a replica, and tokens for it.
#pragma once

#include "replica/security/join_token.h"
#include "replica/waiting/host_plan.h"
#include "support/fixtures.h"

#include <string>

namespace pilothouse::waiting::test {

inline HostPlan samplePlan() {
    HostPlan plan{.name = "reg-4", .host = "127.0.0.1", .listen = {}};
    plan.listen.host = "127.0.0.1";
    return plan;
}

// Its secret is made of this digit.
inline std::string sampleToken(char digit = '5') {
    return security::formatJoinToken({.cluster_id = std::string(32, 'c'),
                                      .epoch = 1,
                                      .replica_id = "0123456789ab",
                                      .secret = std::string(64, digit),
                                      .ca_sha256 = std::string(64, 'f'),
                                      .seeds = {"https://127.0.0.1:1"},
                                      .expires_at = "2026-03-02T13:00:00Z"});
}

} // namespace pilothouse::waiting::test
