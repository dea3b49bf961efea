// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/audit.h"

namespace pilothouse::registry {

void audit(const Call& call, std::string_view verb, std::string_view what, std::string_view outcome) {
    const http::Request& request = call.exchange.request();
    const std::string& client = call.granted.client;
    call.context.audit.info(std::string(verb) + " " + std::string(what),
                            {{"repository", call.path.name},
                             {"user", call.granted.user},
                             {"from", client.empty() ? http::addressOf(request) : client},
                             {"outcome", std::string(outcome)},
                             {"request_id", request.id}});
}

} // namespace pilothouse::registry
