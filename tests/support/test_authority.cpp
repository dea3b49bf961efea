// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_authority.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <stdexcept>
#include <utility>

namespace pilothouse::test {

namespace {

struct Free {
    void operator()(X509* p) const { X509_free(p); }
    void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
    void operator()(BIO* p) const { BIO_free(p); }
    void operator()(X509_EXTENSION* p) const { X509_EXTENSION_free(p); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

// A test cannot go on without its certificates.
template <typename T>
T* require(T* pointer) {
    if (pointer == nullptr) {
        throw std::runtime_error("OpenSSL could not make a test certificate");
    }
    return pointer;
}

QByteArray pemOf(X509* certificate) {
    const Owned<BIO> bio(require(BIO_new(BIO_s_mem())));
    PEM_write_bio_X509(bio.get(), certificate);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, size};
}

QByteArray pemOf(EVP_PKEY* key) {
    const Owned<BIO> bio(require(BIO_new(BIO_s_mem())));
    PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, size};
}

void addExtension(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Owned<X509_EXTENSION> extension(
        require(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str())));
    X509_add_ext(certificate, extension.get(), -1);
}

Owned<X509> blank(const std::string& commonName, EVP_PKEY* key, std::chrono::seconds from,
                  std::chrono::seconds to) {
    Owned<X509> certificate(require(X509_new()));
    X509_set_version(certificate.get(), 2);
    static long serial = 1; // unique per process is enough for tests
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), from.count());
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), to.count());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(commonName.c_str()), -1, -1, 0);
    X509_set_pubkey(certificate.get(), key);
    return certificate;
}

std::string namesOf(const LeafOptions& options) {
    std::string names = "DNS:" + options.dns;
    if (options.loopback) {
        names += ",IP:127.0.0.1";
    }
    for (const auto& uri : options.uris) {
        names += ",URI:" + uri;
    }
    return names;
}

} // namespace

struct TestAuthority::Keys {
    Owned<EVP_PKEY> key;
    Owned<X509> certificate;
};

TestAuthority::TestAuthority(std::string name) : m_keys(std::make_unique<Keys>()), m_name(std::move(name)) {
    m_keys->key.reset(require(EVP_EC_gen("P-256")));
    m_keys->certificate = blank(m_name, m_keys->key.get(), -std::chrono::hours(1), std::chrono::hours(240));
    auto* certificate = m_keys->certificate.get();
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
    addExtension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
    addExtension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    addExtension(certificate, certificate, NID_subject_key_identifier, "hash");
    X509_sign(certificate, m_keys->key.get(), EVP_sha256());
}

TestAuthority::~TestAuthority() = default;

QSslCertificate TestAuthority::certificate() const {
    return QSslCertificate(pemOf(m_keys->certificate.get()), QSsl::Pem);
}

Leaf TestAuthority::issue(const LeafOptions& options) const {
    const Owned<EVP_PKEY> key(require(EVP_EC_gen("P-256")));
    const auto certificate = blank("replica", key.get(), options.validFrom, options.validTo);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(m_keys->certificate.get()));
    addExtension(certificate.get(), m_keys->certificate.get(), NID_subject_alt_name, namesOf(options));
    addExtension(certificate.get(), m_keys->certificate.get(), NID_ext_key_usage, "serverAuth,clientAuth");
    addExtension(certificate.get(), m_keys->certificate.get(), NID_authority_key_identifier, "keyid");
    X509_sign(certificate.get(), m_keys->key.get(), EVP_sha256());
    return {QSslCertificate(pemOf(certificate.get()), QSsl::Pem),
            QSslKey(pemOf(key.get()), QSsl::Ec, QSsl::Pem)};
}

Leaf TestAuthority::issueReplica(const std::string& replica) const {
    LeafOptions options;
    options.uris = {uriOf(replica)};
    return issue(options);
}

std::string TestAuthority::uriOf(const std::string& replica, const std::string& cluster) {
    return "pilothouse:cluster:" + cluster + ":replica:" + replica;
}

} // namespace pilothouse::test
