// SPDX-License-Identifier: GPL-3.0-or-later
// Requests for a certificate (PKCS #10, RFC 2986).
#pragma once

#include "base/result.h"
#include "replica/security/keys.h"

#include <memory>
#include <string>
#include <string_view>

namespace pilothouse::security {

// A request that was shown to come from the holder of its key. What it asks for besides the key (subject,
// names, extensions) is not looked at: the issuer decides those.
class CertificateRequest {
public:
    // The PEM of a request for `key`, signed with it.
    [[nodiscard]] static Result<std::string> make(const PrivateKey& key, const std::string& commonName);
    // Reads PEM and checks the proof of possession and that the key is P-256; else ErrorCode::invalid.
    [[nodiscard]] static Result<CertificateRequest> parse(std::string_view pem);

    // SHA-256 of the public key (SubjectPublicKeyInfo, DER), 64 hexadecimal digits.
    [[nodiscard]] std::string publicKeySha256() const;
    [[nodiscard]] evp_pkey_st* publicKey() const { return m_publicKey.get(); }

private:
    explicit CertificateRequest(std::shared_ptr<evp_pkey_st> publicKey) : m_publicKey(std::move(publicKey)) {}
    std::shared_ptr<evp_pkey_st> m_publicKey;
};

} // namespace pilothouse::security
