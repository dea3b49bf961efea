// SPDX-License-Identifier: GPL-3.0-or-later
// How the engine of a data folder is run.
#pragma once

#include "replica/engine/etcd_options.h"
#include "replica/provision/identity.h"
#include "replica/provision/layout.h"

namespace pilothouse::node {

// Names, ports, files and cluster as the folder has them; program, times and quota are the defaults.
[[nodiscard]] engine::EtcdOptions etcdOptionsOf(const provision::Layout& layout,
                                                const provision::Identity& identity);

} // namespace pilothouse::node
