// SPDX-License-Identifier: GPL-3.0-or-later
// A replica's own certificates, renewed before they expire: the one of its HTTPS server, which it also shows
// to its peers, and the one of its engine's peer endpoint.
//
// The key stays: key and certificate are two files, and only one file can be replaced at a stroke. Whoever
// could steal that key could take the cluster key beside it, too.
#pragma once

#include "api/status.h"
#include "base/clock.h"
#include "base/log.h"
#include "replica/provision/identity.h"
#include "replica/provision/layout.h"
#include "replica/security/certificates.h"
#include "replica/security/sealed_box.h"
#include "replica/state/read_model.h"
#include "replica/state/worker.h"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::node {

// As it is reported: "node", "engine-peer" or "cluster-ca".
[[nodiscard]] Result<api::Certificate> readCertificate(const std::filesystem::path& file, std::string use);
// All of the replica's, or why one cannot be read.
[[nodiscard]] Result<std::vector<api::Certificate>> readCertificates(const provision::Layout& layout);

// Whether it is to be replaced at `now`: two thirds of its life are over, or it is not valid yet (it was made
// while the host's clock was ahead).
[[nodiscard]] bool replacementDue(const security::CertificateFacts& facts, WallTime now);

struct RenewalOutcome {
    std::vector<api::Certificate> renewed; // that lie in the data folder now
    std::optional<Error> failure;          // why another one that is due is not
};

class CertificateRenewal {
public:
    struct Pauses {
        std::chrono::seconds look{60};        // between two looks
        std::chrono::seconds afterFailure{5}; // until it is tried again
    };

    // What it is given must outlive it.
    CertificateRenewal(const Clock& clock, const provision::Layout& layout,
                       const provision::Identity& identity, const security::SealedBox& box)
        : m_clock(clock), m_layout(layout), m_identity(identity), m_box(box) {}

    // Replaces what is due, and a certificate that is missing or unreadable, with the keys in `state`. Blocks
    // for some milliseconds of signing and syncing.
    [[nodiscard]] RenewalOutcome renewDue(const state::Snapshot& state) const;

    // Looks until it is cancelled; works in `worker`. `onRenewed` is called on the coroutine's executor after
    // new files are in their places.
    [[nodiscard]] boost::asio::awaitable<void>
    run(const state::ReadModel& model, state::Worker& worker, Pauses pauses, Logger log,
        std::function<void(const std::vector<api::Certificate>&)> onRenewed) const;

private:
    struct Leaf;
    // The new certificate; nullopt when none is due.
    [[nodiscard]] Result<std::optional<api::Certificate>> renew(const Leaf& leaf,
                                                                const state::Snapshot& state) const;

    const Clock& m_clock;
    const provision::Layout& m_layout;
    const provision::Identity& m_identity;
    const security::SealedBox& m_box;
};

} // namespace pilothouse::node
