// SPDX-License-Identifier: GPL-3.0-or-later
// How the engine of a data folder is run.
#pragma once

#include "replica/engine/etcd_engine.h"
#include "replica/engine/etcd_options.h"
#include "replica/provision/identity.h"
#include "replica/provision/layout.h"

namespace pilothouse::node {

// Names, ports, files and cluster as the folder has them; program, times and quota are the defaults.
[[nodiscard]] engine::EtcdOptions etcdOptionsOf(const provision::Layout& layout,
                                                const provision::Identity& identity);
// How that engine is reached: its port, and the certificates that lie in the folder now.
[[nodiscard]] Result<engine::EngineAddress> engineAddressOf(const provision::Layout& layout,
                                                            const provision::Identity& identity);

} // namespace pilothouse::node
