// SPDX-License-Identifier: GPL-3.0-or-later
// What another replica's answer says went wrong.
#pragma once

#include "base/result.h"
#include "replica/http/message.h"

#include <string>

namespace pilothouse::node {

// The problem (api::Problem) in an answer of 300 and more by `who`, or its status when it says nothing.
[[nodiscard]] Error errorIn(const std::string& who, const http::Response& response);

} // namespace pilothouse::node
