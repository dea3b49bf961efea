// SPDX-License-Identifier: GPL-3.0-or-later
// Content digests (OCI image specification 1.1, "Digests").
#pragma once

#include "base/result.h"

#include <compare>
#include <memory>
#include <string>
#include <string_view>

namespace pilothouse::blobs {

enum class Algorithm { sha256, sha512 };

// "sha256" or "sha512".
[[nodiscard]] std::string_view nameOf(Algorithm algorithm);
[[nodiscard]] Result<Algorithm> algorithmOf(std::string_view name); // ErrorCode::invalid

// Names bytes by their hash. Always of a known algorithm, well-formed, in lower case.
class Digest {
public:
    // Reads "sha256:<64 hexadecimal digits>" or "sha512:<128>". ErrorCode::invalid says what is wrong with
    // it, another algorithm by its name.
    [[nodiscard]] static Result<Digest> parse(std::string_view text);
    // Of these bytes.
    [[nodiscard]] static Digest of(std::string_view bytes, Algorithm algorithm = Algorithm::sha256);

    [[nodiscard]] Algorithm algorithm() const { return m_algorithm; }
    [[nodiscard]] std::string_view hex() const;
    [[nodiscard]] const std::string& str() const { return m_text; } // "sha256:…"
    friend bool operator==(const Digest& a, const Digest& b) { return a.m_text == b.m_text; }
    friend auto operator<=>(const Digest& a, const Digest& b) { return a.m_text <=> b.m_text; }

private:
    friend class Hasher;
    Digest(Algorithm algorithm, std::string text) : m_algorithm(algorithm), m_text(std::move(text)) {}
    Algorithm m_algorithm;
    std::string m_text;
};

// Hashes bytes as they come. A copy goes on from the same place by itself.
class Hasher {
public:
    explicit Hasher(Algorithm algorithm);
    ~Hasher();
    Hasher(const Hasher& other);
    Hasher& operator=(const Hasher& other) = delete;
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;

    void update(std::string_view bytes);
    // Of all bytes so far; more may follow.
    [[nodiscard]] Digest digest() const;
    [[nodiscard]] Algorithm algorithm() const { return m_algorithm; }

private:
    struct Context;
    Algorithm m_algorithm;
    std::unique_ptr<Context> m_context;
};

} // namespace pilothouse::blobs
