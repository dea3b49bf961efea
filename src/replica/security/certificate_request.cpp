// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/certificate_request.h"

#include "replica/security/openssl.h"

#include <openssl/pem.h>

namespace pilothouse::security {

Result<std::string> CertificateRequest::make(const PrivateKey& key, const std::string& commonName) {
    const RequestPtr request(X509_REQ_new());
    const auto* const name = reinterpret_cast<const unsigned char*>(commonName.data());
    const BioPtr memory(BIO_new(BIO_s_mem()));
    if (!request || !memory || X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) != 1 ||
        X509_NAME_add_entry_by_NID(X509_REQ_get_subject_name(request.get()), NID_commonName, MBSTRING_UTF8,
                                   name, static_cast<int>(commonName.size()), -1, 0) != 1 ||
        X509_REQ_set_pubkey(request.get(), key.native()) != 1 ||
        X509_REQ_sign(request.get(), key.native(), EVP_sha256()) == 0 ||
        PEM_write_bio_X509_REQ(memory.get(), request.get()) != 1) {
        return opensslFailure(ErrorCode::internal, "make a certificate request");
    }
    return contentOf(memory.get());
}

Result<CertificateRequest> CertificateRequest::parse(std::string_view pem) {
    const RequestPtr request(PEM_read_bio_X509_REQ(bioOf(pem).get(), nullptr, nullptr, nullptr));
    KeyPtr key(request ? X509_REQ_get_pubkey(request.get()) : nullptr);
    if (!key) {
        return opensslFailure(ErrorCode::invalid, "read the certificate request");
    }
    if (!isP256(key.get())) {
        return fail(ErrorCode::invalid, "the certificate request is not for an elliptic curve key on P-256");
    }
    if (X509_REQ_verify(request.get(), key.get()) != 1) {
        return opensslFailure(ErrorCode::invalid,
                              "verify that the certificate request comes from its key's holder");
    }
    return CertificateRequest(std::shared_ptr<EVP_PKEY>(std::move(key)));
}

std::string CertificateRequest::publicKeySha256() const {
    return publicKeyDigest(m_publicKey.get());
}

} // namespace pilothouse::security
