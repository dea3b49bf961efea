// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/provision/engine_client.h"

#include "replica/security/authority.h"
#include "replica/security/files.h"

namespace pilothouse::provision {

Status writeEngineClientCertificates(const Layout& layout, WallTime now) {
    using namespace security;
    const Result<Authority> authority = Authority::create("Pilothouse engine endpoint", now);
    const Result<PrivateKey> key = PrivateKey::generate();
    if (!authority || !key) {
        return fail(authority ? key.error() : authority.error());
    }
    const CertificateOrder order{Profile::engineClient, {}, subjectNamesForHost("localhost")};
    const Result<std::string> leaf = authority->issue(*key, order, now);
    if (!leaf) {
        return fail(leaf.error());
    }
    return writePrivateFile(layout.engineClientCa(), authority->certificatePem())
        .and_then([&] { return writePrivateFile(layout.engineClientKey(), key->pem()); })
        .and_then([&] { return writePrivateFile(layout.engineClientCertificate(), *leaf); });
}

} // namespace pilothouse::provision
