// SPDX-License-Identifier: GPL-3.0-or-later
// The registry of a running replica, in the order in which it is built.
#pragma once

#include "replica/admin/context.h"
#include "replica/http/router.h"
#include "replica/registry/context.h"
#include "replica/replication/blob_access.h"
#include "replica/replication/copier.h"

#include <boost/asio/any_io_executor.hpp>

namespace pilothouse {

// What it works with; all of it outlives it.
struct RegistryUses {
    boost::asio::any_io_executor executor;
    const Clock& clock;
    ReplicaId self;
    engine::Engine& engine;
    state::ReadModel& model;
    state::StateFollower& follower;
    node::PeerClient& peers;
    admin::Authenticator& authenticator;
};

struct RegistryParts {
    RegistryParts(const RegistryUses& uses, const Logger& log);

    // Before the servers start, blocking. ErrorCode as BlobStore::open().
    [[nodiscard]] Status open(const std::filesystem::path& folder) { return local.open(folder); }
    // Everything under /v2/, and what replicas ask each other.
    void addRoutes(http::Router& router, const admin::Context& admin);
    // Lets go what nobody has used for long.
    [[nodiscard]] boost::asio::awaitable<void> expiring();
    // Waits for what is being read or written. Nothing may run any more.
    void stop() { local.stop(); }

    replication::LocalBlobs local;
    state::RegistryWriter writer;
    replication::PeerBlobs peerBlobs;
    replication::Copier copier;
    replication::BlobAccess access;
    registry::UploadTable uploads;
    registry::Context context;
};

} // namespace pilothouse
