// SPDX-License-Identifier: GPL-3.0-or-later
// Who changed what in the registry, from where, and with what outcome: a line of the log for each change,
// with the request's id. Where a member passed the request on, "from where" is its client's address.
#pragma once

#include "replica/registry/context.h"

#include <string_view>

namespace pilothouse::registry {

// `verb`: "push", "mount", "delete"; `what`: "tag 1.0"; `outcome`: "done" or why not.
void audit(const Call& call, std::string_view verb, std::string_view what, std::string_view outcome);

} // namespace pilothouse::registry
