// SPDX-License-Identifier: GPL-3.0-or-later
// Private keys of certificates: elliptic curve P-256.
#pragma once

#include "base/result.h"

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st; // OpenSSL's EVP_PKEY

namespace pilothouse::security {

// A key pair. Cheap to copy, immutable.
class PrivateKey {
public:
    [[nodiscard]] static Result<PrivateKey> generate();
    // Takes PKCS #8 or SEC 1 PEM without a passphrase; other kinds of key than P-256 are ErrorCode::invalid.
    [[nodiscard]] static Result<PrivateKey> fromPem(std::string_view pem);

    [[nodiscard]] std::string pem() const; // PKCS #8, in the clear
    // SHA-256 of the public key (SubjectPublicKeyInfo, DER), 64 hexadecimal digits.
    [[nodiscard]] std::string publicKeySha256() const;
    [[nodiscard]] evp_pkey_st* native() const { return m_key.get(); }

private:
    explicit PrivateKey(std::shared_ptr<evp_pkey_st> key) : m_key(std::move(key)) {}
    std::shared_ptr<evp_pkey_st> m_key;
};

} // namespace pilothouse::security
