// SPDX-License-Identifier: GPL-3.0-or-later
// OpenSSL's objects with owners, and its errors as ours. Only for .cpp files.
#pragma once

#include "base/result.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>
#include <string_view>

namespace pilothouse::security {

template <auto release>
struct OpenSslDeleter {
    template <typename T>
    void operator()(T* object) const {
        release(object);
    }
};

using BioPtr = std::unique_ptr<BIO, OpenSslDeleter<BIO_free_all>>;
using BignumPtr = std::unique_ptr<BIGNUM, OpenSslDeleter<BN_free>>;
using CipherContextPtr = std::unique_ptr<EVP_CIPHER_CTX, OpenSslDeleter<EVP_CIPHER_CTX_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, OpenSslDeleter<X509_EXTENSION_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, OpenSslDeleter<EVP_PKEY_free>>;
using RequestPtr = std::unique_ptr<X509_REQ, OpenSslDeleter<X509_REQ_free>>;
using StorePtr = std::unique_ptr<X509_STORE, OpenSslDeleter<X509_STORE_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, OpenSslDeleter<X509_STORE_CTX_free>>;
using CertificatePtr = std::unique_ptr<X509, OpenSslDeleter<X509_free>>;
using GeneralNamesPtr = std::unique_ptr<GENERAL_NAMES, OpenSslDeleter<GENERAL_NAMES_free>>;

// OpenSSL's own word on the last failure of this thread ("no start line"); empties its queue.
[[nodiscard]] std::string opensslReason();
// "cannot <what>: <OpenSSL's reason>".
[[nodiscard]] tl::unexpected<Error> opensslFailure(ErrorCode code, const std::string& what);

// A read-only view as a BIO; `text` must outlive it.
[[nodiscard]] BioPtr bioOf(std::string_view text);
[[nodiscard]] std::string contentOf(BIO* memory);

[[nodiscard]] bool isP256(EVP_PKEY* key);
// SHA-256 of SubjectPublicKeyInfo, 64 hexadecimal digits.
[[nodiscard]] std::string publicKeyDigest(EVP_PKEY* key);

} // namespace pilothouse::security
