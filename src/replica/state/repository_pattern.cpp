// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/repository_pattern.h"

#include <algorithm>
#include <string>

namespace pilothouse::state {

namespace {

constexpr std::size_t longestName = 255;
constexpr std::size_t mostPatterns = 100;
constexpr std::string_view all = "*";
constexpr std::string_view below = "/*";

bool isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// A part of a name between slashes. Which separators may follow each other does not matter here: what is no
// repository's name matches none.
bool isComponent(std::string_view text) {
    return !text.empty() && isLetterOrDigit(text.front()) && isLetterOrDigit(text.back()) &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return isLetterOrDigit(c) || c == '.' || c == '_' || c == '-'; });
}

bool isName(std::string_view text) {
    if (text.size() > longestName) {
        return false;
    }
    for (;;) {
        const auto end = text.find('/');
        if (!isComponent(text.substr(0, end))) {
            return false;
        }
        if (end == std::string_view::npos) {
            return true;
        }
        text.remove_prefix(end + 1);
    }
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

} // namespace

Status checkRepositoryPattern(std::string_view pattern) {
    const auto name = pattern.ends_with(below) ? pattern.substr(0, pattern.size() - below.size()) : pattern;
    if (pattern == all || isName(name)) {
        return {};
    }
    return fail(ErrorCode::invalid, "this names no repositories",
                "Give a repository's name, team/* for all below team/, or * for all");
}

bool matchesRepository(std::string_view pattern, std::string_view repository) {
    if (pattern == all) {
        return true;
    }
    if (pattern.ends_with(below)) {
        // With the slash: team/* is not about teams/app, nor about a repository team.
        return repository.starts_with(pattern.substr(0, pattern.size() - 1));
    }
    return pattern == repository;
}

std::vector<std::string_view> splitPatterns(std::string_view list) {
    std::vector<std::string_view> patterns;
    while (!list.empty()) {
        const auto end = list.find(',');
        if (const auto pattern = trimmed(list.substr(0, end)); !pattern.empty()) {
            patterns.push_back(pattern);
        }
        list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    }
    return patterns;
}

Status checkRepositoryPatterns(std::string_view list) {
    const auto patterns = splitPatterns(list);
    if (patterns.size() > mostPatterns) {
        return fail(ErrorCode::invalid, "these are more than 100 patterns of repositories");
    }
    for (const auto pattern : patterns) {
        if (Status fine = checkRepositoryPattern(pattern); !fine) {
            return fine;
        }
    }
    return {};
}

} // namespace pilothouse::state
