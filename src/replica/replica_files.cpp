// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/certificate_renewal.h"
#include "replica/node/engine_setup.h"
#include "replica/node/last_known_state.h"
#include "replica/provision/engine_client.h"
#include "replica/replica_parts.h"
#include "replica/security/files.h"
#include "replica/state/feature_level.h"

namespace pilothouse {
namespace {

namespace fs = std::filesystem;

Status makeTls(ReplicaFiles& files) {
    const auto& layout = files.layout;
    auto node = nodeTls(layout);
    auto engine = node::engineAddressOf(layout, files.identity);
    if (!node || !engine) {
        return fail(node ? engine.error() : node.error());
    }
    files.clusterCa = node->authorities;
    auto server = http::TlsContext::server(*node);
    auto peer = http::TlsContext::client(*node);
    for (const auto* context : {&server, &peer}) {
        if (!*context) {
            return failIn(layout.root().string(), context->error());
        }
    }
    files.serverTls = *server;
    files.peerTls = *peer;
    files.engine = std::move(*engine);
    return {};
}

// For the rare cases that renewal at the start has not cured.
std::string adviceOnExpired(const std::string& use) {
    const std::string clock = "Check this host's clock; if it is right, ";
    if (use == "cluster-ca") {
        return clock + "nobody can trust this cluster's replicas any more: it needs a new authority";
    }
    return clock +
           "peers and clients refuse this replica, and the key that signs a new certificate is not in its "
           "read model: it signs one as soon as its engine gives the key. Where that does not happen "
           "within a minute, remove this replica and join again with an empty data folder";
}

// With what was known of the state when this replica last ran: also without quorum.
Status renewCertificates(ReplicaFiles& files, const state::Snapshot& known, const Clock& clock,
                         const Logger& log) {
    const node::CertificateRenewal renewal(clock, files.layout, files.identity, files.box);
    auto outcome = renewal.renewDue(known);
    if (outcome.failure) {
        log.warning(outcome.failure->text());
    }
    files.renewed = std::move(outcome.renewed);
    auto certificates = node::readCertificates(files.layout);
    if (!certificates) {
        return fail(certificates.error());
    }
    files.certificates = std::move(*certificates);
    const std::string now = toRfc3339(clock.wall());
    for (const auto& certificate : files.certificates) {
        if (certificate.not_after > now) { // RFC 3339 in UTC sorts as text
            continue;
        }
        log.warning("the " + certificate.use + " certificate of " + files.identity.name + " expired at " +
                    certificate.not_after + ". " + adviceOnExpired(certificate.use));
    }
    return {};
}

} // namespace

Result<http::TlsOptions> nodeTls(const provision::Layout& layout) {
    return http::readTlsFiles({.certificates = layout.nodeCertificate().string(),
                               .privateKey = layout.nodeKey().string(),
                               .authorities = layout.clusterCa().string(),
                               .clientCertificate = http::ClientCertificate::optional});
}

Status reloadTls(const ReplicaFiles& files) {
    const auto node = nodeTls(files.layout);
    if (!node) {
        return fail(node.error());
    }
    return files.serverTls->reload(*node).and_then([&] { return files.peerTls->reload(*node); });
}

Result<ReplicaFiles> readReplicaFiles(const fs::path& dataDir, const Clock& clock, const Logger& log) {
    provision::Layout layout(fs::absolute(dataDir));
    auto identity = provision::loadIdentity(layout);
    if (!identity) {
        return fail(identity.error());
    }
    auto lock = node::LockFile::acquire(layout.lock());
    if (!lock) {
        return fail(lock.error());
    }
    if (fs::exists(layout.removed())) {
        return fail(ErrorCode::forbidden, identity->name + " was removed from its cluster",
                    "Join again with a new data folder");
    }
    auto key = security::readPrivateFile(layout.clusterKey(), 1024);
    if (!key) {
        return fail(key.error());
    }
    auto box = security::SealedBox::create(*key);
    if (!box) {
        return failIn(layout.clusterKey().string(), box.error());
    }
    const auto known = node::readLastKnownState(layout, *identity, log);
    if (known->cluster) {
        const auto level = known->cluster->record.feature_level;
        if (auto admitted = state::admitFeatureLevel(state::ownFeatureLevel, level); !admitted) {
            return failIn(layout.root().string(), admitted.error());
        }
    }
    // New for each start, so that a stolen key ages; no engine runs on this folder now.
    if (auto written = provision::writeEngineClientCertificates(layout, clock.wall()); !written) {
        return fail(written.error());
    }
    ReplicaFiles files{.layout = layout,
                       .lock = std::move(*lock),
                       .identity = std::move(*identity),
                       .clusterCa = {},
                       .clusterKey = std::move(*key),
                       .box = std::move(*box),
                       .serverTls = {},
                       .peerTls = {},
                       .engine = {},
                       .certificates = {},
                       .renewed = {}};
    if (auto renewed = renewCertificates(files, *known, clock, log); !renewed) {
        return fail(renewed.error());
    }
    if (auto tls = makeTls(files); !tls) {
        return fail(tls.error());
    }
    return files;
}

} // namespace pilothouse
