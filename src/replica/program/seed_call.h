// SPDX-License-Identifier: GPL-3.0-or-later
// A new host's question to the replicas that its join token names.
#pragma once

#include "api/admin.h"
#include "base/result.h"
#include "replica/provision/join.h"

#include <functional>
#include <string>

namespace pilothouse::program {

// How the cluster is asked, and what became known meanwhile.
struct JoinCall {
    std::function<bool()> cancelled = {};         // asked several times a second; empty: it is never
    std::function<void(const Error&)> waits = {}; // told once: why the cluster cannot take anybody now
    // A replica may have used the token up for the keys that were sent: what came after says nothing of that.
    bool mayBeUsed = false;
};

// Blocks. The token's secret is sent only to a replica whose certificate was issued by the authority with the
// token's fingerprint; ErrorCode::unauthorized when the seed names another one.
[[nodiscard]] Result<api::JoinAnswer> askSeed(const std::string& seed,
                                              const provision::PreparedJoin& prepared, JoinCall& call);

// One seed after the other, and again for up to 35 s while what is in the way may pass by itself.
[[nodiscard]] Result<api::JoinAnswer> askCluster(const provision::PreparedJoin& prepared, JoinCall& call);

} // namespace pilothouse::program
