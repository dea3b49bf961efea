// SPDX-License-Identifier: GPL-3.0-or-later
// Certificates between a replica and its own engine over loopback.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "replica/provision/layout.h"

namespace pilothouse::provision {

// Writes engine/client-ca.crt, client.key and client.crt anew: an authority that signs one leaf, which both
// ends use, and whose key is then thrown away. May be done whenever the engine does not run, so that a stolen
// key ages.
[[nodiscard]] Status writeEngineClientCertificates(const Layout& layout, WallTime now);

} // namespace pilothouse::provision
