// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/openssl.h"

#include "base/encoding.h"
#include "replica/security/digest.h"

#include <openssl/ec.h>
#include <openssl/err.h>

namespace pilothouse::security {

std::string opensslReason() {
    const unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    const char* const reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    return reason == nullptr ? "OpenSSL gives no reason" : reason;
}

tl::unexpected<Error> opensslFailure(ErrorCode code, const std::string& what) {
    return fail(code, "cannot " + what + ": " + opensslReason());
}

BioPtr bioOf(std::string_view text) {
    return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string contentOf(BIO* memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

bool isP256(EVP_PKEY* key) {
    char group[32] = {};
    std::size_t length = 0;
    return EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_group_name(key, group, sizeof group, &length) == 1 &&
           std::string_view(group, length) == "prime256v1";
}

std::string publicKeyDigest(EVP_PKEY* key) {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key, &der);
    if (size <= 0) {
        return {};
    }
    std::string digest = sha256({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    return toHex(digest);
}

} // namespace pilothouse::security
