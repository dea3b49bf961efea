// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/engine_setup.h"

#include "replica/http/tls.h"

namespace pilothouse::node {

engine::EtcdOptions etcdOptionsOf(const provision::Layout& layout, const provision::Identity& identity) {
    engine::EtcdOptions etcd;
    etcd.name = identity.id;
    etcd.clusterToken = identity.cluster_id + "-" + std::to_string(identity.epoch);
    etcd.dataDir = layout.engineData();
    etcd.pidFile = layout.enginePid();
    etcd.clientPort = static_cast<std::uint16_t>(identity.listen.engine_client_port);
    etcd.peerListenHost = identity.listen.host;
    etcd.peerPort = static_cast<std::uint16_t>(identity.listen.engine_peer_port);
    etcd.peerAdvertiseUrl = identity.peer_url;
    etcd.initialCluster = identity.initial_cluster;
    etcd.existingCluster = identity.initial_cluster_state == "existing";
    etcd.clientCa = layout.engineClientCa();
    etcd.clientCertificate = layout.engineClientCertificate();
    etcd.clientKey = layout.engineClientKey();
    etcd.peerCa = layout.peerCa();
    etcd.peerCertificate = layout.peerCertificate();
    etcd.peerKey = layout.peerKey();
    return etcd;
}

Result<engine::EngineAddress> engineAddressOf(const provision::Layout& layout,
                                              const provision::Identity& identity) {
    const auto files = http::readTlsFiles({.certificates = layout.engineClientCertificate().string(),
                                           .privateKey = layout.engineClientKey().string(),
                                           .authorities = layout.engineClientCa().string(),
                                           .clientCertificate = http::ClientCertificate::none});
    if (!files) {
        return fail(files.error());
    }
    return engine::EngineAddress{.port = static_cast<std::uint16_t>(identity.listen.engine_client_port),
                                 .certificates = files->certificates,
                                 .privateKey = files->privateKey,
                                 .authorities = files->authorities};
}

} // namespace pilothouse::node
