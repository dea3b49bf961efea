// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/certificate_renewal.h"

#include "replica/node/issuer.h"
#include "replica/node/sleep.h"
#include "replica/security/files.h"

#include <memory>

namespace pilothouse::node {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t pemLimit = 256 * 1024;

Result<security::CertificateFacts> factsIn(const fs::path& file) {
    const auto pem = security::readFile(file, pemLimit);
    if (!pem) {
        return fail(pem.error());
    }
    auto facts = security::parseCertificate(*pem);
    return facts ? facts : failIn(file.string(), facts.error());
}

api::Certificate toApi(const security::CertificateFacts& facts, std::string use) {
    return {.use = std::move(use),
            .not_before = toRfc3339(facts.notBefore),
            .not_after = toRfc3339(facts.notAfter),
            .sha256 = facts.sha256};
}

} // namespace

struct CertificateRenewal::Leaf {
    const char* use;
    security::Profile profile;
    fs::path certificate;
    fs::path key;
    std::string url; // whose host it names
};

Result<api::Certificate> readCertificate(const fs::path& file, std::string use) {
    const auto facts = factsIn(file);
    return facts ? Result<api::Certificate>(toApi(*facts, std::move(use))) : fail(facts.error());
}

Result<std::vector<api::Certificate>> readCertificates(const provision::Layout& layout) {
    const std::pair<fs::path, const char*> wanted[] = {{layout.nodeCertificate(), "node"},
                                                       {layout.peerCertificate(), "engine-peer"},
                                                       {layout.clusterCa(), "cluster-ca"}};
    std::vector<api::Certificate> certificates;
    for (const auto& [path, use] : wanted) {
        auto read = readCertificate(path, use);
        if (!read) {
            return fail(read.error());
        }
        certificates.push_back(std::move(*read));
    }
    return certificates;
}

bool replacementDue(const security::CertificateFacts& facts, WallTime now) {
    return security::renewalDue(facts, now) || now < facts.notBefore;
}

Result<std::optional<api::Certificate>> CertificateRenewal::renew(const Leaf& leaf,
                                                                  const state::Snapshot& state) const {
    const WallTime now = m_clock.wall();
    const auto before = factsIn(leaf.certificate);
    if (before && !replacementDue(*before, now)) {
        return std::nullopt;
    }
    const auto authority = openAuthority(state, m_box, leaf.profile);
    if (!authority) {
        return fail(authority.error());
    }
    const auto keyPem = security::readPrivateFile(leaf.key, pemLimit);
    const auto key = keyPem ? security::PrivateKey::fromPem(*keyPem) : fail(keyPem.error());
    if (!key) {
        return fail(key.error());
    }
    const security::CertificateOrder order{
        leaf.profile, {ClusterId(m_identity.cluster_id), ReplicaId(m_identity.id)}, namesFor(leaf.url)};
    const auto pem = authority->issue(*key, order, now);
    const auto facts = pem ? security::parseCertificate(*pem) : fail(pem.error());
    if (!facts) {
        return fail(facts.error());
    }
    if (facts->notAfter <= now ||
        (before && now >= before->notBefore && facts->notAfter <= before->notAfter)) {
        // A certificate never outlives its authority.
        return fail(ErrorCode::conflict, "the authority that signs it ends on " + toRfc3339(facts->notAfter),
                    "The cluster needs a new certificate authority");
    }
    if (const Status written = security::writePrivateFile(leaf.certificate, *pem); !written) {
        return fail(written.error());
    }
    return toApi(*facts, leaf.use);
}

RenewalOutcome CertificateRenewal::renewDue(const state::Snapshot& state) const {
    const Leaf leaves[] = {
        {"node", security::Profile::node, m_layout.nodeCertificate(), m_layout.nodeKey(), m_identity.url},
        {"engine-peer", security::Profile::enginePeer, m_layout.peerCertificate(), m_layout.peerKey(),
         m_identity.peer_url}};
    RenewalOutcome outcome;
    for (const Leaf& leaf : leaves) {
        auto renewed = renew(leaf, state);
        if (!renewed) {
            outcome.failure = renewed.error();
            outcome.failure->message =
                std::string("the ") + leaf.use + " certificate cannot be renewed: " + renewed.error().message;
        } else if (*renewed) {
            outcome.renewed.push_back(std::move(**renewed));
        }
    }
    return outcome;
}

boost::asio::awaitable<void>
CertificateRenewal::run(const state::ReadModel& model, state::Worker& worker, Pauses pauses, Logger log,
                        std::function<void(const std::vector<api::Certificate>&)> onRenewed) const {
    std::string complaint; // said once
    for (;;) {
        const auto state = model.snapshot();
        auto outcome =
            std::make_shared<RenewalOutcome>(); // shared: this coroutine may be cancelled meanwhile
        std::function<Status()> work = [this, state, outcome] {
            *outcome = renewDue(*state);
            return Status();
        };
        (void)co_await worker.run(std::move(work));
        if (!outcome->renewed.empty()) {
            onRenewed(outcome->renewed);
        }
        const std::string now = outcome->failure ? outcome->failure->text() : std::string();
        if (!now.empty() && now != complaint) {
            log.warning(now);
        }
        complaint = now;
        co_await sleepFor(outcome->failure ? pauses.afterFailure : pauses.look);
    }
}

} // namespace pilothouse::node
