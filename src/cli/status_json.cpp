// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/status_json.h"

#include "text/sentence.h"

#include <QJsonArray>

namespace pilothouse::cli {
namespace {

QJsonValue idOrNull(const std::optional<ReplicaId>& id) {
    return id ? QJsonValue(QString::fromStdString(id->str())) : QJsonValue(QJsonValue::Null);
}

QJsonValue boolOrNull(const std::optional<bool>& value) {
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

QJsonValue numberOrNull(const std::optional<std::int64_t>& value) {
    return value ? QJsonValue(static_cast<qint64>(*value)) : QJsonValue(QJsonValue::Null);
}

QJsonObject replicaJson(const domain::ClusterObservation& observation,
                        const domain::ReplicaAssessment& replica) {
    const auto applied = replica.applied ? std::optional(replica.applied->value()) : std::nullopt;
    QJsonObject json;
    json[QLatin1String("id")] = QString::fromStdString(replica.id.str());
    json[QLatin1String("name")] = QString::fromStdString(replica.name);
    json[QLatin1String("url")] = QString::fromStdString(replica.url);
    json[QLatin1String("state")] = stateName(replica.state);
    json[QLatin1String("reachable")] = boolOrNull(replica.reachable);
    json[QLatin1String("healthy")] = boolOrNull(replica.healthy);
    json[QLatin1String("voting")] = replica.voting;
    json[QLatin1String("role")] = replica.role == domain::Role::unknown ? QJsonValue(QJsonValue::Null)
                                                                        : QJsonValue(roleName(replica.role));
    json[QLatin1String("applied_index")] = numberOrNull(applied);
    json[QLatin1String("lag")] =
        numberOrNull(replica.entriesNotHeld); // entries of the leader's log that it lacks
    json[QLatin1String("entries_not_applied")] = numberOrNull(replica.entriesNotApplied);
    json[QLatin1String("observed_by")] = idOrNull(replica.observedBy);
    json[QLatin1String("observed_at")] =
        replica.observedAt
            ? QJsonValue(QString::fromStdString(toRfc3339(wallTimeOf(observation, *replica.observedAt))))
            : QJsonValue(QJsonValue::Null);
    return json;
}

// What each replica that answered says of the group.
QJsonArray viewsJson(const domain::ClusterObservation& observation) {
    QJsonArray views;
    for (const auto& replica : observation.replicas) {
        if (replica.reach != domain::Reach::ok || !replica.report || !replica.reportAt) {
            continue;
        }
        const auto& consensus = replica.report->consensus;
        QJsonObject view;
        view[QLatin1String("observer")] = QString::fromStdString(replica.report->id.str());
        view[QLatin1String("observed_at")] =
            QString::fromStdString(toRfc3339(wallTimeOf(observation, *replica.reportAt)));
        view[QLatin1String("leader")] = idOrNull(consensus.leader);
        view[QLatin1String("term")] = static_cast<qint64>(consensus.term.value());
        view[QLatin1String("quorum")] = consensus.quorum;
        views.append(view);
    }
    return views;
}

} // namespace

QString verdictName(domain::Verdict verdict) {
    switch (verdict) {
    case domain::Verdict::healthy:
        return QStringLiteral("healthy");
    case domain::Verdict::degraded:
        return QStringLiteral("degraded");
    case domain::Verdict::atRisk:
        return QStringLiteral("at-risk");
    case domain::Verdict::noQuorum:
        return QStringLiteral("no-quorum");
    case domain::Verdict::unreachable:
        return QStringLiteral("unreachable");
    case domain::Verdict::starting:
        break;
    }
    return QStringLiteral("starting");
}

QString roleName(domain::Role role) {
    switch (role) {
    case domain::Role::leader:
        return QStringLiteral("leader");
    case domain::Role::follower:
        return QStringLiteral("follower");
    case domain::Role::learner:
        return QStringLiteral("learner");
    case domain::Role::unknown:
        break;
    }
    return QStringLiteral("unknown");
}

QString stateName(domain::ReplicaState state) {
    using domain::ReplicaState;
    switch (state) {
    case ReplicaState::healthy:
        return QStringLiteral("healthy");
    case ReplicaState::late:
        return QStringLiteral("late");
    case ReplicaState::notAnswering:
        return QStringLiteral("not-answering");
    case ReplicaState::toldByPeers:
        return QStringLiteral("told-by-peers");
    case ReplicaState::disagreed:
        return QStringLiteral("disagreed");
    case ReplicaState::behind:
        return QStringLiteral("behind");
    case ReplicaState::unhealthy:
        return QStringLiteral("unhealthy");
    case ReplicaState::draining:
        return QStringLiteral("draining");
    case ReplicaState::joining:
        return QStringLiteral("joining");
    case ReplicaState::stopped:
        return QStringLiteral("stopped");
    case ReplicaState::unknown:
        break;
    }
    return QStringLiteral("unknown");
}

WallTime wallTimeOf(const domain::ClusterObservation& observation, MonotonicTime at) {
    return observation.wallNow - std::chrono::duration_cast<WallTime::duration>(observation.now - at);
}

QJsonObject statusJson(const domain::ClusterObservation& observation, const domain::Assessment& assessment,
                       const std::vector<FormerSeen>& former) {
    QJsonArray replicas;
    for (const auto& replica : assessment.replicas) {
        replicas.append(replicaJson(observation, replica));
    }
    const auto& margins = assessment.margins;
    QJsonObject json;
    json[QLatin1String("cluster")] = QString::fromStdString(observation.clusterName);
    json[QLatin1String("verdict")] = verdictName(assessment.verdict);
    json[QLatin1String("sentence")] = text::wholeSentence(assessment);
    json[QLatin1String("voters")] = margins.voters;
    json[QLatin1String("quorum")] = margins.quorum;
    json[QLatin1String("healthy_voters")] = margins.healthyVoters;
    json[QLatin1String("tolerates")] = margins.tolerates;
    json[QLatin1String("tolerates_votes")] = margins.toleratesVotes;
    json[QLatin1String("tolerates_data")] =
        margins.copies ? QJsonValue(margins.copies->tolerates) : QJsonValue(QJsonValue::Null);
    json[QLatin1String("min_copies")] =
        margins.copies ? QJsonValue(margins.copies->fewest) : QJsonValue(QJsonValue::Null);
    json[QLatin1String("under_replicated_blobs")] =
        margins.copies ? QJsonValue(static_cast<qint64>(margins.copies->underReplicated))
                       : QJsonValue(QJsonValue::Null);
    json[QLatin1String("tolerates_configured")] = margins.configuredTolerance;
    json[QLatin1String("leader")] = idOrNull(assessment.leader);
    json[QLatin1String("term")] = assessment.term ? QJsonValue(static_cast<qint64>(assessment.term->value()))
                                                  : QJsonValue(QJsonValue::Null);
    json[QLatin1String("disagreement")] = assessment.disagreement;
    json[QLatin1String("views")] = viewsJson(observation);
    json[QLatin1String("replicas")] = replicas;
    json[QLatin1String("former")] = formerJson(former);
    return json;
}

} // namespace pilothouse::cli
