// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets that lie in the replicated state, sealed with the cluster key (AES-256-GCM, NIST SP 800-38D).
#pragma once

#include "base/result.h"
#include "replica/security/random.h"

#include <string>
#include <string_view>

namespace pilothouse::security {

// The 32 bytes of secrets/cluster.key. Thread-safe.
class SealedBox {
public:
    static constexpr std::size_t keyBytes = 32;

    // ErrorCode::corrupt when `key` has not 32 bytes.
    [[nodiscard]] static Result<SealedBox> create(std::string key);

    // "v1." and base64url of nonce, ciphertext and tag. `context` (the record's key) is bound to it: opening
    // under another context fails, so that sealed values cannot be swapped between records.
    [[nodiscard]] std::string seal(std::string_view secret, std::string_view context,
                                   const Random& random) const;

    // ErrorCode::corrupt when it was changed, belongs to another record or was sealed with another key.
    [[nodiscard]] Result<std::string> open(std::string_view sealed, std::string_view context) const;

private:
    explicit SealedBox(std::string key) : m_key(std::move(key)) {}
    std::string m_key;
};

} // namespace pilothouse::security
