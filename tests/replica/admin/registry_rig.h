// SPDX-License-Identifier: GPL-3.0-or-later
// What the admin API's addresses about the registry work with, on the parts of a replica that tests have.
#pragma once

#include "replica/registry/repository_routes.h"

#include <boost/asio/io_context.hpp>

namespace pilothouse::admin::test {

struct RegistryRig {
    RegistryRig(boost::asio::io_context& io, const ReplicaId& self, state::StateWriter& stateWriter,
                state::ReadModel& model, state::StateFollower& follower, node::StatusBoard& board,
                node::PeerClient& peers, const Context& admin)
        : writer(stateWriter.engine(), model, follower, systemClock()), peerBlobs(peers, blobs),
          copier(io.get_executor(), model, blobs, peerBlobs, self, Logger()),
          access(blobs, peerBlobs, model, self, [](const blobs::BlobId&) {}),
          uploads(systemClock(), security::systemRandom(), self),
          context{systemClock(), security::systemRandom(),
                  self,          model,
                  follower,      writer,
                  blobs,         copier,
                  access,        peerBlobs,
                  peers,         uploads,
                  touches,       manifestBytes,
                  nullptr,       rate,
                  Logger()},
          views(model, follower, board, access), service(stateWriter, model, follower),
          repositories{admin, context, views, service,
                       [](bool) -> http::Awaitable<Result<registry::CollectorReport>> {
                           co_return registry::CollectorReport();
                       }} {}

    replication::LocalBlobs blobs{1};
    state::RegistryWriter writer;
    replication::PeerBlobs peerBlobs;
    replication::Copier copier;
    replication::BlobAccess access;
    registry::UploadTable uploads;
    registry::Touches touches;
    registry::ManifestBytes manifestBytes;
    registry::RequestRate rate;
    registry::Context context;
    registry::RepositoryViews views;
    state::RepositoryService service;
    registry::RepositoryContext repositories;
};

} // namespace pilothouse::admin::test
