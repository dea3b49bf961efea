// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/gateway_value.h"

#include "base/encoding.h"

#include <charconv>

namespace pilothouse::engine::gateway {
namespace {

template <typename Number>
Number readNumber(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr) {
        return 0;
    }
    if (const auto* string = value->if_string()) {
        Number number = 0;
        const auto* end = string->data() + string->size();
        const auto [stop, failure] = std::from_chars(string->data(), end, number);
        return failure == std::errc() && stop == end ? number : 0;
    }
    boost::json::error_code failure;
    const auto number = value->to_number<Number>(failure);
    return failure ? 0 : number;
}

} // namespace

Result<boost::json::object> parseObject(std::string_view json) {
    boost::json::error_code failure;
    auto value = boost::json::parse(boost::json::string_view(json.data(), json.size()), failure);
    if (failure || !value.is_object()) {
        return fail(ErrorCode::corrupt, "the engine's answer is not a JSON object");
    }
    return std::move(value.as_object());
}

std::int64_t number(const boost::json::object& object, std::string_view name) {
    return readNumber<std::int64_t>(object, name);
}

std::uint64_t unsignedNumber(const boost::json::object& object, std::string_view name) {
    return readNumber<std::uint64_t>(object, name);
}

std::string text(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* string = value != nullptr ? value->if_string() : nullptr;
    return string != nullptr ? std::string(string->data(), string->size()) : std::string();
}

bool flag(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* boolean = value != nullptr ? value->if_bool() : nullptr;
    return boolean != nullptr && *boolean;
}

std::string bytes(const boost::json::object& object, std::string_view name) {
    return fromBase64(text(object, name)).value_or(std::string());
}

const boost::json::object& object(const boost::json::object& parent, std::string_view name) {
    static const boost::json::object none;
    const auto* value = parent.if_contains(name);
    const auto* found = value != nullptr ? value->if_object() : nullptr;
    return found != nullptr ? *found : none;
}

const boost::json::array& array(const boost::json::object& parent, std::string_view name) {
    static const boost::json::array none;
    const auto* value = parent.if_contains(name);
    const auto* found = value != nullptr ? value->if_array() : nullptr;
    return found != nullptr ? *found : none;
}

} // namespace pilothouse::engine::gateway
