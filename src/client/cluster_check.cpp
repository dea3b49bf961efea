// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cluster_check.h"

#include "client/text.h"
#include "domain/diagnosis.h"

#include <algorithm>

namespace pilothouse::client {
namespace {

using domain::PortState;
using domain::Reach;
using domain::ReplicaObservation;

// One that lets nobody in, or is not ready, answers too.
bool answersHere(const ReplicaObservation& replica) {
    return replica.reach == Reach::ok || replica.reach == Reach::rejected ||
           replica.reach == Reach::notReady || replica.reach == Reach::error;
}

PortState stateOf(Reach reach) {
    switch (reach) {
    case Reach::ok:
    case Reach::notReady:
    case Reach::error:
        return PortState::open;
    case Reach::refused:
        return PortState::refused;
    case Reach::timeout:
        return PortState::silent;
    case Reach::unreachable:
        return PortState::unreachable;
    case Reach::tls:
        return PortState::tls;
    case Reach::wrongId:
    case Reach::rejected:
        return PortState::rejected;
    case Reach::unknown:
        break;
    }
    return PortState::unknown;
}

// Who reaches it, by the check: itself gave a report, or others told of it.
std::vector<std::string> reachedBy(const api::ClusterCheck& check, const std::string& name) {
    const auto& answered = check.answered;
    if (std::find(answered.begin(), answered.end(), name) != answered.end()) {
        return check.checked_by != name ? std::vector{check.checked_by} : std::vector<std::string>();
    }
    for (const api::Finding& finding : check.findings) {
        if (finding.check == nameOf(domain::CheckId::replicaAnswers) && finding.names.size() > 1 &&
            finding.names.front() == name && finding.severity != nameOf(domain::Severity::passed)) {
            return {finding.names.begin() + 1, finding.names.end()};
        }
    }
    return {};
}

} // namespace

std::vector<Endpoint> checkersIn(const domain::ClusterObservation& seen,
                                 const std::optional<ReplicaId>& about) {
    std::vector<const ReplicaObservation*> answering;
    for (const ReplicaObservation& replica : seen.replicas) {
        if (replica.reach == Reach::ok && !replica.id.empty() && replica.report &&
            !replica.report->newerEpoch) {
            answering.push_back(&replica);
        }
    }
    const auto rank = [&](const ReplicaObservation* each) {
        return (about && each->id == *about ? 2 : 0) + (each->report->consensus.quorum ? 0 : 1);
    };
    std::stable_sort(answering.begin(), answering.end(),
                     [&](const auto* a, const auto* b) { return rank(a) < rank(b); });
    std::vector<Endpoint> endpoints;
    for (const ReplicaObservation* each : answering) {
        endpoints.push_back({QUrl(QString::fromStdString(each->url)), each->id});
    }
    return endpoints;
}

void addOwnView(api::ClusterCheck& check, const domain::ClusterObservation& seen) {
    std::vector<api::Cause> causes;
    for (const ReplicaObservation& replica : seen.replicas) {
        if (replica.reach == Reach::unknown || answersHere(replica) ||
            (check.replica && *check.replica != replica.name)) {
            continue;
        }
        const auto others = reachedBy(check, replica.name);
        if (others.empty()) {
            continue;
        }
        api::Cause cause{std::string(nameOf(domain::CauseId::notFromHere)),
                         {replica.name},
                         {},
                         std::string(nameOf(stateOf(replica.reach)))};
        cause.names.insert(cause.names.end(), others.begin(), others.end());
        causes.push_back(std::move(cause));
    }
    check.causes.insert(check.causes.begin(), causes.begin(), causes.end());
}

api::ClusterCheck checkFromHere(const domain::ClusterObservation& seen, const std::optional<ReplicaId>& about,
                                const std::string& cluster) {
    domain::ClusterCheckFacts facts;
    api::ClusterCheck check;
    std::string only;
    const std::string here = Text::tr("this computer").toStdString();
    for (const ReplicaObservation& replica : seen.replicas) {
        const std::string name = replica.name.empty() ? replica.url : replica.name;
        facts.replicas.push_back({.id = replica.id, .name = name, .voting = true, .loopback = seen.sandbox});
        facts.ports.push_back({here, name, "https", stateOf(replica.reach)});
        if (about && replica.id == *about) {
            only = name;
            check.replica = name;
        }
    }
    const auto findings = domain::checkCluster(facts, only);
    for (const domain::Finding& finding : findings) {
        // What nobody can know from here is not said.
        if (finding.check == domain::CheckId::replicaAnswers || finding.check == domain::CheckId::quorum) {
            check.findings.push_back({std::string(nameOf(finding.check)),
                                      std::string(nameOf(finding.severity)), finding.names, finding.numbers,
                                      finding.detail});
        }
    }
    for (const domain::Cause& cause : domain::diagnose(facts, findings, only)) {
        check.causes.push_back({std::string(nameOf(cause.cause)), cause.names, cause.numbers, cause.detail});
    }
    check.at = toRfc3339(seen.wallNow);
    check.cluster = cluster;
    return check;
}

bool needsAttention(const api::ClusterCheck& check) {
    const auto isGrave = [](const api::Finding& finding) {
        return domain::severityOf(finding.severity).value_or(domain::Severity::blocks) >
               domain::Severity::information;
    };
    const auto isOurs = [](const api::Cause& cause) {
        return cause.cause == nameOf(domain::CauseId::notFromHere);
    };
    return std::any_of(check.findings.begin(), check.findings.end(), isGrave) ||
           std::any_of(check.causes.begin(), check.causes.end(), isOurs);
}

} // namespace pilothouse::client
