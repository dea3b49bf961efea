// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a cluster can be made as it was asked for.
#pragma once

#include "replica/provision/create_cluster.h"

namespace pilothouse::provision {

// Checks names, addresses, ports and that the data folders are free, before anything is made.
[[nodiscard]] Status checkOptions(const CreateOptions& options);

} // namespace pilothouse::provision
