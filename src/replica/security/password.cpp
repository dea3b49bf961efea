// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/password.h"

#include "base/encoding.h"
#include "replica/security/constant_time.h"
#include "replica/security/openssl.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace pilothouse::security {

namespace {

constexpr std::size_t saltBytes = 16;
constexpr std::size_t hashBytes = 32;
constexpr std::size_t minCharacters = 8;
constexpr std::size_t maxPasswordBytes = 1024;
// Above what any verifier of ours needs; a forged record must not make a replica run out of memory.
constexpr std::uint64_t maxMemory = 64ULL << 20;
constexpr std::string_view prefix = "$scrypt$";

struct Verifier {
    ScryptCost cost;
    std::string salt;
    std::string hash;
};

std::string unpadded(std::string text) {
    text.erase(text.find_last_not_of('=') + 1);
    return text;
}

Result<std::string> fromUnpadded(std::string_view text) {
    std::string padded(text);
    padded.append((4 - padded.size() % 4) % 4, '=');
    return fromBase64(padded);
}

// Takes "<name><number>" off the front of `text`, and the character after it.
std::optional<std::uint32_t> takeNumber(std::string_view& text, std::string_view name, char after) {
    std::uint32_t number = 0;
    if (!text.starts_with(name)) {
        return std::nullopt;
    }
    const char* const end = text.data() + text.size();
    const auto [next, error] = std::from_chars(text.data() + name.size(), end, number);
    if (error != std::errc() || next == end || *next != after) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(next - text.data()) + 1);
    return number;
}

Result<Verifier> parseVerifier(std::string_view text) {
    const auto damaged = [] {
        return fail(ErrorCode::corrupt, "the stored verifier of the password cannot be read");
    };
    if (!text.starts_with(prefix)) {
        return damaged();
    }
    text.remove_prefix(prefix.size());
    const auto logN = takeNumber(text, "ln=", ',');
    const auto r = logN ? takeNumber(text, "r=", ',') : std::nullopt;
    const auto p = r ? takeNumber(text, "p=", '$') : std::nullopt;
    const std::size_t border = text.find('$');
    if (!p || border == std::string_view::npos) {
        return damaged();
    }
    Result<std::string> salt = fromUnpadded(text.substr(0, border));
    Result<std::string> hash = fromUnpadded(text.substr(border + 1));
    if (!salt || !hash || salt->size() < saltBytes || hash->size() != hashBytes) {
        return damaged();
    }
    return Verifier{{*logN, *r, *p}, std::move(*salt), std::move(*hash)};
}

std::string formatVerifier(const Verifier& verifier) {
    return std::string(prefix) + "ln=" + std::to_string(verifier.cost.logN) +
           ",r=" + std::to_string(verifier.cost.r) + ",p=" + std::to_string(verifier.cost.p) + "$" +
           unpadded(toBase64(verifier.salt)) + "$" + unpadded(toBase64(verifier.hash));
}

} // namespace

Result<std::string> scrypt(std::string_view password, std::string_view salt, const ScryptCost& cost,
                           std::size_t length) {
    // RFC 7914 §2 and §6: 128 * N * r bytes, and 128 * r * p for the blocks.
    const bool sane =
        cost.logN >= 1 && cost.logN <= 24 && cost.r >= 1 && cost.r <= 64 && cost.p >= 1 && cost.p <= 64;
    const std::uint64_t memory = sane ? 128ULL * cost.r * ((1ULL << cost.logN) + cost.p) : 0;
    if (!sane || memory > maxMemory) {
        return fail(ErrorCode::invalid, "the cost of scrypt is out of range");
    }
    std::string out(length, '\0');
    if (EVP_PBE_scrypt(password.data(), password.size(), reinterpret_cast<const unsigned char*>(salt.data()),
                       salt.size(), 1ULL << cost.logN, cost.r, cost.p, maxMemory + (1U << 20),
                       reinterpret_cast<unsigned char*>(out.data()), length) != 1) {
        return opensslFailure(ErrorCode::internal, "run scrypt");
    }
    return out;
}

Status checkPasswordRules(std::string_view password) {
    // Continuation bytes of UTF-8 (RFC 3629 §3) begin no character.
    const auto characters =
        static_cast<std::size_t>(std::count_if(password.begin(), password.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        }));
    if (characters < minCharacters) {
        return fail(ErrorCode::invalid, "the password is too short", "Use at least 8 characters");
    }
    if (password.size() > maxPasswordBytes) {
        return fail(ErrorCode::invalid, "the password is longer than 1024 bytes");
    }
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (std::any_of(password.begin(), password.end(), isControl)) {
        return fail(ErrorCode::invalid,
                    "the password has a control character, such as a tab or a line break");
    }
    return {};
}

Result<std::string> makeVerifier(std::string_view password, const Random& random, const ScryptCost& cost) {
    Verifier verifier{cost, random.bytes(saltBytes), {}};
    Result<std::string> hash = scrypt(password, verifier.salt, cost, hashBytes);
    if (!hash) {
        return hash;
    }
    verifier.hash = std::move(*hash);
    return formatVerifier(verifier);
}

Result<bool> verifyPassword(std::string_view password, std::string_view verifier) {
    const Result<Verifier> parsed = parseVerifier(verifier);
    if (!parsed) {
        return fail(parsed.error());
    }
    const Result<std::string> hash = scrypt(password, parsed->salt, parsed->cost, hashBytes);
    if (!hash) {
        return hash.error().code == ErrorCode::invalid ? fail(ErrorCode::corrupt, hash.error().message)
                                                       : fail(hash.error());
    }
    return equal(*hash, parsed->hash);
}

const std::string& decoyVerifier() {
    // No password is known whose hash would be all zeros: finding one is breaking scrypt.
    static const std::string decoy =
        formatVerifier({ScryptCost{}, std::string(saltBytes, '\0'), std::string(hashBytes, '\0')});
    return decoy;
}

std::string generatePassword(const Random& random) {
    constexpr std::string_view alphabet = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    constexpr std::size_t length = 20;
    constexpr std::size_t fair =
        256 / alphabet.size() * alphabet.size(); // above it, some letters would come more often
    std::string password;
    while (password.size() < length) {
        for (const char byte : random.bytes(length)) {
            const auto value = static_cast<unsigned char>(byte);
            if (value < fair && password.size() < length) {
                password += alphabet[value % alphabet.size()];
            }
        }
    }
    return password;
}

} // namespace pilothouse::security
