// SPDX-License-Identifier: GPL-3.0-or-later
// One HTTPS request of a command that has nothing else to do.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "replica/http/client.h"

#include <functional>
#include <memory>
#include <string>

namespace pilothouse::program {

// Blocks. The body of an answer below 300; else the problem that the replica tells, or how it was not
// reached. `cancelled` is asked several times a second: ErrorCode::cancelled once it says so.
[[nodiscard]] Result<std::string> callHttps(const std::string& url, std::shared_ptr<http::TlsContext> tls,
                                            const std::string& requiredUri, http::ClientRequest request,
                                            Milliseconds deadline,
                                            const std::function<bool()>& cancelled = {});

} // namespace pilothouse::program
