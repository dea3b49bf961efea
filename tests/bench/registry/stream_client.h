// SPDX-License-Identifier: GPL-3.0-or-later
// One client that pushes and pulls large blobs over one TLS connection, one request after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace pilothouse::bench {

struct RegistryAt {
    std::uint16_t port = 0; // on 127.0.0.1
    std::string authority;  // PEM
    std::string token;
};

// A blob too large to keep: the same 8 MiB again and again, but for a number at its begin.
class LargeBlob {
public:
    // `bytes`: a multiple of pieceBytes. Reads all of it once, for the digest.
    LargeBlob(std::uint64_t number, std::size_t bytes);
    static constexpr std::size_t pieceBytes = std::size_t{8} * 1024 * 1024;

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] const std::string& digest() const { return m_digest; }
    [[nodiscard]] const std::string& piece(std::size_t index) const { return index == 0 ? m_first : m_other; }

private:
    std::size_t m_size;
    std::string m_first;
    std::string m_other;
    std::string m_digest;
};

// MB a second from the first request to the last answer, connecting left out. Throw std::runtime_error when
// an answer is not what it should be.
[[nodiscard]] double pushInOnePiece(const RegistryAt& registry, const LargeBlob& blob);
[[nodiscard]] double pushInChunks(const RegistryAt& registry, const LargeBlob& blob); // of 8 MiB
[[nodiscard]] double pull(const RegistryAt& registry, const LargeBlob& blob);

} // namespace pilothouse::bench
