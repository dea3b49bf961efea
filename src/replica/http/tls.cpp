// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/tls.h"

#include "replica/http/tls_text.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

namespace pilothouse::http {

namespace {

constexpr long sessionSeconds = long{30} * 60;

template <auto function>
struct Free {
    template <typename T>
    void operator()(T* pointer) const {
        function(pointer);
    }
};
using BioPtr = std::unique_ptr<BIO, Free<BIO_free_all>>;
using X509Ptr = std::unique_ptr<X509, Free<X509_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;

// An encrypted key must not make OpenSSL ask on the terminal.
int noPassword(char*, int, int, void*) {
    return 0;
}

std::vector<X509Ptr> readCertificates(const std::string& pem) {
    std::vector<X509Ptr> certificates;
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    while (X509* next = PEM_read_bio_X509(bio.get(), nullptr, noPassword, nullptr)) {
        certificates.emplace_back(next);
    }
    clearTlsErrors(); // the end of the text is one
    return certificates;
}

KeyPtr readKey(const std::string& pem) {
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassword, nullptr));
    clearTlsErrors();
    return key;
}

Status useCertificates(SSL_CTX* context, const TlsOptions& options) {
    auto chain = readCertificates(options.certificates);
    if (chain.empty()) {
        return fail(ErrorCode::invalid, "the TLS certificate holds no PEM certificate");
    }
    if (SSL_CTX_use_certificate(context, chain.front().get()) != 1) {
        return fail(ErrorCode::invalid, "the TLS certificate cannot be used: " + lastTlsError());
    }
    for (std::size_t i = 1; i < chain.size(); ++i) {
        SSL_CTX_add1_chain_cert(context, chain[i].get());
    }
    const KeyPtr key = readKey(options.privateKey);
    if (!key) {
        return fail(ErrorCode::invalid, "the TLS private key is no unencrypted PEM key");
    }
    if (X509_check_private_key(chain.front().get(), key.get()) != 1 ||
        SSL_CTX_use_PrivateKey(context, key.get()) != 1) {
        clearTlsErrors();
        return fail(ErrorCode::invalid, "the TLS private key does not belong to the certificate");
    }
    return {};
}

Status useAuthorities(SSL_CTX* context, const TlsOptions& options, bool isServer) {
    const auto authorities = readCertificates(options.authorities);
    if (authorities.empty()) {
        return fail(ErrorCode::invalid, "the certificate authorities hold no PEM certificate");
    }
    X509_STORE* store = SSL_CTX_get_cert_store(context);
    // What is given is what is trusted, also where it is not self-signed.
    X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    for (const auto& authority : authorities) {
        X509_STORE_add_cert(store, authority.get());
        if (isServer) {
            SSL_CTX_add_client_CA(context, authority.get());
        }
    }
    return {};
}

int chooseProtocol(SSL*, const unsigned char** out, unsigned char* outLength, const unsigned char* in,
                   unsigned int inLength, void*) {
    static constexpr std::array<unsigned char, 9> http11{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char* chosen = nullptr;
    const int found = SSL_select_next_proto(&chosen, outLength, http11.data(), http11.size(), in, inLength);
    *out = chosen;
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

void setServerOptions(SSL_CTX* context, ClientCertificate wanted) {
    static constexpr std::array<unsigned char, 10> name{'p', 'i', 'l', 'o', 't', 'h', 'o', 'u', 's', 'e'};
    SSL_CTX_set_session_id_context(context, name.data(), name.size());
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF); // tickets are kept by the client
    SSL_CTX_set_num_tickets(context, 1);
    SSL_CTX_set_timeout(context, sessionSeconds);
    SSL_CTX_set_alpn_select_cb(context, chooseProtocol, nullptr);
    if (wanted != ClientCertificate::none) {
        const int must = wanted == ClientCertificate::required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0;
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER | must, nullptr);
    }
}

