// SPDX-License-Identifier: GPL-3.0-or-later
// The first look at a cluster that is not trusted yet: whose authority is it, for a person to compare.
//
// No credentials are sent. The authority that the replica names at /ca is proven to have signed the replica's
// own certificate by connecting a second time with nothing but that authority.
#pragma once

#include "client/trust.h"

#include <QDateTime>
#include <QFuture>
#include <QUrl>

namespace pilothouse::client {

struct PresentedAuthority {
    TrustAnchor anchor;  // what to pin if the person trusts it
    QString fingerprint; // SHA-256, to compare with `sudo pilothouse-replica fingerprint`
    QString name;        // the authority's common name
    QDateTime madeAt;
    QDateTime validTo;
    PeerIdentity replica; // who answered, signed by it
};

// Looks at the replica at `address`. Ends within `deadline`; never blocks. Errors: unavailable (with how it
// failed), timeout, corrupt (no certificate at /ca, or it did not sign the replica).
[[nodiscard]] QFuture<Result<PresentedAuthority>>
lookAtAuthority(const QUrl& address, std::chrono::milliseconds deadline = std::chrono::seconds(8));

} // namespace pilothouse::client
