// SPDX-License-Identifier: GPL-3.0-or-later
// Who changed what in the registry, from where, and with what outcome: a line of the log for each change,
// with the request's id. Where a member passed the request on, "from where" is its client's address.
#pragma once

#include "replica/registry/context.h"

#include <string>
#include <string_view>

namespace pilothouse::registry {

// `verb`: "push", "mount", "delete"; `what`: "tag 1.0"; `outcome`: "done" or why not.
void audit(const Call& call, std::string_view verb, std::string_view what, std::string_view outcome);

// A change by a request that is none of the registry's own.
struct Change {
    const http::Request& request;
    std::string action; // "delete tag 1.0"
    std::string repository;
    std::string user; // or what else made it
};
void audit(const Context& context, const Change& change, std::string_view outcome);

} // namespace pilothouse::registry
