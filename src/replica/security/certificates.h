// SPDX-License-Identifier: GPL-3.0-or-later
// What is in a certificate (X.509, RFC 5280), whether it can be trusted at a given time, and when to renew
// it.
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct x509_st; // OpenSSL's X509

namespace pilothouse::security {

struct CertificateFacts {
    std::string subject; // "CN=reg-1" (RFC 2253)
    std::string issuer;
    std::string serial; // hexadecimal
    WallTime notBefore;
    WallTime notAfter;
    std::vector<std::string> dnsNames;
    std::vector<std::string> ipAddresses;
    std::vector<std::string> uris;
    std::string sha256;          // of the DER, 64 lower-case hexadecimal digits
    std::string publicKeySha256; // of SubjectPublicKeyInfo
    bool authority = false;      // may sign certificates
};

// Facts of the first certificate in `pem`.
[[nodiscard]] Result<CertificateFacts> parseCertificate(std::string_view pem);
// The same of a certificate that a TLS peer showed.
[[nodiscard]] Result<CertificateFacts> factsOf(x509_st* certificate);

// The one certificate in `pem`, encoded anew, so that nothing else of the text is believed with it.
// ErrorCode::unauthorized when any certificate in it has another fingerprint than `sha256`.
[[nodiscard]] Result<std::string> pinnedCertificate(std::string_view pem, std::string_view sha256);

// "AA:BB:…", as people compare it, from 64 hexadecimal digits.
[[nodiscard]] std::string formatFingerprint(std::string_view sha256Hex);

// Whose certificate it is: the URI SAN "pilothouse:cluster:<cluster id>:replica:<replica id>".
struct ReplicaName {
    ClusterId cluster;
    ReplicaId replica;
    friend bool operator==(const ReplicaName&, const ReplicaName&) = default;
};
[[nodiscard]] std::string replicaUri(const ReplicaName& name);
// nullopt when `uri` is not exactly such a name.
[[nodiscard]] std::optional<ReplicaName> parseReplicaUri(std::string_view uri);
// The one among a certificate's URIs: nullopt when there is none, a malformed one, or more than one.
[[nodiscard]] std::optional<ReplicaName> replicaNameIn(const std::vector<std::string>& uris);
[[nodiscard]] inline std::optional<ReplicaName> replicaNameOf(const CertificateFacts& facts) {
    return replicaNameIn(facts.uris);
}

enum class Purpose { tlsServer, tlsClient };

// Whether `leafPem` chains to one of the authorities in `authoritiesPem` (a bundle) at `at` and may serve
// `purpose`. ErrorCode::unauthorized with the reason ("certificate has expired") when not. Names are not
// compared.
[[nodiscard]] Status verifyCertificate(std::string_view leafPem, std::string_view authoritiesPem,
                                       Purpose purpose, WallTime at);

// When a certificate is to be renewed: after two thirds of its life.
[[nodiscard]] WallTime renewalTime(const CertificateFacts& facts);
[[nodiscard]] inline bool renewalDue(const CertificateFacts& facts, WallTime now) {
    return now >= renewalTime(facts);
}

} // namespace pilothouse::security
