// SPDX-License-Identifier: GPL-3.0-or-later
// One console's stream: `status` frames without an id, `event` frames whose id is the state's revision, and a
// comment whenever nothing else was sent for 0.8 s.
#pragma once

#include "replica/admin/context.h"

namespace pilothouse::admin {

// Serves until the client goes, the server stops, the client does not take what it is sent, or `principal`
// would not be let in any more.
[[nodiscard]] http::Awaitable<void> serveEventStream(const Context& context, http::Exchange& exchange,
                                                     Principal principal);

} // namespace pilothouse::admin
