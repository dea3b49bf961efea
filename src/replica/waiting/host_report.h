// SPDX-License-Identifier: GPL-3.0-or-later
// What kind of host waits to be joined, measured when it is asked for.
#pragma once

#include "api/setup.h"
#include "base/clock.h"
#include "base/ids.h"
#include "replica/provision/layout.h"

#include <filesystem>

namespace pilothouse::waiting {

// What is measured, and where.
struct ProbedHost {
    provision::Layout layout;
    std::filesystem::path engineProgram; // empty: etcd in $PATH
};

// Adds the facts to `known`, which says who the host is to be; the time and the paths are left to the asker.
// Blocks: on the disk, and on the engine for at most 3 s.
[[nodiscard]] api::HostReport measureHost(const ProbedHost& host, const api::HostReport& known,
                                          const ClusterId& cluster, const Clock& clock);

} // namespace pilothouse::waiting
