// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include "cli/await.h"
#include "cli/output.h"
#include "cli/text.h"

#include <algorithm>

namespace pilothouse::cli {
namespace {

std::vector<client::Endpoint> endpointsOf(const client::WatchTarget& target) {
    std::vector<client::Endpoint> endpoints;
    for (const auto& member : target.members) {
        endpoints.push_back({member.url, member.id.empty() ? std::nullopt : std::optional(member.id)});
    }
    for (const auto& seed : target.seeds) {
        if (std::none_of(endpoints.begin(), endpoints.end(), [&](const auto& e) { return e.url == seed; })) {
            endpoints.push_back({seed, std::nullopt});
        }
    }
    return endpoints;
}

} // namespace

Session::Session(const client::WatchTarget& target)
    : m_target(target), m_network(target.trust),
      m_commands(m_network, [this] { return endpointsOf(m_target); }) {
    m_network.setCredentials(target.credentials);
}

void Session::learn(const domain::ClusterObservation& observation) {
    for (const auto& replica : observation.replicas) {
        if (replica.id.empty()) {
            continue; // an address that nobody knows more of
        }
        m_target.members.removeIf([&](const auto& m) { return m.id == replica.id; });
        m_target.members += client::KnownMember{replica.id, QString::fromStdString(replica.name),
                                                QUrl(QString::fromStdString(replica.url))};
    }
}

client::CollectedObservation Session::look(std::chrono::milliseconds timeout) {
    auto seen = await(client::collectObservation(m_target, systemClock(), timeout));
    learn(seen.observation);
    return seen;
}

void Session::learnMembers() {
    (void)look();
}

Result<client::KnownMember> Session::findReplica(const std::string& nameOrId) {
    const auto seen = look();
    return findMember(seen.observation, nameOrId);
}

Result<client::KnownMember> findMember(const domain::ClusterObservation& seen, const std::string& nameOrId) {
    std::string names;
    for (const auto& replica : seen.replicas) {
        if (replica.name == nameOrId || replica.id.str() == nameOrId) {
            return client::KnownMember{replica.id, QString::fromStdString(replica.name),
                                       QUrl(QString::fromStdString(replica.url))};
        }
        names += (names.empty() ? "" : ", ") + (replica.name.empty() ? replica.url : replica.name);
    }
    return failWith(ErrorCode::notFound,
                    Text::tr("there is no replica \"%1\"").arg(QString::fromStdString(nameOrId)),
                    names.empty() ? QString() : Text::tr("There are %1").arg(QString::fromStdString(names)));
}

std::map<ReplicaId, QString> Session::replicaNames() {
    std::map<ReplicaId, QString> names;
    for (const auto& member : m_target.members) {
        if (!member.id.empty() && !member.name.isEmpty()) {
            names.emplace(member.id, member.name);
        }
    }
    if (names.empty()) {
        const auto seen = await(client::collectObservation(m_target, systemClock()));
        for (const auto& replica : seen.observation.replicas) {
            names.emplace(replica.id, QString::fromStdString(replica.name));
        }
    }
    return names;
}

int withSession(const TargetOptions& options, const std::function<int(Session&)>& act) {
    const auto target = resolveTarget(options);
    if (!target) {
        return reportError(target.error());
    }
    Session session(target->watch);
    return act(session);
}

} // namespace pilothouse::cli
