// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/byte_range.h"

#include <algorithm>
#include <charconv>

namespace pilothouse::registry {

namespace {

constexpr std::string_view unit = "bytes";

// Digits and nothing else. Numbers too large for 64 bits are taken for the largest: no blob is that long.
std::optional<std::uint64_t> parseNumber(std::string_view text) {
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.empty() || !std::all_of(text.begin(), text.end(), isDigit)) {
        return std::nullopt;
    }
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc::result_out_of_range ? UINT64_MAX : number;
}

std::string_view trimmed(std::string_view text) {
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && isBlank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isBlank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

bool startsWithUnit(std::string_view text) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return text.size() >= unit.size() &&
           std::equal(unit.begin(), unit.end(), text.begin(), [&](char a, char b) { return a == lower(b); });
}

// The last `count` bytes.
RangeAnswer suffixOf(std::uint64_t count, std::uint64_t size) {
    if (count == 0 || size == 0) {
        return Unsatisfiable{};
    }
    return ByteRange{size - std::min(count, size), size - 1};
}

} // namespace

RangeAnswer answerRange(std::string_view field, std::uint64_t size) {
    field = trimmed(field);
    if (!startsWithUnit(field)) {
        return WholeBlob{};
    }
    field.remove_prefix(unit.size());
    if (field.empty() || field.front() != '=') {
        return WholeBlob{};
    }
    const auto range = trimmed(field.substr(1));
    const auto dash = range.find('-');
    if (dash == std::string_view::npos) {
        return WholeBlob{};
    }
    const auto firstText = range.substr(0, dash);
    const auto lastText = range.substr(dash + 1);
    const auto first = parseNumber(firstText);
    const auto last = parseNumber(lastText);
    if (firstText.empty() && last) {
        return suffixOf(*last, size);
    }
    if (!first || (!last && !lastText.empty()) || (last && *last < *first)) {
        return WholeBlob{};
    }
    if (*first >= size) {
        return Unsatisfiable{};
    }
    return ByteRange{*first, std::min(last.value_or(UINT64_MAX), size - 1)};
}

std::string contentRange(const ByteRange& range, std::uint64_t size) {
    return "bytes " + std::to_string(range.first) + '-' + std::to_string(range.last) + '/' +
           std::to_string(size);
}

std::string unsatisfiedContentRange(std::uint64_t size) {
    return "bytes */" + std::to_string(size);
}

std::optional<ByteRange> parseChunkRange(std::string_view field) {
    field = trimmed(field);
    if (startsWithUnit(field)) {
        field.remove_prefix(unit.size());
        const auto slash = field.find('/');
        const auto total = slash == std::string_view::npos ? std::string_view() : field.substr(slash + 1);
        if (field.empty() || field.front() != ' ' || (total != "*" && !parseNumber(total))) {
            return std::nullopt;
        }
        field = trimmed(field.substr(0, slash));
    }
    const auto dash = field.find('-');
    if (dash == std::string_view::npos) {
        return std::nullopt;
    }
    const auto first = parseNumber(field.substr(0, dash));
    const auto last = parseNumber(field.substr(dash + 1));
    if (!first || !last || *last < *first || *last == UINT64_MAX) {
        return std::nullopt;
    }
    return ByteRange{*first, *last};
}

std::string uploadRange(std::uint64_t size) {
    return "0-" + std::to_string(size == 0 ? 0 : size - 1);
}

} // namespace pilothouse::registry
