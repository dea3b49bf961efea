// SPDX-License-Identifier: GPL-3.0-or-later
// What the registry's routes work with. All of it outlives the server.
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "replica/http/exchange.h"
#include "replica/node/peer_client.h"
#include "replica/registry/access.h"
#include "replica/registry/manifest_bytes.h"
#include "replica/registry/path.h"
#include "replica/registry/request_rate.h"
#include "replica/registry/touches.h"
#include "replica/registry/uploads.h"
#include "replica/replication/blob_access.h"
#include "replica/replication/copier.h"
#include "replica/security/random.h"
#include "replica/state/follower.h"
#include "replica/state/read_model.h"
#include "replica/state/registry_writer.h"

#include <functional>
#include <set>
#include <string>

namespace pilothouse::registry {

// Looks who asks and whether he may do all of `actions` in the repository ("": only whether he is known).
// Gives the answer for those who may not.
using Authorize = std::function<http::Awaitable<tl::expected<Granted, http::Response>>(
    const http::Request& request, std::string repository, std::set<Action> actions)>;

struct Context {
    const Clock& clock;
    const security::Random& random;
    ReplicaId self;
    state::ReadModel& model;
    state::StateFollower& follower;
    state::RegistryWriter& writer;
    replication::LocalBlobs& local;
    replication::Copier& copier;
    replication::BlobAccess& blobs;
    replication::PeerBlobs& peerBlobs;
    node::PeerClient& peers;
    UploadTable& uploads;
    Touches& touches;
    ManifestBytes& manifestBytes;
    Authorize authorize;
    RequestRate& rate;
    Logger audit;
};

// One request to the registry, with what was found out about it.
struct Call {
    const Context& context;
    http::Exchange& exchange;
    Path path;
    Granted granted;
};

} // namespace pilothouse::registry
