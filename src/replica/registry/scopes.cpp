// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/scopes.h"

#include "replica/registry/names.h"

#include <algorithm>
#include <optional>

namespace pilothouse::registry {

namespace {

constexpr std::size_t mostScopes = 100; // a token has to fit into a header

// What lies between the `separator`s; nothing of nothing.
std::vector<std::string_view> pieces(std::string_view text, char separator) {
    std::vector<std::string_view> found;
    while (!text.empty()) {
        const auto end = text.find(separator);
        if (end != 0) {
            found.push_back(text.substr(0, end));
        }
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return found;
}

bool isLowerWord(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::optional<Scope> parseScope(std::string_view text) {
    const auto first = text.find(':');
    const auto last = text.rfind(':');
    if (first == std::string_view::npos || first == last) {
        return std::nullopt;
    }
    auto type = text.substr(0, first);
    if (const auto klass = type.find('('); klass != std::string_view::npos && type.ends_with(')')) {
        type = type.substr(0, klass);
    }
    const auto name = text.substr(first + 1, last - first - 1);
    const bool named = type == "repository" ? isRepositoryName(name) : isLowerWord(name);
    if (!isLowerWord(type) || !named) {
        return std::nullopt;
    }
    Scope scope{std::string(type), std::string(name), {}};
    for (const auto action : pieces(text.substr(last + 1), ',')) {
        if (action == "*" || isLowerWord(action)) {
            scope.actions.emplace(action);
        }
    }
    return scope;
}

} // namespace

std::vector<Scope> parseScopes(const std::vector<std::string_view>& parameters) {
    std::vector<Scope> scopes;
    for (const auto parameter : parameters) {
        for (const auto text : pieces(parameter, ' ')) {
            auto scope = parseScope(text);
            if (!scope) {
                continue;
            }
            const auto same = std::find_if(scopes.begin(), scopes.end(), [&](const Scope& other) {
                return other.type == scope->type && other.name == scope->name;
            });
            if (same != scopes.end()) {
                same->actions.merge(scope->actions);
            } else if (scopes.size() < mostScopes) {
                scopes.push_back(*std::move(scope));
            }
        }
    }
    return scopes;
}

std::string toText(const Scope& scope) {
    std::string text = scope.type + ':' + scope.name + ':';
    for (const auto& action : scope.actions) {
        text += (text.back() == ':' ? "" : ",") + action;
    }
    return text;
}

} // namespace pilothouse::registry
