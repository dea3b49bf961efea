// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/signing_key.h"

#include "replica/security/openssl.h"

#include <openssl/ecdsa.h>

#include <stdexcept>
#include <utility>

namespace pilothouse::security {

namespace {

constexpr std::size_t idDigits = 16;
constexpr int halfBytes = SigningKey::signatureBytes / 2;

using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, OpenSslDeleter<EVP_MD_CTX_free>>;
using SignaturePtr = std::unique_ptr<ECDSA_SIG, OpenSslDeleter<ECDSA_SIG_free>>;

const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* octets(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

// OpenSSL's signatures are DER, tokens hold r and s one after the other. Empty when it is none.
std::string rawOf(std::string_view der) {
    const unsigned char* begin = octets(der);
    const SignaturePtr signature(d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size())));
    std::string raw(SigningKey::signatureBytes, '\0');
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), octets(raw), halfBytes) != halfBytes ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), octets(raw) + halfBytes, halfBytes) != halfBytes) {
        return {};
    }
    return raw;
}

std::string derOf(std::string_view raw) {
    const SignaturePtr signature(ECDSA_SIG_new());
    BignumPtr r(BN_bin2bn(octets(raw), halfBytes, nullptr));
    BignumPtr s(BN_bin2bn(octets(raw) + halfBytes, halfBytes, nullptr));
    if (!signature || !r || !s || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) {
        return {};
    }
    (void)r.release(); // the signature's now
    (void)s.release();
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &der);
    if (size <= 0) {
        return {};
    }
    std::string text(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return text;
}

} // namespace

SigningKey::SigningKey(PrivateKey key)
    : m_key(std::move(key)), m_id(m_key.publicKeySha256().substr(0, idDigits)) {}

Result<SigningKey> SigningKey::generate() {
    auto key = PrivateKey::generate();
    if (!key) {
        return fail(key.error());
    }
    return SigningKey(std::move(*key));
}

Result<SigningKey> SigningKey::fromPem(std::string_view pem) {
    auto key = PrivateKey::fromPem(pem);
    if (!key) {
        return fail(key.error());
    }
    return SigningKey(std::move(*key));
}

std::string SigningKey::sign(std::string_view bytes) const {
    const DigestContextPtr context(EVP_MD_CTX_new());
    std::size_t size = 0;
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.native()) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, octets(bytes), bytes.size()) != 1) {
        throw std::runtime_error("OpenSSL cannot sign with ECDSA: " + opensslReason());
    }
    std::string der(size, '\0');
    if (EVP_DigestSign(context.get(), octets(der), &size, octets(bytes), bytes.size()) != 1) {
        throw std::runtime_error("OpenSSL cannot sign with ECDSA: " + opensslReason());
    }
    std::string raw = rawOf(std::string_view(der).substr(0, size));
    if (raw.size() != signatureBytes) {
        throw std::runtime_error("OpenSSL made no ECDSA signature of P-256: " + opensslReason());
    }
    return raw;
}

bool SigningKey::verify(std::string_view bytes, std::string_view signature) const {
    if (signature.size() != signatureBytes) {
        return false;
    }
    const std::string der = derOf(signature);
    const DigestContextPtr context(EVP_MD_CTX_new());
    const bool good =
        !der.empty() && context &&
        EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.native()) == 1 &&
        EVP_DigestVerify(context.get(), octets(der), der.size(), octets(bytes), bytes.size()) == 1;
    if (!good) {
        (void)opensslReason(); // leaves nothing for the next failure of this thread
    }
    return good;
}

} // namespace pilothouse::security
