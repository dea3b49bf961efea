// SPDX-License-Identifier: GPL-3.0-or-later
// How described types become JSON and back. For .cpp files only, which instantiate it once for each type with
// PILOTHOUSE_JSON: those here, and those of libraries that keep records of their own (they link Boost::json).
#pragma once

#include "api/json.h"
#include "base/escape.h"

#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace pilothouse::api::codec {

// Where in the document a value is; lives on the stack, spelled out only for an error.
struct Path {
    const Path* parent = nullptr;
    std::string_view name; // of a member; without data() for an element
    std::size_t index = 0;
};

// "members[2].url: " + what, or for the document itself "the document: " + what.
[[nodiscard]] Error errorAt(const Path& path, std::string_view what);
// Parses within the limits of json.h.
[[nodiscard]] Result<boost::json::value> parse(std::string_view text);

void write(std::string& out, const std::string& value);
void write(std::string& out, bool value);
void write(std::string& out, std::int64_t value);
void write(std::string& out, double value);
[[nodiscard]] Status read(const boost::json::value& json, const Path& path, std::string& value);
[[nodiscard]] Status read(const boost::json::value& json, const Path& path, bool& value);
[[nodiscard]] Status read(const boost::json::value& json, const Path& path, std::int64_t& value);
[[nodiscard]] Status read(const boost::json::value& json, const Path& path, double& value);

// "class_" is a member of a struct, "class" its name in JSON.
constexpr std::string_view jsonName(std::string_view name) {
    return name.ends_with('_') ? name.substr(0, name.size() - 1) : name;
}

template <typename T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
template <typename T>
using Enumerators = boost::describe::describe_enumerators<T>;

template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};

// Declared ahead, so that they find each other whatever the nesting.
template <typename T>
requires std::is_enum_v<T>
void write(std::string& out, T value);
template <typename T>
requires std::is_class_v<T>
void write(std::string& out, const T& value);
template <typename T>
void write(std::string& out, const std::vector<T>& values);
template <typename T>
void write(std::string& out, const std::map<std::string, T>& values);
template <typename T>
requires std::is_enum_v<T>
[[nodiscard]] Status read(const boost::json::value& json, const Path& path, T& value);
template <typename T>
requires std::is_class_v<T>
[[nodiscard]] Status read(const boost::json::value& json, const Path& path, T& value);
template <typename T>
[[nodiscard]] Status read(const boost::json::value& json, const Path& path, std::vector<T>& values);
template <typename T>
[[nodiscard]] Status read(const boost::json::value& json, const Path& path, std::map<std::string, T>& values);

// --- writing

template <typename T>
requires std::is_enum_v<T>
void write(std::string& out, T value) {
    std::string_view name = "unknown";
    boost::mp11::mp_for_each<Enumerators<T>>([&](auto each) {
        if (each.value == value) {
            name = jsonName(each.name);
        }
    });
    appendQuoted(out, name);
}

inline void writeName(std::string& out, std::string_view name, bool& first) {
    out += first ? "" : ",";
    first = false;
    appendQuoted(out, name);
    out += ':';
}

template <typename T>
requires std::is_class_v<T>
void write(std::string& out, const T& value) {
    out += '{';
    bool first = true;
    boost::mp11::mp_for_each<Members<T>>([&](auto each) {
        const auto& member = value.*each.pointer;
        if constexpr (IsOptional<std::remove_cvref_t<decltype(member)>>::value) {
            if (member) {
                writeName(out, jsonName(each.name), first);
                write(out, *member);
            }
        } else {
            writeName(out, jsonName(each.name), first);
            write(out, member);
        }
    });
    out += '}';
}

template <typename T>
void write(std::string& out, const std::vector<T>& values) {
    out += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
        out += i == 0 ? "" : ",";
        write(out, values[i]);
    }
    out += ']';
}

template <typename T>
void write(std::string& out, const std::map<std::string, T>& values) {
    out += '{';
    bool first = true;
    for (const auto& [name, value] : values) {
        writeName(out, name, first);
        write(out, value);
    }
    out += '}';
}

// --- reading

template <typename T>
requires std::is_enum_v<T> Status read(const boost::json::value& json, const Path& path, T& value) {
    std::string name;
    if (Status status = read(json, path, name); !status) {
        return status;
    }
    bool found = false;
    std::string known;
    boost::mp11::mp_for_each<Enumerators<T>>([&](auto each) {
        const std::string_view candidate = jsonName(each.name);
        // `unknown` also takes what a newer program says.
        if (candidate == name || (!found && candidate == "unknown")) {
            value = each.value;
            found = true;
        }
        known += known.empty() ? "" : ", ";
        known += candidate;
    });
    return found ? Status() : fail(errorAt(path, "expected one of " + known));
}

template <typename T>
Status readMember(const boost::json::object& object, const Path& path, T& value) {
    const boost::json::value* const json = object.if_contains(path.name);
    if constexpr (IsOptional<T>::value) {
        if (json == nullptr || json->is_null()) {
            value.reset();
            return {};
        }
        return read(*json, path, value.emplace());
    } else {
        return json == nullptr ? fail(errorAt(path, "missing")) : read(*json, path, value);
    }
}

template <typename T>
requires std::is_class_v<T> Status read(const boost::json::value& json, const Path& path, T& value) {
    const boost::json::object* const object = json.if_object();
    if (object == nullptr) {
        return fail(errorAt(path, "expected an object"));
    }
    Status status;
    boost::mp11::mp_for_each<Members<T>>([&](auto each) {
        if (status) {
            status = readMember(*object, Path{&path, jsonName(each.name)}, value.*each.pointer);
        }
    });
    return status;
}

template <typename T>
Status read(const boost::json::value& json, const Path& path, std::vector<T>& values) {
    const boost::json::array* const array = json.if_array();
    if (array == nullptr) {
        return fail(errorAt(path, "expected an array"));
    }
    values.clear();
    for (std::size_t i = 0; i < array->size(); ++i) {
        if (Status status = read((*array)[i], Path{&path, {}, i}, values.emplace_back()); !status) {
            return status;
        }
    }
    return {};
}

template <typename T>
Status read(const boost::json::value& json, const Path& path, std::map<std::string, T>& values) {
    const boost::json::object* const object = json.if_object();
    if (object == nullptr) {
        return fail(errorAt(path, "expected an object"));
    }
    values.clear();
    for (const auto& [name, each] : *object) {
        if (Status status = read(each, Path{&path, name}, values[std::string(name)]); !status) {
            return status;
        }
    }
    return {};
}

} // namespace pilothouse::api::codec

namespace pilothouse::api {

template <typename T>
std::string toJson(const T& value) {
    std::string out;
    codec::write(out, value);
    return out;
}

template <typename T>
Result<T> fromJson(std::string_view text) {
    const auto json = codec::parse(text);
    if (!json) {
        return fail(json.error());
    }
    T value;
    if (Status status = codec::read(*json, codec::Path{}, value); !status) {
        return fail(std::move(status.error()));
    }
    return value;
}

} // namespace pilothouse::api

// Defines the JSON of one type. Stands in namespace pilothouse or pilothouse::api.
#define PILOTHOUSE_JSON(type)                                                                                \
    template std::string pilothouse::api::toJson<type>(const type& value);                                   \
    template pilothouse::Result<type> pilothouse::api::fromJson<type>(std::string_view text);
