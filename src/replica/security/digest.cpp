// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/digest.h"

#include "replica/security/openssl.h"

#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <climits>
#include <stdexcept>

namespace pilothouse::security {

namespace {

const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

} // namespace

std::string sha256(std::string_view bytes) {
    std::string out(SHA256_DIGEST_LENGTH, '\0');
    if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), nullptr,
                   EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("OpenSSL has no SHA-256: " + opensslReason());
    }
    return out;
}

std::string hmacSha256(std::string_view key, std::string_view message) {
    std::string out(SHA256_DIGEST_LENGTH, '\0');
    unsigned length = 0;
    if (key.size() > INT_MAX ||
        HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), octets(message), message.size(),
             reinterpret_cast<unsigned char*>(out.data()), &length) == nullptr) {
        throw std::runtime_error("OpenSSL has no HMAC-SHA-256: " + opensslReason());
    }
    return out;
}

} // namespace pilothouse::security
