// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the gateway's JSON: absent fields are zero, numbers may be strings, bytes are base64.
#pragma once

#include "base/result.h"

#include <boost/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace pilothouse::engine::gateway {

// Parses one JSON object; ErrorCode::corrupt otherwise.
[[nodiscard]] Result<boost::json::object> parseObject(std::string_view json);

// Of `object`: 0, "", false or an empty object or array when absent. What is there but mistyped counts as
// absent: the caller's own checks decide whether that matters.
[[nodiscard]] std::int64_t number(const boost::json::object& object, std::string_view name);
[[nodiscard]] std::uint64_t unsignedNumber(const boost::json::object& object, std::string_view name);
[[nodiscard]] std::string text(const boost::json::object& object, std::string_view name);
[[nodiscard]] bool flag(const boost::json::object& object, std::string_view name);
[[nodiscard]] std::string bytes(const boost::json::object& object, std::string_view name);
[[nodiscard]] const boost::json::object& object(const boost::json::object& parent, std::string_view name);
[[nodiscard]] const boost::json::array& array(const boost::json::object& parent, std::string_view name);

} // namespace pilothouse::engine::gateway
