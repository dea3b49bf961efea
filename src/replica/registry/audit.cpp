// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/audit.h"

namespace pilothouse::registry {

namespace {

void write(const Context& context, const Change& change, std::string from, std::string_view outcome) {
    context.audit.info(change.action, {{"repository", change.repository},
                                       {"user", change.user},
                                       {"from", std::move(from)},
                                       {"outcome", std::string(outcome)},
                                       {"request_id", change.request.id}});
}

} // namespace

void audit(const Call& call, std::string_view verb, std::string_view what, std::string_view outcome) {
    const Change change{call.exchange.request(), std::string(verb) + " " + std::string(what), call.path.name,
                        call.granted.user};
    const std::string& client = call.granted.client;
    write(call.context, change, client.empty() ? http::addressOf(change.request) : client, outcome);
}

void audit(const Context& context, const Change& change, std::string_view outcome) {
    write(context, change, http::addressOf(change.request), outcome);
}

} // namespace pilothouse::registry
