// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/live_repairs.h"

#include "client/repair_run.h"

namespace pilothouse::ui {
namespace {

// What the live connections show, as a command that looks once would have it.
client::CollectedObservation seenBy(const client::ClusterWatcher& watcher) {
    client::CollectedObservation seen;
    seen.observation = watcher.observation();
    for (const domain::ReplicaObservation& replica : seen.observation.replicas) {
        const api::ClusterStatus* status = watcher.status(replica.id);
        if (replica.reach == domain::Reach::ok && status != nullptr) {
            seen.statuses.emplace(replica.id, *status);
        }
    }
    return seen;
}

template <typename T>
QFuture<Result<T>> withoutReach(QFuture<client::Outcome<T>> future) {
    return future.then([](const client::Outcome<T>& outcome) {
        return outcome ? Result<T>(*outcome) : Result<T>(fail(outcome.error().error));
    });
}

class LiveProgress : public RepairProgress {
public:
    LiveProgress(const client::ClusterWatcher& watcher, client::RepairCommands& commands,
                 client::Endpoint survivor)
        : m_watcher(watcher), m_run(commands, std::move(survivor)) {
        connect(&m_run, &client::RepairRun::told, this, &RepairProgress::told);
        connect(&m_run, &client::RepairRun::heard, this, &RepairProgress::heard);
        connect(&m_run, &client::RepairRun::ended, this, &RepairProgress::ended);
        connect(&m_run, &client::RepairRun::failed, this, &RepairProgress::failed);
    }
    void start(const api::StartRepair& wanted) override {
        api::StartRepair whole = wanted;
        whole.seen = client::seenMembers(seenBy(m_watcher));
        m_run.start(std::move(whole));
    }
    void putBack(const api::PutBack& wanted) override { m_run.putBack(wanted); }
    void follow() override { m_run.follow(); }

private:
    const client::ClusterWatcher& m_watcher;
    client::RepairRun m_run;
};

} // namespace

std::vector<Candidate> LiveRepairs::candidates() const {
    const client::CollectedObservation seen = seenBy(m_watcher);
    std::vector<Candidate> candidates;
    for (const ReplicaId& id : client::possibleSurvivors(seen)) {
        candidates.push_back({QString::fromStdString(id.str()),
                              QString::fromStdString(seen.statuses.find(id)->second.self.name)});
    }
    return candidates;
}

QFuture<Result<api::RepairPlan>> LiveRepairs::plan(const QString& survivor,
                                                   const std::vector<api::SilentMember>& silent) {
    const api::AskRepair wanted{silent, client::seenMembers(seenBy(m_watcher))};
    return withoutReach(m_commands.plan(m_watcher.endpointOf(ReplicaId(survivor.toStdString())), wanted));
}

QFuture<Result<api::Repair>> LiveRepairs::last(const QString& survivor) {
    return withoutReach(m_commands.state(m_watcher.endpointOf(ReplicaId(survivor.toStdString()))));
}

std::unique_ptr<RepairProgress> LiveRepairs::progressOf(const QString& survivor) {
    return std::make_unique<LiveProgress>(m_watcher, m_commands,
                                          m_watcher.endpointOf(ReplicaId(survivor.toStdString())));
}

} // namespace pilothouse::ui
