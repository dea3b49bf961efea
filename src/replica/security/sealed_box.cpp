// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/sealed_box.h"

#include "base/encoding.h"
#include "replica/security/openssl.h"

#include <stdexcept>
#include <utility>

namespace pilothouse::security {

namespace {

constexpr std::string_view version = "v1.";
constexpr std::size_t nonceBytes = 12; // random: safe for 2^32 values under one key (SP 800-38D §8.3)
constexpr std::size_t tagBytes = 16;

unsigned char* octets(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}
const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
int sizeOf(std::string_view bytes) {
    return static_cast<int>(bytes.size());
}

tl::unexpected<Error> damaged(std::string_view context) {
    return fail(ErrorCode::corrupt, "the sealed value of " + std::string(context) + " cannot be opened",
                "It was changed, or the cluster key of this replica is not the one that it was sealed with");
}

} // namespace

Result<SealedBox> SealedBox::create(std::string key) {
    if (key.size() != keyBytes) {
        return fail(ErrorCode::corrupt,
                    "the cluster key has " + std::to_string(key.size()) + " bytes instead of 32",
                    "Copy secrets/cluster.key from another replica of this cluster");
    }
    return SealedBox(std::move(key));
}

std::string SealedBox::seal(std::string_view secret, std::string_view context, const Random& random) const {
    const std::string nonce = random.bytes(nonceBytes);
    std::string ciphertext(secret.size(), '\0');
    std::string tag(tagBytes, '\0');
    int written = 0;
    const CipherContextPtr cipher(EVP_CIPHER_CTX_new());
    if (!cipher ||
        EVP_EncryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), octets(std::string_view(m_key)),
                            octets(std::string_view(nonce)), nullptr) != 1 ||
        EVP_EncryptUpdate(cipher.get(), nullptr, &written, octets(context), sizeOf(context)) != 1 ||
        EVP_EncryptUpdate(cipher.get(), octets(ciphertext), &written, octets(secret), sizeOf(secret)) != 1 ||
        EVP_EncryptFinal_ex(cipher.get(), octets(ciphertext) + written, &written) != 1 ||
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, tagBytes, tag.data()) != 1) {
        throw std::runtime_error("OpenSSL cannot seal with AES-256-GCM: " + opensslReason());
    }
    return std::string(version) + toBase64Url(nonce + ciphertext + tag);
}

Result<std::string> SealedBox::open(std::string_view sealed, std::string_view context) const {
    if (!sealed.starts_with(version)) {
        return damaged(context);
    }
    const Result<std::string> bytes = fromBase64Url(sealed.substr(version.size()));
    if (!bytes || bytes->size() < nonceBytes + tagBytes) {
        return damaged(context);
    }
    const std::string_view all = *bytes;
    const std::string_view nonce = all.substr(0, nonceBytes);
    const std::string_view ciphertext = all.substr(nonceBytes, all.size() - nonceBytes - tagBytes);
    std::string tag(all.substr(all.size() - tagBytes));
    std::string secret(ciphertext.size(), '\0');
    int written = 0;
    const CipherContextPtr cipher(EVP_CIPHER_CTX_new());
    if (!cipher ||
        EVP_DecryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), octets(std::string_view(m_key)), octets(nonce),
                            nullptr) != 1 ||
        EVP_DecryptUpdate(cipher.get(), nullptr, &written, octets(context), sizeOf(context)) != 1 ||
        EVP_DecryptUpdate(cipher.get(), octets(secret), &written, octets(ciphertext), sizeOf(ciphertext)) !=
            1 ||
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, tagBytes, tag.data()) != 1 ||
        EVP_DecryptFinal_ex(cipher.get(), octets(secret) + written, &written) != 1) {
        (void)opensslReason(); // a failed tag leaves nothing that helps a person
        return damaged(context);
    }
    return secret;
}

} // namespace pilothouse::security
