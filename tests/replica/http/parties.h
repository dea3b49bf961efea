// SPDX-License-Identifier: GPL-3.0-or-later
// Authorities and the certificates that they issue, for handshakes in tests.
#pragma once

#include "replica/http/tls.h"
#include "replica/security/authority.h"

#include <memory>
#include <string>

namespace pilothouse::http::test {

inline const ClusterId clusterId(std::string(32, 'c'));

inline std::string uriOf(const std::string& replica) {
    return security::replicaUri({clusterId, ReplicaId(replica)});
}

struct Party {
    std::string key;
    std::string certificate;
};

class TestAuthority {
public:
    explicit TestAuthority(const std::string& name = "Test cluster", std::chrono::hours age = {})
        : m_authority(security::Authority::create(name, systemClock().wall() - age).value()) {}

    [[nodiscard]] std::string pem() const { return m_authority.certificatePem(); }
    // For `host` and the replica's id; as old as `age`.
    [[nodiscard]] Party issue(const std::string& replica, const std::string& host = "127.0.0.1",
                              std::chrono::hours age = {}) const {
        const auto key = security::PrivateKey::generate().value();
        const security::CertificateOrder order{
            security::Profile::node, {clusterId, ReplicaId(replica)}, security::subjectNamesForHost(host)};
        return {key.pem(), m_authority.issue(key, order, systemClock().wall() - age).value()};
    }

private:
    security::Authority m_authority;
};

inline std::shared_ptr<TlsContext> serverTls(const Party& party, const std::string& clientAuthorities = {},
                                             ClientCertificate wanted = ClientCertificate::none) {
    return TlsContext::server({party.certificate, party.key, clientAuthorities, wanted}).value();
}
inline std::shared_ptr<TlsContext> clientTls(const std::string& authorities, const Party& party = {}) {
    return TlsContext::client({party.certificate, party.key, authorities, ClientCertificate::none}).value();
}

} // namespace pilothouse::http::test
