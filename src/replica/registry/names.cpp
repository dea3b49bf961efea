// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/names.h"

#include <algorithm>

namespace pilothouse::registry {

namespace {

constexpr std::size_t longestName = 255;
constexpr std::size_t longestTag = 128;

bool isLowerAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool isWord(char c) {
    return isLowerAlphanumeric(c) || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isSeparator(std::string_view text) {
    return text == "." || text == "_" || text == "__" ||
           std::all_of(text.begin(), text.end(), [](char c) { return c == '-'; });
}

// [a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*
bool isComponent(std::string_view text) {
    if (text.empty() || !isLowerAlphanumeric(text.front()) || !isLowerAlphanumeric(text.back())) {
        return false;
    }
    std::size_t at = 0;
    while (at < text.size()) {
        const auto word =
            std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), isLowerAlphanumeric);
        const auto next = std::find_if(word, text.end(), isLowerAlphanumeric);
        const auto from = static_cast<std::size_t>(word - text.begin());
        const auto to = static_cast<std::size_t>(next - text.begin());
        if (from != to && !isSeparator(text.substr(from, to - from))) {
            return false;
        }
        at = to;
    }
    return true;
}

} // namespace

bool isRepositoryName(std::string_view text) {
    if (text.size() > longestName) {
        return false;
    }
    while (true) {
        const auto slash = text.find('/');
        if (!isComponent(text.substr(0, slash))) {
            return false;
        }
        if (slash == std::string_view::npos) {
            return true;
        }
        text.remove_prefix(slash + 1);
    }
}

bool isTag(std::string_view text) {
    return !text.empty() && text.size() <= longestTag && isWord(text.front()) &&
           std::all_of(text.begin(), text.end(), [](char c) { return isWord(c) || c == '.' || c == '-'; });
}

Result<Reference> parseReference(std::string_view text) {
    if (text.find(':') != std::string_view::npos) {
        auto digest = blobs::Digest::parse(text);
        return digest ? Result<Reference>(*std::move(digest)) : fail(digest.error());
    }
    if (!isTag(text)) {
        return fail(ErrorCode::invalid,
                    "a tag has up to 128 letters, digits, \"_\", \".\" and \"-\", and begins "
                    "with none of the last two");
    }
    return Tag{std::string(text)};
}

} // namespace pilothouse::registry
