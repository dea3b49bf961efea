// SPDX-License-Identifier: GPL-3.0-or-later
// What a peer needs to serve TLS as replicas do: a key, and a certificate of an authority of its own.
#pragma once

#include "replica/security/authority.h"

#include <filesystem>
#include <fstream>
#include <string>

namespace pilothouse::bench {

struct PeerCertificate {
    std::string authority; // PEM
    security::PrivateKey key;
};

// For 127.0.0.1; writes cert.pem and key.pem into the folder.
[[nodiscard]] inline PeerCertificate writePeerCertificate(const std::filesystem::path& folder) {
    const auto now = systemClock().wall();
    const auto authority = security::Authority::create("bench", now).value();
    auto key = security::PrivateKey::generate().value();
    const security::CertificateOrder order{
        security::Profile::engineClient, {}, security::subjectNamesForHost("127.0.0.1")};
    std::ofstream(folder / "cert.pem") << authority.issue(key, order, now).value();
    std::ofstream(folder / "key.pem") << key.pem();
    return {authority.certificatePem(), std::move(key)};
}

} // namespace pilothouse::bench
