// SPDX-License-Identifier: GPL-3.0-or-later
// Passes a whole exchange on to another server, as a gateway does (RFC 9110 §3.7): the request's body and the
// answer's stream through a buffer of constant size.
#pragma once

#include "replica/http/client.h"
#include "replica/http/exchange.h"

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::http {

struct RelayOptions {
    // Set in the request, in the place of what the client may have sent under the same names.
    Headers headers;
    std::vector<std::string> dropped;           // fields of the request that are not passed on
    std::vector<std::string> droppedFromAnswer; // and of the answer
    std::uint64_t bodyBytes = std::numeric_limits<std::uint64_t>::max(); // the other server has its own limit
    Milliseconds connect{1'000};
    Milliseconds answer{30'000};   // from the end of the request's body to the answer's head
    Milliseconds progress{30'000}; // for each step of either body
};

struct RelayOutcome {
    enum class Kind {
        answered,     // the answer was passed on whole
        unavailable,  // no connection: nothing was sent, nothing of the body read, and nothing answered
        unknown,      // something was sent, no answer came, and nothing was answered
        clientFailed, // the client was gone, or its body was not sound: nothing is left to do for the handler
        cut,          // the answer could not be finished: the client's connection was reset
    };
    Kind kind = Kind::answered;
    int status = 0; // of the other server's answer, when its head came
    std::optional<NetError> error;
};

// Call it before anything of the exchange was read or answered, on its strand. After `unavailable` the
// exchange is as before: it can be relayed to another server. After `unknown` it can be answered. Fields that
// belong to one connection (RFC 9110 §7.6.1) are not passed on; Host is, so that links in the answer fit the
// client.
[[nodiscard]] Awaitable<RelayOutcome> relay(Exchange& exchange, Client& client, RelayOptions options);

} // namespace pilothouse::http
