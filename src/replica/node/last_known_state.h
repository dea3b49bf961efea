// SPDX-License-Identifier: GPL-3.0-or-later
// What a replica knew of the state when it last ran, read before anything of it runs.
#pragma once

#include "base/log.h"
#include "replica/provision/identity.h"
#include "replica/provision/layout.h"
#include "replica/state/snapshot.h"

#include <memory>

namespace pilothouse::node {

// From the read model on disk; empty (revision 0) when there is none that can be used. May be old. Blocks.
[[nodiscard]] std::shared_ptr<const state::Snapshot>
readLastKnownState(const provision::Layout& layout, const provision::Identity& identity, const Logger& log);

} // namespace pilothouse::node
