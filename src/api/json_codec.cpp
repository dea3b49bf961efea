// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json_codec.h"

#include <boost/json/parse.hpp>

#include <array>
#include <charconv>
#include <cmath>

namespace pilothouse::api::codec {

namespace {

constexpr std::size_t largestInput = std::size_t{16} * 1024 * 1024;
constexpr std::size_t deepest = 32;
constexpr std::size_t longestName = 64; // of a member in an error; names of maps come from outside

void appendPath(std::string& out, const Path& path) {
    if (path.parent == nullptr) {
        return;
    }
    appendPath(out, *path.parent);
    if (path.name.data() == nullptr) {
        out += '[' + std::to_string(path.index) + ']';
        return;
    }
    out += out.empty() ? "" : ".";
    appendEscaped(out, path.name.substr(0, longestName));
}

} // namespace

Error errorAt(const Path& path, std::string_view what) {
    std::string message;
    appendPath(message, path);
    if (path.parent == nullptr) {
        message = "the document";
    }
    message += ": ";
    message += what;
    return {ErrorCode::invalid, std::move(message), {}};
}

Result<boost::json::value> parse(std::string_view text) {
    if (text.size() > largestInput) {
        return fail(errorAt({}, "larger than 16 MiB"));
    }
    boost::json::parse_options options;
    options.max_depth = deepest;
    boost::system::error_code error;
    boost::json::value json = boost::json::parse(text, error, {}, options);
    if (error == boost::json::error::too_deep) {
        return fail(errorAt({}, "nested more than 32 deep"));
    }
    if (error) {
        return fail(errorAt({}, "not JSON: " + error.message()));
    }
    return json;
}

void write(std::string& out, const std::string& value) {
    appendQuoted(out, value);
}

void write(std::string& out, bool value) {
    out += value ? "true" : "false";
}

void write(std::string& out, std::int64_t value) {
    out += std::to_string(value);
}

void write(std::string& out, double value) {
    if (!std::isfinite(value)) {
        out += "null"; // JSON has no word for it; whoever needs the number is told so by its path
        return;
    }
    std::array<char, 32> buffer{}; // the shortest form that reads back the same needs 24
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    out.append(buffer.data(), end);
}

Status read(const boost::json::value& json, const Path& path, std::string& value) {
    const boost::json::string* const string = json.if_string();
    if (string == nullptr) {
        return fail(errorAt(path, "expected a string"));
    }
    value.assign(string->data(), string->size());
    return {};
}

Status read(const boost::json::value& json, const Path& path, bool& value) {
    const bool* const boolean = json.if_bool();
    if (boolean == nullptr) {
        return fail(errorAt(path, "expected true or false"));
    }
    value = *boolean;
    return {};
}

Status read(const boost::json::value& json, const Path& path, std::int64_t& value) {
    if (json.is_uint64()) {
        return fail(errorAt(path, "expected a whole number below 2^63"));
    }
    const std::int64_t* const number = json.if_int64();
    if (number == nullptr) {
        return fail(errorAt(path, "expected a whole number"));
    }
    value = *number;
    return {};
}

Status read(const boost::json::value& json, const Path& path, double& value) {
    if (!json.is_number()) {
        return fail(errorAt(path, "expected a number"));
    }
    const double number = json.is_double()  ? json.get_double()
                          : json.is_int64() ? static_cast<double>(json.get_int64())
                                            : static_cast<double>(json.get_uint64());
    if (!std::isfinite(number)) {
        return fail(errorAt(path, "expected a finite number"));
    }
    value = number;
    return {};
}

} // namespace pilothouse::api::codec
