// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/blobs/digest.h"

#include "base/encoding.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace pilothouse::blobs {

namespace {

std::size_t digitsOf(Algorithm algorithm) {
    return algorithm == Algorithm::sha256 ? 64 : 128;
}

const EVP_MD* methodOf(Algorithm algorithm) {
    return algorithm == Algorithm::sha256 ? EVP_sha256() : EVP_sha512();
}

bool isLowerHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

void require(int outcome) {
    if (outcome != 1) {
        throw std::runtime_error("OpenSSL cannot hash");
    }
}

} // namespace

std::string_view nameOf(Algorithm algorithm) {
    return algorithm == Algorithm::sha256 ? "sha256" : "sha512";
}

Result<Algorithm> algorithmOf(std::string_view name) {
    for (const Algorithm algorithm : {Algorithm::sha256, Algorithm::sha512}) {
        if (name == nameOf(algorithm)) {
            return algorithm;
        }
    }
    return fail(ErrorCode::invalid, "digests are sha256 or sha512 here");
}

Result<Digest> Digest::parse(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) {
        return fail(ErrorCode::invalid, "a digest is ALGORITHM:HEXADECIMAL, with a colon");
    }
    const auto name = text.substr(0, colon);
    const auto hex = text.substr(colon + 1);
    const auto algorithm = algorithmOf(name);
    if (!algorithm) {
        return fail(algorithm.error());
    }
    if (hex.size() != digitsOf(*algorithm) || !std::all_of(hex.begin(), hex.end(), isLowerHex)) {
        return fail(ErrorCode::invalid, "a " + std::string(name) + " digest has " +
                                            std::to_string(digitsOf(*algorithm)) +
                                            " lower-case hexadecimal digits");
    }
    return Digest(*algorithm, std::string(text));
}

Digest Digest::of(std::string_view bytes, Algorithm algorithm) {
    Hasher hasher(algorithm);
    hasher.update(bytes);
    return hasher.digest();
}

std::string_view Digest::hex() const {
    return std::string_view(m_text).substr(nameOf(m_algorithm).size() + 1);
}

// --- hashing

struct Hasher::Context {
    Context() : md(EVP_MD_CTX_new()) {
        if (md == nullptr) {
            throw std::bad_alloc();
        }
    }
    ~Context() { EVP_MD_CTX_free(md); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    EVP_MD_CTX* md;
};

Hasher::Hasher(Algorithm algorithm) : m_algorithm(algorithm), m_context(std::make_unique<Context>()) {
    require(EVP_DigestInit_ex(m_context->md, methodOf(algorithm), nullptr));
}

Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

Hasher::Hasher(const Hasher& other) : m_algorithm(other.m_algorithm), m_context(std::make_unique<Context>()) {
    require(EVP_MD_CTX_copy_ex(m_context->md, other.m_context->md));
}

void Hasher::update(std::string_view bytes) {
    require(EVP_DigestUpdate(m_context->md, bytes.data(), bytes.size()));
}

Digest Hasher::digest() const {
    const Hasher copy(*this); // finishing ends a context
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned length = 0;
    require(EVP_DigestFinal_ex(copy.m_context->md, hash.data(), &length));
    const std::string_view bytes(reinterpret_cast<const char*>(hash.data()), length);
    return {m_algorithm, std::string(nameOf(m_algorithm)) + ':' + toHex(bytes)};
}

} // namespace pilothouse::blobs
