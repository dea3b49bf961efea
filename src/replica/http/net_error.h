// SPDX-License-Identifier: GPL-3.0-or-later
// A failure on the network: an Error that also says how the other side was (not) reached.
#pragma once

#include "base/result.h"

#include <string>
#include <utility>

namespace pilothouse::http {

// How far it came. Maps one to one to api::Reach, except `broken`, which is a peer that was reached.
enum class ConnectFailure {
    none,        // reached, and it is not the network's fault
    refused,     // nobody listens at that port
    timeout,     // no answer within the deadline, in connecting, handshake or waiting for the answer
    unreachable, // no such name, no route, network down
    tls,         // the handshake failed: the certificate is not what is expected, or ours was refused
    broken,      // connected, then closed or talking nonsense before the answer was complete
};

// The code tells what became of a request: `unavailable` means that it was certainly not carried out,
// `timeout` that the outcome is unknown; `corrupt` a malformed answer, `exhausted` one over the limit,
// `cancelled` our own doing. Converts to a plain Error, so that a NetResult<T> can be returned as a
// Result<T>.
struct NetError : Error {
    ConnectFailure how = ConnectFailure::none;
};

template <typename T>
using NetResult = tl::expected<T, NetError>;
using NetStatus = NetResult<void>;

[[nodiscard]] inline tl::unexpected<NetError> netFail(ConnectFailure how, ErrorCode code, std::string message,
                                                      std::string hint = {}) {
    return tl::unexpected<NetError>(NetError{{code, std::move(message), std::move(hint)}, how});
}

} // namespace pilothouse::http
