// SPDX-License-Identifier: GPL-3.0-or-later
// The registry of a running replica, in the order in which it is built.
#pragma once

#include "replica/admin/context.h"
#include "replica/http/router.h"
#include "replica/node/task_group.h"
#include "replica/registry/authorizer.h"
#include "replica/registry/collector.h"
#include "replica/registry/context.h"
#include "replica/registry/repository_routes.h"
#include "replica/registry/tokens.h"
#include "replica/replication/blob_access.h"
#include "replica/replication/copier.h"
#include "replica/replication/fetcher.h"
#include "replica/replication/scrubber.h"
#include "replica/replication/sweeper.h"

#include <boost/asio/any_io_executor.hpp>

namespace pilothouse {

// What it works with; all of it outlives it.
struct RegistryUses {
    boost::asio::any_io_executor executor;
    const Clock& clock;
    ClusterId cluster;
    ReplicaId self;
    const security::SealedBox& box;
    engine::Engine& engine;
    state::ReadModel& model;
    state::StateFollower& follower;
    node::PeerClient& peers;
    node::StatusBoard& board;
    state::StateWriter& writer;
    const admin::Context& admin;
    admin::Authenticator& authenticator;
    replication::Fetcher::Spawn spawn;   // on `strand`
    boost::asio::any_io_executor strand; // of the background work
    std::function<bool()> leads;
    std::function<bool()> learns;                  // this replica has no vote yet
    replication::Fetcher::OnChange onCompleteness; // on `strand`
    replication::ScrubberOptions scrubbing;
    registry::CollectorOptions collecting;
};

struct RegistryParts {
    RegistryParts(const RegistryUses& uses, const Logger& log);

    // Before the servers start, blocking. ErrorCode as BlobStore::open().
    [[nodiscard]] Status open(const std::filesystem::path& folder) { return local.open(folder); }
    // Everything under /v2/, what the admin API tells of it, and what replicas ask each other.
    void addRoutes(http::Router& router);
    // What goes on beside serving.
    void startTasks(node::TaskGroup& tasks);
    // Waits for what is being read or written. Nothing may run any more.
    void stop() { local.stop(); }

    replication::LocalBlobs local;
    state::RegistryWriter writer;
    replication::PeerBlobs peerBlobs;
    replication::Copier copier;
    replication::Fetcher fetcher;
    replication::BlobAccess access;
    replication::Sweeper sweeper;
    replication::Scrubber scrubber;
    registry::Collector collector;
    registry::UploadTable uploads;
    registry::Touches touches;
    registry::ManifestBytes manifestBytes;
    registry::RequestRate rate;
    state::KeyRing keyRing;
    registry::TokenService tokens;
    registry::Authorizer authorizer;
    registry::Context context;
    registry::RepositoryViews views;
    state::RepositoryService repositories;
    registry::RepositoryContext repositoryContext;

private:
    [[nodiscard]] boost::asio::awaitable<Result<registry::CollectorReport>>
    collectOn(boost::asio::any_io_executor strand, bool dryRun);
    // Lets go uploads that nobody has touched for long.
    [[nodiscard]] boost::asio::awaitable<void> expiring();
};

} // namespace pilothouse
