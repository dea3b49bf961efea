// SPDX-License-Identifier: GPL-3.0-or-later
// The caller's side of a request whose body comes from a source.
#pragma once

#include "replica/http/client_connection.h"

namespace pilothouse::http {

struct Uploaded {
    ResponseHead head;
    Deadline deadline = {}; // for the rest of the answer
};

// Passes the source's pieces to the connection, which must be dropped after a failure. Runs on the caller's
// executor: the source belongs to the caller, who may be cancelled.
[[nodiscard]] Awaitable<NetResult<Uploaded>>
upload(ConnectionPtr connection, std::shared_ptr<const ClientRequest> request, Deadline deadline);

} // namespace pilothouse::http
