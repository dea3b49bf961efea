// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of a survivor about a repair from it. Without quorum nobody leads on to somebody else: each
// call goes to that one replica, and fails when it does.
#pragma once

#include "api/repair.h"
#include "client/cluster_network.h"
#include "client/observation_collector.h"

#include <QFuture>
#include <QObject>

#include <vector>

namespace pilothouse::client {

template <typename T>
using Outcome = tl::expected<T, Failure>;

// Lives on one thread. Each call gives a future that ends within its deadline and is cancelled if the object
// is destroyed first.
class RepairCommands : public QObject {
    Q_OBJECT
public:
    // `network` outlives it.
    explicit RepairCommands(ClusterNetwork& network, QObject* parent = nullptr)
        : QObject(parent), m_network(network) {}

    // Within 25 s: it asks every member that it may reach.
    [[nodiscard]] QFuture<Outcome<api::RepairPlan>> plan(const Endpoint& survivor,
                                                         const api::AskRepair& wanted);
    // Ends once it has begun. A call whose answer was lost may be made again with the same operation id.
    [[nodiscard]] QFuture<Outcome<api::Repair>> start(const Endpoint& survivor,
                                                      const api::StartRepair& wanted);
    [[nodiscard]] QFuture<Outcome<api::Repair>> putBack(const Endpoint& survivor, const api::PutBack& wanted);
    // The last one. While it is at work the survivor answers nothing but 503, with a sentence that says how
    // far it is: a failure with Reach::notReady.
    [[nodiscard]] QFuture<Outcome<api::Repair>> state(const Endpoint& survivor);

private:
    template <typename T>
    QFuture<Outcome<T>> ask(const Endpoint& to, Request request);

    ClusterNetwork& m_network;
};

// A new operation id.
[[nodiscard]] std::string newOperationId();

// What we hear ourselves of every replica: one that lets nobody in, or is not ready, answers too.
[[nodiscard]] std::vector<api::SeenMember> seenMembers(const CollectedObservation& seen);

// Those that may be asked for a plan: they answer as members of the newest epoch, and can vote. In the
// order of the observation. One that was left behind by a repair is none.
[[nodiscard]] std::vector<ReplicaId> possibleSurvivors(const CollectedObservation& seen);

// What each plan says of the survivor that made it, the best first. Survivors that do not reach each other
// know nothing of the other's log, so their own words count.
[[nodiscard]] std::vector<api::Survivor> rankSurvivors(const std::vector<api::RepairPlan>& plans);

} // namespace pilothouse::client
