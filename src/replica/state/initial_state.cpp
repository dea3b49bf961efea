// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/initial_state.h"

#include "api/events.h"
#include "replica/state/event_keys.h"
#include "replica/state/keys.h"

#include <algorithm>

namespace pilothouse::state {

namespace {

template <typename Record>
void put(engine::Transaction& transaction, std::string key, const Record& record) {
    transaction.then.emplace_back(engine::Put{std::move(key), encode(record)});
}

EventRecord createdEvent(const ClusterRecord& cluster, const ReplicaId& observer) {
    EventRecord event;
    event.kind = api::event::clusterCreated;
    event.at = cluster.created_at;
    event.observer = observer.str();
    event.subject = cluster.id;
    event.subject_name = cluster.name;
    event.message = "Cluster " + cluster.name + " was created";
    return event;
}

engine::Transaction compose(const InitialState& initial, const ReplicaId& observer) {
    engine::Transaction transaction;
    const std::string cluster(keys::cluster);
    transaction.compares = {engine::Compare::absent(cluster)};
    transaction.otherwise = {engine::Get{cluster, {}}};
    MembershipRecord membership;
    membership.generation = 1;
    membership.owner = observer.str();
    for (const MemberRecord& member : initial.members) {
        membership.voters.push_back(member.id);
        put(transaction, keys::of(keys::members, member.id), member);
    }
    std::sort(membership.voters.begin(), membership.voters.end());
    put(transaction, cluster, initial.cluster);
    put(transaction, std::string(keys::membership), membership);
    put(transaction, keys::of(keys::users, initial.admin.name), initial.admin);
    put(transaction, std::string(keys::clusterCa), CertificateRecord{initial.clusterCaPem});
    put(transaction, std::string(keys::peerCa), CertificateRecord{initial.peerCaPem});
    for (const SealedSecretRecord& secret : initial.secrets) {
        put(transaction, keys::of(keys::secrets, secret.name), secret);
    }
    const std::string name =
        event_keys::ofReplica(api::event::clusterCreated, Epoch(initial.cluster.epoch), initial.cluster.id);
    put(transaction, keys::of(keys::events, name), createdEvent(initial.cluster, observer));
    return transaction;
}

} // namespace

engine::Awaitable<Status> createState(engine::Engine& engine, InitialState initial, ReplicaId observer,
                                      Milliseconds deadline) {
    const engine::Transaction transaction = compose(initial, observer);
    const Result<engine::TransactionResult> done = co_await engine.transact(transaction, deadline);
    if (!done) {
        co_return fail(done.error());
    }
    if (done->succeeded) {
        co_return Status();
    }
    const bool found = !done->gets.empty() && !done->gets.front().empty();
    const Result<ClusterRecord> there = found ? decode<ClusterRecord>(done->gets.front().front().value)
                                              : fail(ErrorCode::corrupt, "no answer");
    if (!there) {
        co_return failIn("cluster record", there.error());
    }
    if (there->id != initial.cluster.id) {
        co_return fail(ErrorCode::conflict,
                       "the engine holds cluster " + there->name + " (" + there->id + "), not " +
                           initial.cluster.name + " (" + initial.cluster.id + ")",
                       "Start this replica with its own data folder");
    }
    co_return Status();
}

} // namespace pilothouse::state
