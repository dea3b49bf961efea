// SPDX-License-Identifier: GPL-3.0-or-later
// A certificate authority: the cluster's, an epoch's engine peers', or the one of a replica's own engine
// endpoint.
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "replica/security/certificate_request.h"
#include "replica/security/certificates.h"
#include "replica/security/keys.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::security {

// What a certificate is for. All are good for TLS servers and clients; the first two carry the replica's URI.
enum class Profile {
    node,         // HTTPS between replicas and to clients; 90 days
    enginePeer,   // engine to engine, signed by the epoch's peer CA; 90 days
    engineClient, // replica to its own engine over loopback; as long as its authority, whose key is thrown
                  // away
    setup,        // a host that waits to be joined; as engineClient
};

struct SubjectNames {
    std::vector<std::string> dns;
    std::vector<std::string> ips;
    friend bool operator==(const SubjectNames&, const SubjectNames&) = default;
};
// The names for a host as it stands in an address: an IP literal (with or without brackets) or a DNS name; a
// loopback host gets localhost, 127.0.0.1 and ::1.
[[nodiscard]] SubjectNames subjectNamesForHost(std::string_view host);

// What the issuer states in a certificate.
struct CertificateOrder {
    Profile profile = Profile::node;
    ReplicaName replica; // of the profiles that carry it
    SubjectNames names;
};

class Authority {
public:
    static constexpr std::chrono::hours leafLife{24 * 90};
    static constexpr std::chrono::hours authorityLife{24 * 3650};
    static constexpr std::chrono::minutes backdating{5}; // for clocks that are behind ours

    // A new self-signed authority called `commonName`, for ten years.
    [[nodiscard]] static Result<Authority> create(const std::string& commonName, WallTime now);
    // One that was made before; ErrorCode::invalid when key and certificate do not belong together.
    [[nodiscard]] static Result<Authority> load(std::string_view certificatePem, std::string_view keyPem);

    [[nodiscard]] const std::string& certificatePem() const { return m_certificatePem; }
    [[nodiscard]] std::string keyPem() const { return m_key.pem(); }

    // A certificate for the key in `request` or for `key`: PEM. Valid from 5 minutes before `now`.
    [[nodiscard]] Result<std::string> issue(const CertificateRequest& request, const CertificateOrder& order,
                                            WallTime now) const;
    [[nodiscard]] Result<std::string> issue(const PrivateKey& key, const CertificateOrder& order,
                                            WallTime now) const;

private:
    Authority(PrivateKey key, std::string certificatePem)
        : m_key(std::move(key)), m_certificatePem(std::move(certificatePem)) {}
    [[nodiscard]] Result<std::string> issueFor(evp_pkey_st* publicKey, const CertificateOrder& order,
                                               WallTime now) const;

    PrivateKey m_key;
    std::string m_certificatePem;
};

} // namespace pilothouse::security
