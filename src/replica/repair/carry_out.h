// SPDX-License-Identifier: GPL-3.0-or-later
// Carries a repair that was ordered out, or takes one back, while no replica runs on the data folder.
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "replica/engine/etcd_options.h"
#include "replica/provision/identity.h"
#include "replica/repair/journal.h"
#include "replica/security/random.h"
#include "replica/security/sealed_box.h"

#include <functional>

namespace pilothouse::repair {

// What it works with.
struct Work {
    provision::Layout layout;
    provision::Identity identity;
    engine::EtcdOptions engine; // how the replica runs its engine
    const security::SealedBox& box;
    const Clock& clock;
    const security::Random& random;
    Logger log;
    std::function<void(const api::Repair&)> onProgress; // may be empty; called often
};

// Does what the journal says is still to be done; nothing when that is nothing. It may be interrupted at any
// point, and is gone on with by the next call. A repair that goes wrong is taken back: its journal then says
// why, and the folder is as it was before. Fails only where neither is possible now, as on a broken disk.
// Blocks: some seconds, and as long as the engine's data takes to be copied. Whoever calls it holds the
// folder's lock; no engine may run on it.
[[nodiscard]] Status carryOut(const Work& work, Journal& journal);

} // namespace pilothouse::repair
