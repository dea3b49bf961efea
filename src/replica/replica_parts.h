// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that a running replica consists of, in the order in which it is built (and the reverse of which
// it goes).
#pragma once

#include "replica/admin/authenticator.h"
#include "replica/admin/context.h"
#include "replica/admin/failure_log.h"
#include "replica/engine/etcd_engine.h"
#include "replica/engine/etcd_process.h"
#include "replica/engine/fenced_engine.h"
#include "replica/http/router.h"
#include "replica/http/server.h"
#include "replica/node/certificate_renewal.h"
#include "replica/node/drain_switch.h"
#include "replica/node/engine_monitor.h"
#include "replica/node/engine_probe.h"
#include "replica/node/epoch_fence.h"
#include "replica/node/event_watch.h"
#include "replica/node/joining.h"
#include "replica/node/leadership.h"
#include "replica/node/local_server.h"
#include "replica/node/lock_file.h"
#include "replica/node/membership_upkeep.h"
#include "replica/node/peer_client.h"
#include "replica/node/peer_monitor.h"
#include "replica/node/task_group.h"
#include "replica/node/upkeep.h"
#include "replica/operations/check_service.h"
#include "replica/provision/identity.h"
#include "replica/repair/repair_desk.h"
#include "replica/replica.h"
#include "replica/replica_local.h"
#include "replica/replica_operations.h"
#include "replica/replica_registry.h"
#include "replica/state/access_tokens.h"
#include "replica/state/cluster_service.h"
#include "replica/state/event_recorder.h"
#include "replica/state/housekeeping.h"
#include "replica/state/join_tokens.h"
#include "replica/state/signing_keys.h"
#include "replica/state/users.h"
#include "replica/state/worker.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace pilothouse {

// What was read from the data folder before anything runs.
struct ReplicaFiles {
    provision::Layout layout;
    node::LockFile lock;
    provision::Identity identity;
    std::string clusterCa; // PEM
    std::string clusterKey;
    security::SealedBox box;
    std::shared_ptr<http::TlsContext> serverTls;
    std::shared_ptr<http::TlsContext> peerTls; // client side, to other replicas
    engine::EngineAddress engine;
    std::vector<api::Certificate> certificates;
    std::vector<api::Certificate> renewed; // of those, while reading
};
// Renews certificates that are due. ErrorCode::conflict when the folder is in use, or the cluster has
// outgrown this version.
[[nodiscard]] Result<ReplicaFiles> readReplicaFiles(const std::filesystem::path& dataDir, const Clock& clock,
                                                    const Logger& log);
// What a replica shows its peers and clients.
[[nodiscard]] Result<http::TlsOptions> nodeTls(const provision::Layout& layout);
// How its engine is run.
[[nodiscard]] engine::EtcdOptions engineOptions(const ReplicaOptions& options,
                                                const provision::Layout& layout,
                                                const provision::Identity& identity);
// Carries out what a repair has still to do on the data folder, if anything; its ports say so meanwhile.
// Blocks: see repair::carryOut().
[[nodiscard]] Status finishRepair(const ReplicaOptions& options, const Clock& clock, const Logger& log);
// New connections use the certificates that lie in the data folder now.
[[nodiscard]] Status reloadTls(const ReplicaFiles& files);

// Plain construction: no thread runs and no port is open yet.
struct ReplicaParts {
    ReplicaParts(ReplicaOptions options, ReplicaFiles files, boost::asio::io_context& io);

    ReplicaOptions options;
    ReplicaFiles files;
    const Clock& clock;
    Logger log;
    ReplicaId id;
    boost::asio::any_io_executor strand; // all monitors and upkeep
    state::Worker diskWorker;            // probes may hang as long as a disk does

    node::StatusBoard board;
    node::EpochFence fence;
    engine::EtcdEngine etcdEngine;
    engine::FencedEngine engine;
    state::ReadModel model;
    state::StateFollower follower;
    state::StateWriter writer;
    state::UserService users;
    state::AccessTokenService accessTokens;
    state::SettingService settings;
    state::JoinTokenService joinTokens;
    state::MembershipService membership;
    state::ClusterService clusterService;
    state::Housekeeping housekeeping;
    state::SigningKeyService signingKeys;
    state::EventRecorder recorder;

    node::TrafficMeter traffic;
    node::EventWatch events;
    node::EngineMonitor monitor;
    node::PeerClient peerClient;
    node::EngineProbe engineProbe;
    node::PeerMonitor peers;
    node::DrainSwitch drain;
    node::Upkeep upkeep;
    node::Leadership leadership;
    node::Joining joining;
    operations::CheckService checks;
    OperationParts operations;
    std::atomic<bool> restartWanted = false;
    repair::RepairDesk repair;
    node::MembershipUpkeep membershipUpkeep;
    node::CertificateRenewal renewal;

    admin::Authenticator authenticator;
    admin::RequestMeter requests;
    admin::FailureLog failures;
    RegistryParts registry;
    admin::Context context;
    http::Router router;      // HTTPS
    http::Router plainRouter; // HTTP
    http::Server httpsServer;
    http::Server httpServer;
    LocalOrders localOrders;
    node::LocalServer localServer;

    std::mutex failureMutex;
    std::optional<Error> failure;
    std::unique_ptr<engine::EtcdProcess> process;
    node::TaskGroup tasks; // last: it goes first

    void fail(Error error);
    [[nodiscard]] std::optional<int> enginePid() const { return process ? process->pid() : std::nullopt; }
    // The engine's process; errors as EtcdProcess::start().
    [[nodiscard]] Status startEngine();
    // Of both ports.
    [[nodiscard]] http::ServerCounts connections() const;
    // Spawns every long-running coroutine.
    void startTasks();
    // Waits for what is being read or written. Nothing may run any more.
    void stopDisks();

private:
    [[nodiscard]] bool leads() const {
        return board.snapshot()->status.self.consensus.role == api::Role::leader;
    }
    [[nodiscard]] RegistryUses registryUses(boost::asio::io_context& io);
    void takeCompleteness(const replication::Completeness& now);
    [[nodiscard]] admin::Context makeContext();
    void takeNewerEpoch(const std::optional<api::NewerEpoch>& by);
    void peerChanged(const api::Member& peer, bool answers);
    [[nodiscard]] node::HeartbeatAsker heartbeatAsker();
    [[nodiscard]] boost::asio::awaitable<node::HeartbeatAnswer> askHeartbeat(api::Member peer);
    [[nodiscard]] boost::asio::awaitable<bool> askEngine(const api::Member& peer);
    [[nodiscard]] http::ServerOptions serverOptions(bool tls);
    void finished(const http::ExchangeReport& report);
    void connect(); // what needs all of them
    void addRoutes();
    void engineGivenUp(const Error& why);
    void takeRenewed(const std::vector<api::Certificate>& renewed);
};

} // namespace pilothouse
