// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of the registry.
#pragma once

#include "base/result.h"
#include "replica/http/exchange.h"
#include "replica/registry/errors.h"

#include <string>
#include <string_view>

namespace pilothouse::registry {

// Nothing but a status; every answer of the registry names its version besides.
[[nodiscard]] http::Response emptyAnswer(int status);
// The error's JSON. `status` 0: the fault's own.
[[nodiscard]] http::Response faultAnswer(Fault fault, std::string_view message, std::string_view detail = {},
                                         int status = 0);
// For an error of the state or the disk; what was not found is called `missing`. A cluster without quorum
// answers 503, a full disk 507.
[[nodiscard]] http::Response errorAnswer(const Error& error, Fault missing);

// Sends it; a client that is gone needs no answer.
[[nodiscard]] http::Awaitable<void> answer(http::Exchange& exchange, http::Response response);

// A validator for conditional requests (RFC 9110 §8.8.3): a digest names its bytes for ever.
[[nodiscard]] std::string entityTag(std::string_view digest);
// Whether the client has it already (If-None-Match).
[[nodiscard]] bool isUnchanged(const http::Request& request, std::string_view digest);

} // namespace pilothouse::registry
