// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/bootstrapper.h"

#include "replica/node/sleep.h"
#include "replica/state/keys.h"

namespace pilothouse::node {
namespace {

constexpr Milliseconds tryEvery{50};
constexpr Milliseconds writeDeadline{2000};

state::SealedSecretRecord sealedSecret(const char* key, const std::string& sealed,
                                       const std::string& createdAt) {
    return {.name = std::string(state::keys::nameBelow(state::keys::secrets, key)),
            .sealed = sealed,
            .created_at = createdAt};
}

} // namespace

state::InitialState initialStateOf(const provision::Bootstrap& b) {
    state::InitialState initial;
    initial.cluster = {.id = b.cluster_id,
                       .name = b.cluster_name,
                       .created_at = b.created_at,
                       .epoch = b.epoch,
                       .feature_level = b.feature_level,
                       .external_url = b.external_url};
    for (const auto& member : b.members) {
        initial.members.push_back({.id = member.id,
                                   .name = member.name,
                                   .url = member.url,
                                   .http_url = member.http_url,
                                   .peer_url = member.peer_url,
                                   .engine_member = {},
                                   .version = {},
                                   .feature_level = b.feature_level,
                                   .joined_at = b.created_at});
    }
    initial.admin = {.name = b.admin_name,
                     .role = api::UserRole::admin,
                     .verifier = b.admin_verifier,
                     .created_at = b.created_at};
    initial.clusterCaPem = b.cluster_ca;
    initial.peerCaPem = b.peer_ca;
    initial.secrets = {sealedSecret(provision::clusterCaKeySecret, b.sealed_cluster_ca_key, b.created_at),
                       sealedSecret(provision::peerCaKeySecret, b.sealed_peer_ca_key, b.created_at)};
    return initial;
}

boost::asio::awaitable<Status> bootstrapState(engine::Engine& engine, provision::Layout layout,
                                              ReplicaId self, Logger log) {
    const auto bootstrap = provision::loadBootstrap(layout);
    if (!bootstrap) {
        co_return fail(bootstrap.error());
    }
    if (!*bootstrap) {
        co_return Status();
    }
    for (;;) {
        const Status done =
            co_await state::createState(engine, initialStateOf(**bootstrap), self, writeDeadline);
        if (done) {
            break;
        }
        if (done.error().code == ErrorCode::conflict) {
            co_return done;
        }
        log.debug("the new cluster's first records wait: " + done.error().message);
        co_await sleepFor(tryEvery);
    }
    co_return provision::removeBootstrap(layout);
}

} // namespace pilothouse::node
