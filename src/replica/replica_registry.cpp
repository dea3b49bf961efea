// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replica_registry.h"

#include "replica/node/sleep.h"
#include "replica/registry/answers.h"
#include "replica/registry/pass_on.h"
#include "replica/registry/routes.h"
#include "replica/replication/peer_routes.h"

namespace pilothouse {
namespace {

constexpr std::size_t diskThreads = 4;
constexpr Milliseconds betweenSweeps{60'000};

using registry::Action;
using registry::Granted;

http::Response challenge(const Error& error) {
    const bool busy = error.code == ErrorCode::exhausted;
    auto response = registry::faultAnswer(
        busy ? registry::Fault::tooManyRequests : registry::Fault::unauthorized, error.text());
    response.headers.set("WWW-Authenticate", "Basic realm=\"pilothouse\"");
    return response;
}

bool roleAllows(api::UserRole role, const std::set<Action>& actions) {
    const bool writes = actions.contains(Action::push) || actions.contains(Action::remove);
    return writes ? role == api::UserRole::admin || role == api::UserRole::writer
                  : role != api::UserRole::guest;
}

http::Awaitable<tl::expected<Granted, http::Response>>
authorize(admin::Authenticator& authenticator, const http::Request& request, std::set<Action> actions) {
    const auto principal = co_await authenticator.authenticate(request);
    if (!principal) {
        co_return tl::unexpected(challenge(principal.error().error));
    }
    if (std::holds_alternative<admin::ReplicaPrincipal>(*principal)) {
        co_return Granted{std::string(request.headers.value(registry::onBehalfOf))};
    }
    const auto* user = std::get_if<admin::UserPrincipal>(&*principal);
    if (user == nullptr || !roleAllows(user->role, actions)) {
        co_return tl::unexpected(
            registry::faultAnswer(registry::Fault::denied, "your role does not allow this"));
    }
    co_return Granted{user->name};
}

registry::Authorize authorizeBy(admin::Authenticator& authenticator) {
    return [&authenticator](const http::Request& request, const std::string&, std::set<Action> actions) {
        return authorize(authenticator, request, std::move(actions));
    };
}

} // namespace

RegistryParts::RegistryParts(const RegistryUses& uses, const Logger& log)
    : local(diskThreads), writer(uses.engine, uses.model, uses.follower, uses.clock),
      peerBlobs(uses.peers, local),
      copier(uses.executor, uses.model, peerBlobs, uses.self, log.named("blobs")),
      fetcher(uses.strand, uses.spawn, uses.clock, local, peerBlobs, uses.model, uses.follower, uses.self, {},
              log.named("blobs")),
      access(local, peerBlobs, uses.model, uses.self, [this](const blobs::BlobId& id) { fetcher.want(id); }),
      sweeper(uses.clock, local, uses.model, uses.follower, log.named("blobs")),
      collector(uses.engine, uses.model, uses.follower, peerBlobs, uses.clock, uses.self, uses.leads,
                log.named("collector")),
      uploads(uses.clock, security::systemRandom(), uses.self), context{uses.clock,
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
                                                                        authorizeBy(uses.authenticator),
                                                                        {},
                                                                        log.named("audit")} {}

void RegistryParts::addRoutes(http::Router& router, const admin::Context& admin) {
    registry::addRoutes(router, context);
    replication::addPeerRoutes(router, admin, local);
}

void RegistryParts::startTasks(node::TaskGroup& tasks) {
    tasks.spawn("fetching blobs", fetcher.run());
    tasks.spawn("sweeping blobs", sweeper.run());
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
