// SPDX-License-Identifier: GPL-3.0-or-later
// TLS settings of a server or a client (OpenSSL 3), and who the other side proved to be.
#pragma once

#include "base/result.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

struct ssl_ctx_st;

namespace pilothouse::http {

// Whether a server asks for a client certificate. One that is offered must always chain to the authorities:
// a wrong one ends the handshake, even with `optional`.
enum class ClientCertificate { none, optional, required };

struct TlsOptions {
    std::string certificates; // PEM, own certificate first, then intermediates; may be empty for a client
    std::string privateKey;   // PEM, of the first certificate
    // PEM: the only authorities (or single certificates) that the other side's certificate may chain to; the
    // system's are never consulted. A client needs it; a server when clientCertificate is not `none`.
    std::string authorities;
    ClientCertificate clientCertificate = ClientCertificate::none; // servers only
};

// The options with their PEM read from files; an empty path leaves its field empty.
struct TlsFiles {
    std::string certificates;
    std::string privateKey;
    std::string authorities;
    ClientCertificate clientCertificate = ClientCertificate::none;
};
[[nodiscard]] Result<TlsOptions> readTlsFiles(const TlsFiles& files);

// Who the other side proved to be: taken from a certificate that was verified in the handshake.
struct PeerIdentity {
    std::string subject;           // RFC 2253, "CN=alpha"
    std::vector<std::string> uris; // URI subject alternative names
    std::string sha256;            // fingerprint of the certificate, 64 hexadecimal digits
    [[nodiscard]] bool hasUri(const std::string& uri) const;
};

// TLS 1.2 and 1.3, ECDHE with AEAD ciphers only. Thread-safe. A server resumes sessions by ticket; a client
// never does: each of its connections verifies anew.
class TlsContext {
public:
    [[nodiscard]] static Result<std::shared_ptr<TlsContext>> server(const TlsOptions& options);
    [[nodiscard]] static Result<std::shared_ptr<TlsContext>> client(const TlsOptions& options);
    // A client that takes any server. Only for public data that is checked by other means (a CA certificate
    // against a fingerprint that is known): nothing secret may be sent.
    [[nodiscard]] static Result<std::shared_ptr<TlsContext>> clientOfAnyServer();

    // New connections use `options`; running ones keep what they have. On failure nothing changes.
    [[nodiscard]] Status reload(const TlsOptions& options);

    // What a new connection is made from (its reference keeps it alive through a reload).
    [[nodiscard]] std::shared_ptr<ssl_ctx_st> native() const;

private:
    TlsContext(bool isServer, std::shared_ptr<ssl_ctx_st> context);

    const bool m_isServer;
    mutable std::mutex m_mutex;
    std::shared_ptr<ssl_ctx_st> m_context;
};

} // namespace pilothouse::http
