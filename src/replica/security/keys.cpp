// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/keys.h"

#include "replica/security/openssl.h"

#include <openssl/pem.h>

namespace pilothouse::security {

namespace {

// Without this callback OpenSSL would ask for a passphrase on the terminal.
int noPassphrase(char*, int, int, void*) {
    return -1;
}

} // namespace

Result<PrivateKey> PrivateKey::generate() {
    KeyPtr key(EVP_EC_gen("P-256"));
    if (!key) {
        return opensslFailure(ErrorCode::internal, "make a private key");
    }
    return PrivateKey(std::shared_ptr<EVP_PKEY>(std::move(key)));
}

Result<PrivateKey> PrivateKey::fromPem(std::string_view pem) {
    KeyPtr key(PEM_read_bio_PrivateKey(bioOf(pem).get(), nullptr, noPassphrase, nullptr));
    if (!key) {
        return opensslFailure(ErrorCode::invalid, "read the private key");
    }
    if (!isP256(key.get())) {
        return fail(ErrorCode::invalid, "the private key is not an elliptic curve key on P-256");
    }
    return PrivateKey(std::shared_ptr<EVP_PKEY>(std::move(key)));
}

std::string PrivateKey::pem() const {
    const BioPtr memory(BIO_new(BIO_s_secmem()));
    PEM_write_bio_PKCS8PrivateKey(memory.get(), m_key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return contentOf(memory.get());
}

std::string PrivateKey::publicKeySha256() const {
    return publicKeyDigest(m_key.get());
}

} // namespace pilothouse::security
