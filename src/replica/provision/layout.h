// SPDX-License-Identifier: GPL-3.0-or-later
// Where things lie in a replica's data folder. Folders are 0700, files 0600.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

namespace pilothouse::provision {

class Layout {
public:
    using Path = std::filesystem::path;

    explicit Layout(Path dataFolder) : m_root(std::move(dataFolder)) {}

    [[nodiscard]] const Path& root() const { return m_root; }
    [[nodiscard]] Path identity() const { return m_root / "replica.json"; }
    // What the first member to start puts into the empty state; gone after that.
    [[nodiscard]] Path bootstrap() const { return m_root / "bootstrap.json"; }
    // Keys of a join that was not answered yet.
    [[nodiscard]] Path pendingJoin() const { return m_root / "join.pending"; }
    // Of a host that waits to be joined: what it goes on with after a restart, and the line that it shows.
    [[nodiscard]] Path pendingSetup() const { return m_root / "setup.pending"; }
    [[nodiscard]] Path setupCode() const { return m_root / "setup-code"; }

    [[nodiscard]] Path tls() const { return m_root / "tls"; }
    [[nodiscard]] Path nodeKey() const { return tls() / "node.key"; }
    [[nodiscard]] Path nodeCertificate() const { return tls() / "node.crt"; }
    [[nodiscard]] Path clusterCa() const { return tls() / "cluster-ca.crt"; }

    [[nodiscard]] Path engine() const { return m_root / "engine"; }
    [[nodiscard]] Path peerKey() const { return engine() / "peer.key"; }
    [[nodiscard]] Path peerCertificate() const { return engine() / "peer.crt"; }
    [[nodiscard]] Path peerCa() const { return engine() / "peer-ca.crt"; }
    [[nodiscard]] Path engineClientCa() const { return engine() / "client-ca.crt"; }
    [[nodiscard]] Path engineClientKey() const { return engine() / "client.key"; }
    [[nodiscard]] Path engineClientCertificate() const { return engine() / "client.crt"; }
    [[nodiscard]] Path engineData() const { return engine() / "data"; }

    [[nodiscard]] Path secrets() const { return m_root / "secrets"; }
    [[nodiscard]] Path clusterKey() const { return secrets() / "cluster.key"; }

    [[nodiscard]] Path blobs() const { return m_root / "blobs"; }
    [[nodiscard]] Path projection() const { return m_root / "projection.sqlite"; }
    [[nodiscard]] Path pendingEvents() const { return m_root / "pending-events"; }
    // Its being there says that the cluster has removed this replica: its engine's data is not started again.
    [[nodiscard]] Path removed() const { return m_root / "removed"; }
    // That a repair has taken the cluster into a later epoch: see node/epoch_fence.h.
    [[nodiscard]] Path newerEpoch() const { return m_root / "newer-epoch.json"; }
    // The last repair from this replica: see repair/journal.h. And the folder with what its engine had before.
    [[nodiscard]] Path repairJournal() const { return m_root / "repair.json"; }
    [[nodiscard]] Path beforeEpoch(std::int64_t epoch) const {
        return m_root / ("before-epoch-" + std::to_string(epoch));
    }
    // What it had in a repaired epoch that was put back.
    [[nodiscard]] Path afterEpoch(std::int64_t epoch) const {
        return m_root / ("after-epoch-" + std::to_string(epoch));
    }
    [[nodiscard]] Path lock() const { return m_root / "lock"; }
    // Comes and goes while the disk is tried.
    [[nodiscard]] Path diskProbe() const { return m_root / ".disk-probe"; }
    [[nodiscard]] Path enginePid() const { return m_root / "engine.pid"; }
    [[nodiscard]] Path localSocket() const { return m_root / "local.sock"; }

private:
    Path m_root;
};

} // namespace pilothouse::provision
