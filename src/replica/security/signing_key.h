// SPDX-License-Identifier: GPL-3.0-or-later
// Keys that sign registry tokens: ES256 (ECDSA on P-256 with SHA-256, RFC 7518 §3.4).
#pragma once

#include "base/result.h"
#include "replica/security/keys.h"

#include <string>
#include <string_view>

namespace pilothouse::security {

// A key pair for signatures. Cheap to copy, immutable; its calls may be made from any thread.
class SigningKey {
public:
    static constexpr std::size_t signatureBytes = 64;

    [[nodiscard]] static Result<SigningKey> generate();
    // As PrivateKey::fromPem().
    [[nodiscard]] static Result<SigningKey> fromPem(std::string_view pem);

    [[nodiscard]] std::string pem() const { return m_key.pem(); } // PKCS #8, in the clear
    // What tokens name it by ("kid"): the first 16 digits of the public key's SHA-256.
    [[nodiscard]] const std::string& id() const { return m_id; }

    // r and s of the signature, 32 bytes each, as JSON Web Signatures have them.
    [[nodiscard]] std::string sign(std::string_view bytes) const;
    [[nodiscard]] bool verify(std::string_view bytes, std::string_view signature) const;

private:
    explicit SigningKey(PrivateKey key);
    PrivateKey m_key;
    std::string m_id;
};

} // namespace pilothouse::security
