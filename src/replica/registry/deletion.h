// SPDX-License-Identifier: GPL-3.0-or-later
// The end of every deletion.
#pragma once

#include "replica/registry/context.h"
#include "replica/registry/errors.h"

namespace pilothouse::registry {

// Waits until every replica that is in contact knows of what was written at `revision`: who asks any of them
// afterwards is told that it is gone. One that does not answer in time has lost contact, and confirms nothing
// that it is asked for by a barrier.
[[nodiscard]] http::Awaitable<void> waitEverywhere(const Context& context, Revision revision);

// Does so for a deletion, then answers. `what`, for the audit: "tag 1.0".
[[nodiscard]] http::Awaitable<void> answerDeletion(Call& call, Result<Revision> done, Fault missing,
                                                   std::string what);

} // namespace pilothouse::registry
