// SPDX-License-Identifier: GPL-3.0-or-later
// JSON of the wire types. The description of each struct (BOOST_DESCRIBE_STRUCT) is its one definition.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace pilothouse::api {

// Compact JSON of a wire type, always valid UTF-8. Defined for the structs of status.h, admin.h, checks.h,
// operations.h, repositories.h, dtr.h and sandbox.h, and for std::vector<dtr::Alert>. A member's trailing
// underscore is not part of its JSON name. Numbers that are not finite become null.
template <typename T>
[[nodiscard]] std::string toJson(const T& value);

// Reads a wire type. Unknown fields are ignored; a missing or mistyped one gives ErrorCode::invalid with its
// path, such as "members[2].url: expected a string". An optional may be missing or null. A name that an enum
// does not have is read as its `unknown` where it has one (a newer replica may say more), else refused. Whole
// numbers have no fraction and no exponent; the others keep 15 digits. Input over 16 MiB or nested more than
// 32 deep is refused.
template <typename T>
[[nodiscard]] Result<T> fromJson(std::string_view text);

} // namespace pilothouse::api