Result<std::shared_ptr<SSL_CTX>> makeContext(const TlsOptions& options, bool isServer) {
    clearTlsErrors();
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(isServer ? TLS_server_method() : TLS_client_method()),
                                     SSL_CTX_free);
    if (!context) {
        return fail(ErrorCode::internal, "OpenSSL cannot make a TLS context: " + lastTlsError());
    }
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(context.get(), "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);

    if (isServer || !options.certificates.empty()) {
        if (auto used = useCertificates(context.get(), options); !used) {
            return fail(used.error());
        }
    }
    if (!isServer || options.clientCertificate != ClientCertificate::none) {
        if (auto used = useAuthorities(context.get(), options, isServer); !used) {
            return fail(used.error());
        }
    }
    if (isServer) {
        setServerOptions(context.get(), options.clientCertificate);
    } else {
        SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    }
    return context;
}

Result<std::string> readFile(const std::string& path) {
    if (path.empty()) {
        return std::string();
    }
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file || text.empty()) {
        return fail(ErrorCode::notFound, "cannot read " + path);
    }
    return text;
}

// What a context would refuse without knowing from which file it came.
Status checkContent(const TlsFiles& files, const TlsOptions& read) {
    constexpr auto hint = "Restore the file from a backup";
    const auto certificates = readCertificates(read.certificates);
    if (!files.certificates.empty() && certificates.empty()) {
        return fail(ErrorCode::corrupt, files.certificates + " holds no certificate in PEM", hint);
    }
    if (!files.authorities.empty() && readCertificates(read.authorities).empty()) {
        return fail(ErrorCode::corrupt, files.authorities + " holds no certificate in PEM", hint);
    }
    const auto key = readKey(read.privateKey);
    if (!files.privateKey.empty() && !key) {
        return fail(ErrorCode::corrupt, files.privateKey + " holds no unencrypted private key in PEM", hint);
    }
    if (key && !certificates.empty() && X509_check_private_key(certificates.front().get(), key.get()) != 1) {
        clearTlsErrors();
        return fail(ErrorCode::corrupt,
                    "the key in " + files.privateKey + " does not belong to the certificate in " +
                        files.certificates,
                    "Restore both from one backup");
    }
    return {};
}

} // namespace

Result<TlsOptions> readTlsFiles(const TlsFiles& files) {
    auto certificates = readFile(files.certificates);
    auto privateKey = readFile(files.privateKey);
    auto authorities = readFile(files.authorities);
    for (const auto* text : {&certificates, &privateKey, &authorities}) {
        if (!*text) {
            return fail(text->error());
        }
    }
    TlsOptions options{std::move(*certificates), std::move(*privateKey), std::move(*authorities),
                       files.clientCertificate};
    if (auto good = checkContent(files, options); !good) {
        return fail(good.error());
    }
    return options;
}

bool PeerIdentity::hasUri(const std::string& uri) const {
    return std::find(uris.begin(), uris.end(), uri) != uris.end();
}

TlsContext::TlsContext(bool isServer, std::shared_ptr<SSL_CTX> context)
    : m_isServer(isServer), m_context(std::move(context)) {}

Result<std::shared_ptr<TlsContext>> TlsContext::server(const TlsOptions& options) {
    auto context = makeContext(options, true);
    if (!context) {
        return fail(context.error());
    }
    return std::shared_ptr<TlsContext>(new TlsContext(true, std::move(*context)));
}

Result<std::shared_ptr<TlsContext>> TlsContext::client(const TlsOptions& options) {
    auto context = makeContext(options, false);
    if (!context) {
        return fail(context.error());
    }
    return std::shared_ptr<TlsContext>(new TlsContext(false, std::move(*context)));
}

Result<std::shared_ptr<TlsContext>> TlsContext::clientOfAnyServer() {
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    if (!context) {
        return fail(ErrorCode::internal, "OpenSSL cannot make a TLS context: " + lastTlsError());
    }
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
    return std::shared_ptr<TlsContext>(new TlsContext(false, std::move(context)));
}

Status TlsContext::reload(const TlsOptions& options) {
    auto context = makeContext(options, m_isServer);
    if (!context) {
        return fail(context.error());
    }
    const std::lock_guard lock(m_mutex);
    m_context = std::move(*context);
    return {};
}

std::shared_ptr<SSL_CTX> TlsContext::native() const {
    const std::lock_guard lock(m_mutex);
    return m_context;
}

} // namespace pilothouse::http
