// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"

#include <array>
#include <cstdint>
#include <optional>

namespace pilothouse {

namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";
constexpr std::string_view standardAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view urlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// The value of each character of `alphabet` by its code, -1 for the others.
constexpr std::array<std::int8_t, 256> valuesOf(std::string_view alphabet) {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    }
    return values;
}

constexpr std::array<std::int8_t, 256> hexValues() {
    auto values = valuesOf(hexDigits);
    for (int i = 0; i < 6; ++i) {
        values[static_cast<std::size_t>('A' + i)] = static_cast<std::int8_t>(10 + i);
    }
    return values;
}

std::uint32_t byteAt(std::string_view bytes, std::size_t index) {
    return index < bytes.size() ? static_cast<unsigned char>(bytes[index]) : 0U;
}

// Without padding: n bytes become ceil(n * 4 / 3) characters.
std::string encode64(std::string_view bytes, std::string_view alphabet) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::uint32_t group =
            byteAt(bytes, i) << 16U | byteAt(bytes, i + 1) << 8U | byteAt(bytes, i + 2);
        const std::size_t characters = bytes.size() - i >= 3 ? 4 : bytes.size() - i + 1;
        for (std::size_t k = 0; k < characters; ++k) {
            text += alphabet[group >> (18U - 6U * k) & 63U];
        }
    }
    return text;
}

// Reads unpadded text. Refuses foreign characters, impossible lengths and stray bits in the last character,
// so that every sequence of bytes has exactly one spelling.
std::optional<std::string> decode64(std::string_view text, const std::array<std::int8_t, 256>& values) {
    if (text.size() % 4 == 1) {
        return std::nullopt;
    }
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    unsigned held = 0; // how many low bits of `bits` are waiting
    for (const char c : text) {
        const auto value = values[static_cast<unsigned char>(c)];
        if (value < 0) {
            return std::nullopt;
        }
        bits = bits << 6U | static_cast<std::uint32_t>(value);
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>(bits >> held & 0xFFU);
            bits &= (1U << held) - 1U;
        }
    }
    return bits == 0 ? std::optional(std::move(bytes)) : std::nullopt;
}

} // namespace

std::string toHex(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += hexDigits[byte >> 4U];
        text += hexDigits[byte & 15U];
    }
    return text;
}

Result<std::string> fromHex(std::string_view text) {
    static constexpr auto values = hexValues();
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        const int high = values[static_cast<unsigned char>(text[i])];
        const int low = values[static_cast<unsigned char>(text[i + 1])];
        if (high < 0 || low < 0) {
            return fail(ErrorCode::invalid, "the text holds a character that is no hexadecimal digit");
        }
        bytes += static_cast<char>(high * 16 + low);
    }
    if (text.size() % 2 != 0) {
        return fail(ErrorCode::invalid, "the hexadecimal text has an odd number of digits");
    }
    return bytes;
}

std::string toBase64(std::string_view bytes) {
    std::string text = encode64(bytes, standardAlphabet);
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

Result<std::string> fromBase64(std::string_view text) {
    static constexpr auto values = valuesOf(standardAlphabet);
    if (text.size() % 4 != 0) {
        return fail(ErrorCode::invalid, "the length of the base64 text is no multiple of four");
    }
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) {
        text.remove_suffix(1);
    }
    auto bytes = decode64(text, values);
    if (!bytes) {
        return fail(ErrorCode::invalid, "the text is not base64 (RFC 4648, section 4)");
    }
    return std::move(*bytes);
}

std::string toBase64Url(std::string_view bytes) {
    return encode64(bytes, urlAlphabet);
}

Result<std::string> fromBase64Url(std::string_view text) {
    static constexpr auto values = valuesOf(urlAlphabet);
    auto bytes = decode64(text, values);
    if (!bytes) {
        return fail(ErrorCode::invalid, "the text is not unpadded base64url (RFC 4648, section 5)");
    }
    return std::move(*bytes);
}

} // namespace pilothouse
