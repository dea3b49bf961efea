// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/describe.h"

#include "domain/contact_matrix.h"
#include "domain/message_ids.h"
#include "models/replica_fields.h"
#include "text/format.h"
#include "text/operation_words.h"
#include "text/repair_words.h"
#include "text/sentence.h"
#include "text/steps.h"

#include <QCoreApplication>
#include <QSet>
#include <QUrl>

#include <algorithm>

namespace pilothouse::models {
namespace {

using domain::MessageId;
using domain::ReplicaAssessment;
using domain::ReplicaObservation;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(pilothouse::models::Describe)
};

QString toQt(const std::string& value) {
    return QString::fromStdString(value);
}

QString addressOf(const std::string& url) {
    const QUrl parsed(toQt(url));
    return parsed.port() < 0 ? parsed.host() : QStringLiteral("%1:%2").arg(parsed.host()).arg(parsed.port());
}

QString observerOf(const ClusterSnapshot& snapshot, const ReplicaAssessment& judged) {
    if (!judged.observedBy) {
        return {};
    }
    return *judged.observedBy == judged.id ? Words::tr("itself") : nameOf(snapshot, *judged.observedBy);
}

// The state's own word, or one that says more.
QString stateWordOf(const ReplicaAssessment& judged) {
    switch (judged.detail.id) {
    case MessageId::cardNoLeader:
        return Words::tr("sees no leader");
    case MessageId::cardNoQuorum:
        return Words::tr("has no quorum");
    case MessageId::cardLeftBehind:
        return Words::tr("left behind");
    case MessageId::cardStarting:
        return Words::tr("starting");
    case MessageId::cardComingBack:
        return Words::tr("coming back");
    default:
        return wordFor(judged.state);
    }
}

// "Follower, voting"
QString roleAndVote(const ReplicaView& view) {
    const QString role = view.role == domain::Role::unknown ? Words::tr("Member") : wordFor(view.role);
    return view.voting ? Words::tr("%1, voting").arg(role) : Words::tr("%1, no vote").arg(role);
}

// "Follower, voting; 1 entry behind · 1.2 ms; by its own word, 0.4 s ago"
QString descriptionOf(const ClusterSnapshot& snapshot, const ReplicaView& view,
                      const ReplicaAssessment& judged) {
    QStringList parts{roleAndVote(view), view.detail};
    if (view.ageMs) {
        const QString age = text::duration(Milliseconds(*view.ageMs));
        const bool own = judged.observedBy == judged.id;
        parts.append(!own           ? Words::tr("told by %1, %2 ago").arg(observerOf(snapshot, judged), age)
                     : view.answers ? Words::tr("by its own word, %1 ago").arg(age)
                                    : Words::tr("its last word is %1 old").arg(age));
    }
    return parts.join(QStringLiteral("; "));
}

bool isCutOff(const ClusterSnapshot& snapshot, const ReplicaAssessment& judged) {
    return snapshot.assessment.partition && judged.voting && judged.reachable.value_or(false) &&
           judged.state == domain::ReplicaState::disagreed;
}

QList<StepView> describeSteps(const QList<text::Step>& told) {
    QList<StepView> steps;
    for (const text::Step& step : told) {
        steps.append({step.title, step.body, step.commands, step.repair});
    }
    return steps;
}

ReplicaView describeReplica(const ClusterSnapshot& snapshot, std::size_t at) {
    const ReplicaObservation& seen = snapshot.observation.replicas[at];
    const ReplicaAssessment& judged = snapshot.assessment.replicas[at];
    ReplicaView view;
    view.id = toQt(seen.id.empty() ? seen.url : seen.id.str());
    view.name = seen.name.empty() ? addressOf(seen.url) : toQt(seen.name);
    view.address = addressOf(seen.url);
    view.state = judged.state;
    view.role = judged.role;
    view.voting = judged.voting;
    view.leader = snapshot.assessment.leader == seen.id && !seen.id.empty();
    view.replicates = judged.replicates && !isCutOff(snapshot, judged);
    view.draining = judged.state == domain::ReplicaState::draining;
    view.cutOff = isCutOff(snapshot, judged);
    view.answers = judged.reachable.value_or(false);
    if (judged.detail.id == MessageId::cardLeftBehind) {
        view.leftBehind = true;
        view.steps = describeSteps(text::stepsForLeftBehind(seen.report->epoch));
    }
    view.lagEntries = judged.entriesNotHeld;
    if (view.answers) {
        view.roundTripMs = judged.roundTripMs;
    }
    if (judged.observedAt) {
        view.ageMs =
            std::chrono::duration_cast<Milliseconds>(snapshot.observation.now - *judged.observedAt).count();
        view.seen = Words::tr("seen %1 ago").arg(text::duration(Milliseconds(*view.ageMs)));
    }
    view.stateWord = stateWordOf(judged);
    view.detail = text::sentence(judged.detail);
    view.observer = observerOf(snapshot, judged);
    if (view.answers) {
        view.leaderClaim = leaderClaimOf(snapshot, at);
    }
    view.fields = fieldsOf(snapshot, at);
    view.description = descriptionOf(snapshot, view, judged);
    return view;
}

// "reg-1" of "reg-1.dc1", where that is enough to tell all of them apart.
QStringList shortNames(const QStringList& names) {
    QStringList firsts;
    for (const QString& name : names) {
        firsts.append(name.section(QLatin1Char('.'), 0, 0));
    }
    const bool apart = QSet<QString>(firsts.begin(), firsts.end()).size() == firsts.size();
    return apart ? firsts : names;
}

SightMatrix describeSights(const ClusterSnapshot& snapshot) {
    const domain::ContactMatrix contacts = domain::contactMatrix(snapshot.observation);
    SightMatrix matrix;
    for (const ReplicaId& id : contacts.replicas) {
        matrix.names.append(nameOf(snapshot, id));
    }
    matrix.names = shortNames(matrix.names);
    for (const auto& row : contacts.rows) {
        QList<Sight> cells;
        for (const domain::Contact& contact : row) {
            const auto kind = contact.kind == domain::Contact::Kind::self       ? Sight::Kind::self
                              : contact.kind == domain::Contact::Kind::heard    ? Sight::Kind::heard
                              : contact.kind == domain::Contact::Kind::notHeard ? Sight::Kind::notHeard
                                                                                : Sight::Kind::unknown;
            cells.append({kind, contact.roundTripMs && kind == Sight::Kind::heard
                                    ? text::milliseconds(*contact.roundTripMs)
                                    : QString()});
        }
        matrix.rows.append(cells);
    }
    return matrix;
}

QList<ClaimView> describeClaims(const ClusterSnapshot& snapshot) {
    QList<ClaimView> claims;
    for (const domain::LeaderClaim& claim : snapshot.assessment.claims) {
        QStringList observers;
        for (const ReplicaId& observer : claim.observers) {
            observers.append(nameOf(snapshot, observer));
        }
        const QString leader = claim.leader ? nameOf(snapshot, *claim.leader) : Words::tr("nobody");
        claims.append({observers.join(QStringLiteral(", ")),
                       Words::tr("%1, term %2").arg(leader, text::count(claim.term.value())),
                       claim.leader == snapshot.assessment.leader ? Tone::neutral : Tone::attention});
    }
    return claims;
}

// What the silence of lost replicas tells is one note: it comes first.
QStringList notesOf(const domain::Assessment& assessment) {
    QStringList notes = text::sentences(assessment.advice);
    if (!assessment.findings.empty()) {
        notes.prepend(text::join(assessment.findings));
    }
    return notes;
}

Page pageOf(MessageId fact) {
    switch (fact) {
    case MessageId::factLeader:
    case MessageId::factLastLeader:
    case MessageId::factNoLeader:
    case MessageId::factLeaderClaims:
        return Page::events; // why it leads, and since when
    case MessageId::factCopies:
    case MessageId::factCopying:
        return Page::repositories;
    default:
        return Page::replicas;
    }
}

// Since when the replicas that are cut off have not been heard: the longest that one on the other side tells.
QString cutLabel(const ClusterSnapshot& snapshot) {
    std::optional<Milliseconds> longest;
    for (std::size_t i = 0; i < snapshot.observation.replicas.size(); ++i) {
        const ReplicaObservation& seen = snapshot.observation.replicas[i];
        if (!seen.report || !seen.reportAt || isCutOff(snapshot, snapshot.assessment.replicas[i])) {
            continue;
        }
        const auto age = std::chrono::duration_cast<Milliseconds>(snapshot.observation.now - *seen.reportAt);
        for (const domain::PeerReport& peer : seen.report->peers) {
            const auto at =
                std::find_if(snapshot.assessment.replicas.begin(), snapshot.assessment.replicas.end(),
                             [&peer](const ReplicaAssessment& one) { return one.id == peer.peer; });
            if (at != snapshot.assessment.replicas.end() && isCutOff(snapshot, *at) && peer.failingFor) {
                longest = std::max(longest.value_or(Milliseconds(0)), *peer.failingFor + age);
            }
        }
    }
    return longest ? Words::tr("cut since %1").arg(text::timeOfDay(snapshot.observation.wallNow - *longest))
                   : Words::tr("cut here");
}

// As the replica tells it that knows most of the state, among those that answer.
std::optional<OperationView> operationIn(const ClusterSnapshot& snapshot) {
    const api::ClusterStatus* newest = nullptr;
    for (const ReplicaObservation& seen : snapshot.observation.replicas) {
        const auto found = snapshot.statuses.find(seen.id);
        if (seen.reach != domain::Reach::ok || found == snapshot.statuses.end()) {
            continue;
        }
        if (newest == nullptr || found->second->self.consensus.revision > newest->self.consensus.revision) {
            newest = found->second;
        }
    }
    return newest != nullptr && newest->operation ? std::optional(describe(*newest->operation))
                                                  : std::nullopt;
}

} // namespace

