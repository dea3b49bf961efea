// SPDX-License-Identifier: GPL-3.0-or-later
// Whom a connection believes: the cluster's own authority and the replica's id, both pinned.
//
// The authority signs nothing but this cluster's replicas and names each in a URI of its certificate, so the
// pair (authority, id) says who answers; a host name says less (addresses move, tunnels rename). Therefore: a
// certificate that the pinned authority signed, that is valid today and that carries the expected id is
// accepted even when its names don't match the address, as behind a tunnel or NAT. Everything else is refused
// before anything is sent. The system's authorities count for nothing here. A renewed certificate with the
// same id is silent.
#pragma once

#include "base/ids.h"

#include <QByteArray>
#include <QList>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QString>

#include <optional>

namespace pilothouse::client {

// What is pinned for a cluster.
struct TrustAnchor {
    QSslCertificate authority;
    ClusterId cluster; // empty: not known yet, whatever the authority signed
};

// Reads one PEM certificate that may sign others.
[[nodiscard]] Result<TrustAnchor> anchorFromPem(const QByteArray& pem);

// SHA-256 of the certificate as people compare it: 32 upper-case pairs with colons.
[[nodiscard]] QString fingerprintOf(const QSslCertificate& certificate);

// Who a certificate says it is: its URI name "pilothouse:cluster:<id>:replica:<id>" (RFC 5280 §4.2.1.6).
struct PeerIdentity {
    ClusterId cluster;
    ReplicaId replica;
};
// Nothing if there is no such name, more than one, or a malformed one.
[[nodiscard]] std::optional<PeerIdentity> identityOf(const QSslCertificate& certificate);

enum class TrustFault {
    authority, // signed by another authority than the pinned one
    identity,  // another replica, another cluster, or no id at all
    date,      // expired or not valid yet
    other,     // TLS failed otherwise
};

// A connection that was stopped, with what was expected beside what came.
struct TrustProblem {
    TrustFault fault = TrustFault::other;
    QString expected;  // fingerprint or replica id; empty when it does not apply
    QString presented; // the same of what came; empty when it is not known
    QString message;   // one sentence
    friend bool operator==(const TrustProblem&, const TrustProblem&) = default;
};

// TLS 1.2 or newer, the pinned authority alone, every handshake whole (no resumed sessions, so that every
// connection shows its certificate).
[[nodiscard]] QSslConfiguration pinnedConfiguration(const TrustAnchor& anchor);

// Whether this certificate, whose chain was verified, is the expected peer's. `expected` empty: any replica.
[[nodiscard]] std::optional<TrustProblem> checkIdentity(const QSslCertificate& leaf,
                                                        const TrustAnchor& anchor,
                                                        const std::optional<ReplicaId>& expected);

// What a handshake's errors mean; nothing when all of them are host name mismatches, which the id outweighs.
[[nodiscard]] std::optional<TrustProblem> judgeSslErrors(const QList<QSslError>& errors,
                                                         const QList<QSslCertificate>& presentedChain,
                                                         const TrustAnchor& anchor);

} // namespace pilothouse::client
