// SPDX-License-Identifier: GPL-3.0-or-later
// Deletes blobs that no manifest names, while the registry is in use.
//
// Three steps, each a transaction that compares what it relies on. A blob that was found unreferenced for
// long enough begins to die: from then on nobody is told that it is there, and who needs it pushes it anew,
// as another incarnation. When every voter has applied that, it is dead and its files go. When every voter
// has applied that, too, its record goes. Pushes never wait for any of it.
#pragma once

#include "base/log.h"
#include "replica/registry/grace.h"
#include "replica/replication/peer_blobs.h"
#include "replica/state/follower.h"
#include "replica/state/read_model.h"
#include "replica/state/registry_plans.h"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <string>
#include <vector>

namespace pilothouse::registry {

struct CollectorReport {
    std::int64_t unreferenced = 0; // blobs that no manifest names
    std::int64_t unreferencedBytes = 0;
    std::int64_t due = 0; // of those, the ones whose time has passed
    std::int64_t dueBytes = 0;
    std::int64_t deleted = 0; // records that went in this run
    std::int64_t deletedBytes = 0;
    friend bool operator==(const CollectorReport&, const CollectorReport&) = default;
};

struct CollectorOptions {
    Milliseconds shortestPause{1'000}; // between two runs, however short the grace time; more than 0
};

class Collector {
public:
    // `leads`: whether this replica's engine leads now. Everything runs on one strand.
    Collector(engine::Engine& engine, state::ReadModel& model, state::StateFollower& follower,
              replication::PeerBlobs& peers, const Clock& clock, ReplicaId self, std::function<bool()> leads,
              CollectorOptions options, Logger log);

    // Collects now and then while this replica leads, until it is cancelled.
    [[nodiscard]] boost::asio::awaitable<void> run();
    // One run. A dry one only looks. ErrorCode::conflict while a run goes on, here or at another
    // replica.
    [[nodiscard]] boost::asio::awaitable<Result<CollectorReport>> collect(bool dryRun);

private:
    struct Blob {
        std::string digest;
        state::Stored<state::BlobRecord> stored;
    };
    using Blobs = std::vector<Blob>;
    // What a look at all blobs found to be done; of each no more than go in one run.
    struct Found {
        MonotonicTime at;              // when the look began
        std::chrono::minutes grace{0}; // by the setting of then
        CollectorReport report;
        Blobs due; // live, and unreferenced for long enough
        Blobs dying;
        Blobs dead;
    };
    [[nodiscard]] boost::asio::awaitable<Result<Found>> look();
    // One blob of them.
    void take(Blob blob, bool referenced, Found& found);
    [[nodiscard]] boost::asio::awaitable<Status> act(Found found, CollectorReport& report);
    // Writes `plan` for each; gives those that it was true of, with the phase and revision of after.
    [[nodiscard]] boost::asio::awaitable<Result<Blobs>> writeEach(Blobs blobs, state::BlobPhase phase);
    [[nodiscard]] boost::asio::awaitable<Status> everyVoterHas(const Blobs& blobs);
    [[nodiscard]] std::chrono::minutes grace() const;
    [[nodiscard]] Milliseconds pause() const;

    engine::Engine& m_engine;
    state::ReadModel& m_model;
    state::StateFollower& m_follower;
    replication::PeerBlobs& m_peers;
    const Clock& m_clock;
    const ReplicaId m_self;
    const std::function<bool()> m_leads;
    const CollectorOptions m_options;
    Logger m_log;
    Grace m_grace;
};

} // namespace pilothouse::registry
