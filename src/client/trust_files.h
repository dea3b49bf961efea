// SPDX-License-Identifier: GPL-3.0-or-later
// The files by which other programs trust a cluster's CA: what is there, putting it there, taking it away.
//
// The authority is always one that is pinned here already; nothing in this file asks the network.
#pragma once

#include "client/trust.h"
#include "domain/client_trust.h"

namespace pilothouse::client {

enum class TrustState {
    trusted, // this authority, alone or among others
    missing,
    different,  // something else is there
    unreadable, // not even whether there is something
};

struct TrustFound {
    TrustState state = TrustState::missing;
    bool amongOthers = false; // trusted, and the file has further certificates
    QString fingerprint;      // different: of the certificate that is there; empty if there is none

    // The file is this authority's and nobody else's: only such a one may be taken away.
    [[nodiscard]] bool isAlone() const { return state == TrustState::trusted && !amongOthers; }
};

[[nodiscard]] TrustFound lookAtTrust(const domain::TrustFile& file, const QSslCertificate& authority);

// Writes the file whole or not at all, readable for everybody, as the folders that it makes. Replaces what is
// there.
[[nodiscard]] Status installTrust(const domain::TrustFile& file, const QSslCertificate& authority);

// Removes the file, and its folder if nothing else is in it: clients that find an empty folder look no
// further.
[[nodiscard]] Status removeTrust(const domain::TrustFile& file);

// A copy of the authority in a file of this user, for commands that need one: <data
// home>/pilothouse/authorities/ <fingerprint>.crt. Gives its path.
[[nodiscard]] Result<QString> keepAuthority(const QSslCertificate& authority);

} // namespace pilothouse::client
