// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replica_registry.h"

#include "replica/node/sleep.h"
#include "replica/registry/routes.h"
#include "replica/registry/token_routes.h"
#include "replica/replication/peer_routes.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace pilothouse {
namespace {

constexpr std::size_t diskThreads = 8;
constexpr Milliseconds betweenSweeps{60'000};

registry::Authorize authorizeBy(const registry::Authorizer& authorizer) {
    return [&authorizer](const http::Request& request, std::string repository,
                         std::set<registry::Action> actions) {
        return authorizer.authorize(request, std::move(repository), std::move(actions));
    };
}

} // namespace

RegistryParts::RegistryParts(const RegistryUses& uses, const Logger& log)
    : local(diskThreads), writer(uses.engine, uses.model, uses.follower, uses.clock),
      peerBlobs(uses.peers, local),
      copier(uses.executor, uses.model, local, peerBlobs, uses.self, log.named("blobs")),
      fetcher(uses.strand, uses.spawn, uses.onCompleteness, uses.clock, local, peerBlobs, uses.model,
              uses.follower, uses.self, {.learns = uses.learns}, log.named("blobs")),
      access(local, peerBlobs, uses.model, uses.self, [this](const blobs::BlobId& id) { fetcher.want(id); }),
      sweeper(uses.clock, local, uses.model, uses.follower, log.named("blobs")),
      scrubber(
          local, [this](const blobs::BlobId& id) { fetcher.lost(id); }, uses.scrubbing, log.named("blobs")),
      collector(uses.engine, uses.model, uses.follower, peerBlobs, uses.clock, uses.self, uses.leads,
                uses.collecting, log.named("collector")),
      uploads(uses.clock, security::systemRandom(), uses.self), keyRing(uses.box),
      tokens(uses.clock, security::systemRandom(), uses.model, uses.follower, uses.authenticator, keyRing,
             uses.cluster),
      authorizer(uses.authenticator, tokens, uses.model, uses.self), context{uses.clock,
                                                                             security::systemRandom(),
                                                                             uses.self,
                                                                             uses.model,
                                                                             uses.follower,
                                                                             writer,
                                                                             local,
                                                                             copier,
                                                                             access,
                                                                             peerBlobs,
                                                                             uses.peers,
                                                                             uploads,
                                                                             touches,
                                                                             manifestBytes,
                                                                             authorizeBy(authorizer),
                                                                             rate,
                                                                             log.named("audit")},
      views(uses.model, uses.follower, uses.board, access),
      repositories(uses.writer, uses.model, uses.follower),
      repositoryContext{uses.admin, context, views, repositories,
                        [this, strand = uses.strand](bool dryRun) { return collectOn(strand, dryRun); }} {}

boost::asio::awaitable<Result<registry::CollectorReport>>
RegistryParts::collectOn(boost::asio::any_io_executor strand, bool dryRun) {
    co_return co_await boost::asio::co_spawn(strand, collector.collect(dryRun), boost::asio::use_awaitable);
}

void RegistryParts::addRoutes(http::Router& router) {
    const admin::Context& admin = repositoryContext.admin;
    registry::addRoutes(router, context);
    registry::addRepositoryRoutes(router, repositoryContext);
    registry::addTokenRoutes(router, admin.authenticator, tokens);
    replication::addPeerRoutes(router, admin, local);
}

void RegistryParts::startTasks(node::TaskGroup& tasks) {
    tasks.spawn("fetching blobs", fetcher.run());
    tasks.spawn("sweeping blobs", sweeper.run());
    tasks.spawn("checking blobs", scrubber.run());
    tasks.spawn("collecting blobs", collector.run());
    tasks.spawn("ending old uploads", expiring());
}

boost::asio::awaitable<void> RegistryParts::expiring() {
    for (;;) {
        co_await node::sleepFor(betweenSweeps);
        uploads.expire();
    }
}

} // namespace pilothouse
