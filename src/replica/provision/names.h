// SPDX-License-Identifier: GPL-3.0-or-later
// Names and addresses that people choose for a cluster and its replicas.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace pilothouse::provision {

// 1 to 40 characters of UTF-8 without control characters.
[[nodiscard]] Status checkClusterName(std::string_view name);
// 1 to 63 letters, digits, dots, underscores and hyphens, beginning with a letter or digit. Of replicas and
// users; `what` is the word for it in the error.
[[nodiscard]] Status checkName(std::string_view name, std::string_view what);
// A DNS name or an IP address (without brackets).
[[nodiscard]] Status checkHost(std::string_view host);
// 1 to 65535.
[[nodiscard]] Status checkPort(std::int64_t port, std::string_view what);

[[nodiscard]] bool isIpAddress(std::string_view text);
// Where a replica that others reach under `host` listens unless told otherwise: loopback hosts on loopback,
// others on every interface.
[[nodiscard]] std::string listenHostFor(std::string_view host);

} // namespace pilothouse::provision
