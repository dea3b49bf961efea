// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/path.h"

#include <array>
#include <optional>
#include <utility>

namespace pilothouse::registry {
namespace {

// Cuts the last segment off; without a slash all of it.
std::string_view cutLast(std::string_view& rest) {
    const auto slash = rest.rfind('/');
    const std::string_view last = slash == std::string_view::npos ? rest : rest.substr(slash + 1);
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(0, slash);
    return last;
}

Path of(Resource resource, std::string_view name, std::string_view last) {
    return {resource, std::string(name), std::string(last)};
}

// "<name>/blobs/uploads", "<name>/blobs/uploads/" and "<name>/blobs/uploads/<id>".
std::optional<Path> uploadIn(std::string_view rest) {
    constexpr std::string_view start = "/blobs/uploads";
    if (rest.ends_with(start)) {
        return of(Resource::uploads, rest.substr(0, rest.size() - start.size()), {});
    }
    const std::string_view id = cutLast(rest);
    if (!rest.ends_with(start)) {
        return std::nullopt;
    }
    const std::string_view name = rest.substr(0, rest.size() - start.size());
    return of(id.empty() ? Resource::uploads : Resource::upload, name, id);
}

} // namespace

Path parsePath(std::string_view rest) {
    if (rest.empty()) {
        return of(Resource::base, {}, {});
    }
    if (rest == "_catalog") {
        return of(Resource::catalog, {}, {});
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
        return of(Resource::tags, name, {});
    }
    constexpr std::array<std::pair<std::string_view, Resource>, 3> kinds{
        {{"manifests", Resource::manifest}, {"blobs", Resource::blob}, {"referrers", Resource::referrers}}};
    for (const auto& [word, resource] : kinds) {
        if (kind == word) {
            return of(resource, name, last);
        }
    }
    return {};
}

} // namespace pilothouse::registry
