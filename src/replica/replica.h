// SPDX-License-Identifier: GPL-3.0-or-later
// pilothouse::replica: one registry replica, to be embedded in a C++ program.
//
//     auto replica = pilothouse::Replica::start({.dataDir = "/var/lib/pilothouse"});
//     if (!replica) { std::cerr << replica.error().text() << '\n'; return 1; }
//     …
//     (*replica)->stop();
//
// A replica's data folder is made once, by provision::createCluster() or by `pilothouse-replica join`, and
// belongs to one running replica at a time. resources/examples/embedded_replica.cpp is a whole program. The
// library keeps nothing global, installs no signal handler and writes to no standard stream; several replicas
// may run in one process. Threads: all functions may be called from any thread; callbacks come on the
// replica's own threads and must return quickly.
#pragma once

#include "api/admin.h"
#include "api/status.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse {

struct ReplicaOptions {
    // Each has an initialiser, also where it changes nothing, so that naming a few of them draws no warning.
    std::filesystem::path dataDir = {};       // see above
    std::filesystem::path engineProgram = {}; // etcd; empty: found in $PATH
    std::optional<std::string> externalUrl =
        {};                            // https://HOST[:PORT] of the load balancer; nullopt: as recorded
    int threads = 2;                   // that serve requests, 1 to 64
    Milliseconds engineHeartbeat{100}; // between the engine's heartbeats
    Milliseconds engineElection{
        1000};                      // without a leader's heartbeat, then an election; 5 heartbeats at least
    Milliseconds enginePoll{200};   // between looks at the engine's role and log
    Milliseconds peerInterval{500}; // between heartbeats to each peer
    std::int64_t engineQuotaBytes = std::int64_t{2} << 30; // database size limit, at most 8 GiB
    std::int64_t diskFloorBytes = std::int64_t{1} << 30;   // free space below which the replica is unhealthy
    // Every copy of a blob is read in turn, so fast at most, and again after a pause.
    std::uint64_t scrubBytesPerSecond = std::uint64_t{8} << 20;
    std::chrono::seconds scrubPause{3600};
    // Between two looks for blobs that no manifest names, at least; a tenth of their grace time when that is
    // more.
    Milliseconds collectPause{1000};
    LogSink log = {}; // empty: nothing is logged
    LogLevel logLevel = LogLevel::info;
    std::function<void(const api::Event&)> onEvent =
        {}; // each recorded event, once it is in this replica's state
};

// Where a running replica listens.
struct ReplicaAddresses {
    std::string url;     // https
    std::string httpUrl; // health checks and redirect
};

class Replica {
public:
    // Starts engine and servers, and returns once both ports listen, after what a repair has left to do on
    // the folder (see wantsRestart()); a cluster may take longer to find its quorum: see waitUntilHealthy().
    // Errors: the folder is missing, in use, damaged or of another version; a port is taken; etcd is missing.
    [[nodiscard]] static Result<std::unique_ptr<Replica>> start(ReplicaOptions options);

    // Stops, with the default deadline, unless stop() was called.
    ~Replica();
    Replica(const Replica&) = delete;
    Replica& operator=(const Replica&) = delete;

    [[nodiscard]] std::string id() const;
    [[nodiscard]] ReplicaAddresses addresses() const;
    // The CA's certificate, PEM: what clients have to trust.
    [[nodiscard]] std::string clusterCa() const;
    // The cluster as this replica sees it now. Never blocks.
    [[nodiscard]] api::ClusterStatus status() const;
    // Blocks until this replica takes traffic.
    [[nodiscard]] Status waitUntilHealthy(Milliseconds deadline) const;

    // Hands leadership over, lets running requests finish, stops the engine. Blocks for at most `deadline`.
    Status stop(Milliseconds deadline = Milliseconds(5000));
    // Whether it wants to be stopped, and another one to be started on its folder: a restart was ordered, or
    // a repair, which works on the folder before a replica starts there.
    [[nodiscard]] bool wantsRestart() const;
    // Whether it stopped by itself; the error says why (a removed member, an engine that does not stay up,
    // …).
    [[nodiscard]] std::optional<Error> failure() const;

private:
    class Impl;
    explicit Replica(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace pilothouse
