// SPDX-License-Identifier: GPL-3.0-or-later
// Between described structs and Boost.JSON values. For records.cpp alone.
#pragma once

#include "base/result.h"

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/members.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace pilothouse::state::detail {

template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <typename T>
struct IsVector : std::false_type {};
template <typename T>
struct IsVector<std::vector<T>> : std::true_type {};

template <typename T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

template <typename T>
boost::json::value toValue(const T& value);

template <typename T>
boost::json::object toObject(const T& value) {
    boost::json::object object;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        const auto& field = value.*member.pointer;
        if constexpr (IsOptional<std::decay_t<decltype(field)>>::value) {
            if (field) {
                object.emplace(member.name, toValue(*field));
            }
        } else {
            object.emplace(member.name, toValue(field));
        }
    });
    return object;
}

template <typename T>
boost::json::value toValue(const T& value) {
    if constexpr (std::is_enum_v<T>) {
        return boost::json::value(boost::describe::enum_to_string(value, ""));
    } else if constexpr (IsVector<T>::value) {
        boost::json::array array;
        for (const auto& element : value) {
            array.push_back(toValue(element));
        }
        return array;
    } else if constexpr (std::is_same_v<T, std::string>) {
        return boost::json::value(boost::json::string_view(value));
    } else if constexpr (std::is_arithmetic_v<T>) {
        return boost::json::value(value);
    } else {
        return toObject(value);
    }
}

inline tl::unexpected<Error> mismatch(const std::string& path, const char* expected) {
    return fail(ErrorCode::corrupt, path + ": expected " + expected);
}

// Fills `out` from `value`, which lies at `path`.
template <typename T>
Status fromValue(const boost::json::value& value, const std::string& path, T& out);

template <typename T>
Status fromObject(const boost::json::object& object, const std::string& path, T& out) {
    Status status;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        if (!status) {
            return;
        }
        using Field = std::decay_t<decltype(out.*member.pointer)>;
        const std::string where = path.empty() ? member.name : path + "." + member.name;
        const boost::json::value* found = object.if_contains(member.name);
        if constexpr (IsOptional<Field>::value) {
            if (found != nullptr && !found->is_null()) {
                status = fromValue(*found, where, (out.*member.pointer).emplace());
            }
        } else if (found == nullptr) {
            status = fail(ErrorCode::corrupt, where + ": missing");
        } else {
            status = fromValue(*found, where, out.*member.pointer);
        }
    });
    return status;
}

template <typename T>
Status fromArray(const boost::json::array& array, const std::string& path, std::vector<T>& out) {
    for (std::size_t i = 0; i < array.size(); ++i) {
        if (Status status = fromValue(array[i], path + "[" + std::to_string(i) + "]", out.emplace_back());
            !status) {
            return status;
        }
    }
    return {};
}

template <typename T>
Status fromValue(const boost::json::value& value, const std::string& path, T& out) {
    if constexpr (std::is_enum_v<T>) {
        if (!value.is_string() || !boost::describe::enum_from_string(value.get_string().c_str(), out)) {
            return mismatch(path, "a known word");
        }
    } else if constexpr (IsVector<T>::value) {
        return value.is_array() ? fromArray(value.get_array(), path, out) : mismatch(path, "a list");
    } else if constexpr (std::is_same_v<T, std::string>) {
        if (!value.is_string()) {
            return mismatch(path, "a string");
        }
        out.assign(value.get_string().data(), value.get_string().size());
    } else if constexpr (std::is_same_v<T, bool>) {
        if (!value.is_bool()) {
            return mismatch(path, "true or false");
        }
        out = value.get_bool();
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        if (!value.is_int64()) {
            return mismatch(path, "a whole number");
        }
        out = value.get_int64();
    } else {
        return value.is_object() ? fromObject(value.get_object(), path, out) : mismatch(path, "an object");
    }
    return {};
}

} // namespace pilothouse::state::detail
