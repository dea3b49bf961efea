// SPDX-License-Identifier: GPL-3.0-or-later
// The survivor's engine, run for as long as it takes to record the new epoch.
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "replica/engine/etcd_engine.h"
#include "replica/engine/etcd_options.h"
#include "replica/repair/journal.h"

namespace pilothouse::repair {

struct LoneEngine {
    engine::EtcdOptions options;
    engine::EngineAddress address;
    Milliseconds atMost; // for all of it
    Logger log;
};

// Starts the engine, records the epoch as recordNewEpoch() does, and stops it. Blocks. ErrorCode::timeout
// when the engine did not take it in time.
[[nodiscard]] Result<Revision> recordWithLoneEngine(const LoneEngine& engine, const Journal& journal,
                                                    const Clock& clock);

} // namespace pilothouse::repair
