// SPDX-License-Identifier: GPL-3.0-or-later
// What a registry token allows (distribution's token specification, "Requesting a Token").
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::registry {

// "repository:team/app:pull,push"
struct Scope {
    std::string type;                           // "repository", "registry"
    std::string name;                           // "team/app", "catalog"
    std::set<std::string, std::less<>> actions; // "pull", "push", "delete", "*"
    friend bool operator==(const Scope&, const Scope&) = default;
};

// Reads the scopes of a request, each parameter being one or several, divided by blanks. Those of one type
// and name are made one. What is malformed is left out: a token without it is what its sender may have. A
// type may carry a class in parentheses ("repository(plugin)"), which says nothing here.
[[nodiscard]] std::vector<Scope> parseScopes(const std::vector<std::string_view>& parameters);

// As a challenge or a token names it: "repository:team/app:pull,push".
[[nodiscard]] std::string toText(const Scope& scope);

} // namespace pilothouse::registry