OperationView describe(const api::RunningOperation& operation) {
    OperationView view{toQt(operation.id),
                       toQt(operation.kind),
                       toQt(operation.replica),
                       toQt(operation.name),
                       text::operationTitle(operation.kind, operation.name),
                       {},
                       false,
                       toQt(operation.host_name.value_or(""))};
    if (operation.step_number > 0) {
        view.title =
            Words::tr("%1: step %2 of %3").arg(view.title).arg(operation.step_number).arg(operation.steps);
    }
    QStringList parts;
    if (!operation.step.empty()) {
        parts << text::stepTitle(operation.step, operation.step_name.value_or(operation.name),
                                 operation.host_name);
    }
    if (operation.waiting) {
        parts << text::waitingWords(*operation.waiting);
        view.overdue = operation.waiting->overdue;
    }
    parts << (operation.phase == "undoing" ? Words::tr("what was done is taken back")
              : operation.committed        ? Words::tr("cannot be cancelled any more")
                                           : Words::tr("can be cancelled"));
    view.detail = parts.join(QStringLiteral(" · "));
    return view;
}

ClusterView describe(const ClusterSnapshot& snapshot) {
    const domain::Assessment& assessment = snapshot.assessment;
    ClusterView view;
    view.key = snapshot.key;
    view.name = toQt(snapshot.observation.clusterName);
    view.sandbox = snapshot.sandbox;
    view.partition = assessment.partition;
    view.disagreement = assessment.disagreement;
    view.verdict = assessment.verdict;
    view.headline = text::sentence(assessment.headline);
    view.sentence = text::join(assessment.sentence);
    for (const domain::Message& fact : assessment.facts) {
        view.facts.append({text::sentence(fact), pageOf(fact.id), fact.id == MessageId::factLive});
    }
    view.listWord = text::sentence(assessment.listWord);
    if (snapshot.sandbox) {
        view.listWord = Words::tr("%1 · this computer").arg(view.listWord);
    }
    view.voters = assessment.margins.voters;
    view.quorum = assessment.margins.quorum;
    // Without quorum nobody's vote counts: what is told is who is there to give one.
    view.comingBack = assessment.comingBack;
    view.loginRefused = assessment.headline.id == MessageId::headlineRejected;
    view.voting =
        assessment.verdict == domain::Verdict::noQuorum ? assessment.answeringVoters : assessment.votingNow;
    view.healthy = assessment.margins.healthyVoters;
    view.tolerates = assessment.margins.tolerates;
    const bool known = view.voters > 0 && assessment.views > 0;
    const QString voting = known ? QString::number(view.voting) : QStringLiteral("?");
    view.count = view.voters > 0 ? Words::tr("%1 of %2").arg(voting).arg(view.voters) : QString();
    view.notes = notesOf(assessment);
    view.operation = operationIn(snapshot);
    view.steps = describeSteps(text::stepsOf(assessment.steps));
    view.stillWorks = text::join(assessment.stillWorks);
    for (std::size_t i = 0; i < snapshot.observation.replicas.size() && i < assessment.replicas.size(); ++i) {
        view.replicas.append(describeReplica(snapshot, i));
    }
    if (assessment.partition) {
        view.cutLabel = cutLabel(snapshot);
        view.sights = describeSights(snapshot);
        view.claims = describeClaims(snapshot);
    }
    return view;
}

ClusterView asLastKnown(ClusterView view, WallTime since, Milliseconds ago) {
    view.notLive = text::sentence({MessageId::headlineNotLive, {since, ago}});
    view.headline = Words::tr("Last known: %1").arg(view.headline);
    view.operation.reset();
    view.steps.clear();
    view.stillWorks.clear();
    // What tells how new something is would go on telling how new it was.
    const auto isAge = [](const auto& one) { return one.age; };
    view.facts.erase(std::remove_if(view.facts.begin(), view.facts.end(), isAge), view.facts.end());
    for (ReplicaView& replica : view.replicas) {
        replica.answers = false;
        replica.fields.erase(std::remove_if(replica.fields.begin(), replica.fields.end(), isAge),
                             replica.fields.end());
        QStringList parts{roleAndVote(replica), replica.detail};
        if (replica.ageMs) {
            *replica.ageMs += ago.count();
            replica.seen = Words::tr("seen %1 ago").arg(text::duration(Milliseconds(*replica.ageMs)));
            parts.append(Words::tr("last known, %1").arg(replica.seen));
        }
        replica.description = parts.join(QStringLiteral("; "));
    }
    return view;
}

} // namespace pilothouse::models
