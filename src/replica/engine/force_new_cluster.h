// SPDX-License-Identifier: GPL-3.0-or-later
// A member goes on alone, for a cluster whose majority is gone for good.
#pragma once

#include "base/log.h"
#include "replica/engine/etcd_engine.h"
#include "replica/engine/etcd_options.h"

namespace pilothouse::engine {

// Starts the stopped member once with --force-new-cluster, until it leads a cluster in which it is alone, and
// stops it. It keeps its id and the cluster's: where one of the others can still reach it, that one takes
// itself for removed and ends; give it peer certificates of a new authority first. Entries of which its log
// does not say that they are committed are thrown away, and its database may have some of them all the same:
// commitAll() first.
//
// Blocks for at most `atMost`, which includes that etcd opens its database, and some seconds to stop. May be
// repeated after any failure or crash. After success the member starts as one of a cluster of one.
// ErrorCode::timeout: it did not lead in time; conflict: it was no voter; others as the engine's end is
// explained.
[[nodiscard]] Status forceNewCluster(const EtcdOptions& options, const EngineAddress& address,
                                     Milliseconds atMost, const Logger& log);

} // namespace pilothouse::engine
