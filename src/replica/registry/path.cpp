// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/path.h"

#include <array>
#include <optional>
#include <utility>

namespace pilothouse::registry {
namespace {

// As Path has it, within the text that was read.
struct Parts {
    Resource resource = Resource::none;
    std::string_view name = {};
    std::string_view last = {};
};

// Cuts the last segment off; without a slash all of it.
std::string_view cutLast(std::string_view& rest) {
    const auto slash = rest.rfind('/');
    const std::string_view last = slash == std::string_view::npos ? rest : rest.substr(slash + 1);
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(0, slash);
    return last;
}

// "<name>/blobs/uploads", "<name>/blobs/uploads/" and "<name>/blobs/uploads/<id>".
std::optional<Parts> uploadIn(std::string_view rest) {
    constexpr std::string_view start = "/blobs/uploads";
    if (rest.ends_with(start)) {
        return Parts{Resource::uploads, rest.substr(0, rest.size() - start.size())};
    }
    const std::string_view id = cutLast(rest);
    if (!rest.ends_with(start)) {
        return std::nullopt;
    }
    const std::string_view name = rest.substr(0, rest.size() - start.size());
    return Parts{id.empty() ? Resource::uploads : Resource::upload, name, id};
}

Parts split(std::string_view rest) {
    if (rest.empty()) {
        return {Resource::base};
    }
    if (rest == "_catalog") {
        return {Resource::catalog};
    }
    if (const auto upload = uploadIn(rest)) {
        return *upload;
    }
    std::string_view name = rest;
    const std::string_view last = cutLast(name);
    const std::string_view kind = cutLast(name);
    if (name.empty() || last.empty()) {
        return {};
    }
    if (kind == "tags" && last == "list") {
        return {Resource::tags, name};
    }
    constexpr std::array<std::pair<std::string_view, Resource>, 3> kinds{
        {{"manifests", Resource::manifest}, {"blobs", Resource::blob}, {"referrers", Resource::referrers}}};
    for (const auto& [word, resource] : kinds) {
        if (kind == word) {
            return {resource, name, last};
        }
    }
    return {};
}

} // namespace

Path parsePath(std::string_view rest) {
    const Parts parts = split(rest);
    return {parts.resource, std::string(parts.name), std::string(parts.last)};
}

Resource resourceOf(std::string_view rest) {
    return split(rest).resource;
}

} // namespace pilothouse::registry
