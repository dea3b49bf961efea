// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/verbs.h"

#include "domain/operation_plan.h"

#include <QCoreApplication>

#include <algorithm>

namespace pilothouse::ui {
namespace {

using domain::Verdict;
using models::ClusterView;
using models::ReplicaView;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(pilothouse::ui::Verbs)
};

// Why nothing can be asked of it; empty: it can.
QString whyNotAsked(const ClusterView& cluster, const ReplicaView& replica) {
    if (!cluster.notLive.isEmpty()) {
        return Words::tr("This console itself is cut off.");
    }
    return replica.answers ? QString() : Words::tr("%1 does not answer.").arg(replica.name);
}

QString whyNotLeader(const ClusterView& cluster, const ReplicaView& replica) {
    const QString why = whyNotAsked(cluster, replica);
    if (!why.isEmpty()) {
        return why;
    }
    if (cluster.leader() == nullptr) {
        return Words::tr("There is no leader to hand over.");
    }
    if (replica.state != domain::ReplicaState::healthy) {
        return Words::tr("%1 is %2.").arg(replica.name, replica.stateWord);
    }
    return {};
}

// Why its membership cannot be changed now; empty: it can.
QString whyNotChanged(const ClusterView& cluster) {
    if (!cluster.notLive.isEmpty()) {
        return Words::tr("This console itself is cut off.");
    }
    if (cluster.operation) {
        return Words::tr("Another change is under way: %1.").arg(cluster.operation->title);
    }
    const bool writes = cluster.verdict == Verdict::healthy || cluster.verdict == Verdict::degraded ||
                        cluster.verdict == Verdict::atRisk;
    return writes ? QString() : Words::tr("Nothing can be changed without a majority.");
}

QString whyNotRemoved(const ClusterView& cluster) {
    const QString why = whyNotChanged(cluster);
    return why.isEmpty() && cluster.voters == 1 && cluster.replicas.size() == 1
               ? Words::tr("It is the only replica.")
               : why;
}

QString whyNotJoined(const ClusterView& cluster) {
    const QString why = whyNotChanged(cluster);
    if (!why.isEmpty()) {
        return why;
    }
    for (const ReplicaView& replica : cluster.replicas) {
        if (replica.state == domain::ReplicaState::joining || replica.role == domain::Role::learner) {
            return Words::tr("%1 is joining already.").arg(replica.name);
        }
    }
    return cluster.voters >= domain::mostVoters ? Words::tr("A cluster has seven voting replicas at most.")
                                                : QString();
}

// The safest useful step with one that is not well, unless it only has to be started again.
Verb diagnosisOf(const ClusterView& cluster, const ReplicaView& replica, const Verbs& others) {
    Verb verb{VerbKind::diagnose, replica.id, Words::tr("Diagnose…")};
    if (!cluster.notLive.isEmpty()) {
        verb.why = Words::tr("This console itself is cut off.");
    }
    verb.strong = verb.why.isEmpty() && replica.state == domain::ReplicaState::notAnswering &&
                  std::none_of(others.begin(), others.end(), [](const Verb& each) { return each.strong; });
    return verb;
}

Verb checkOf(const ClusterView& cluster) {
    Verb verb{VerbKind::check, {}, Words::tr("Check cluster…")};
    if (!cluster.notLive.isEmpty()) {
        verb.why = Words::tr("This console itself is cut off.");
    }
    return verb;
}

void addSandboxVerbs(Verbs& verbs, const ReplicaView& replica, ProcessState process) {
    const auto add = [&](VerbKind kind, const QString& label, bool strong = false) {
        verbs.append({kind, replica.id, label, {}, strong});
    };
    switch (process) {
    case ProcessState::running:
        add(VerbKind::pause, Words::tr("Pause"));
        add(VerbKind::kill, Words::tr("Kill"));
        add(VerbKind::stop, Words::tr("Stop"));
        break;
    case ProcessState::paused:
        add(VerbKind::resume, Words::tr("Resume"), true);
        add(VerbKind::kill, Words::tr("Kill"));
        break;
    case ProcessState::stopped:
        add(VerbKind::start, Words::tr("Start"), true);
        break;
    }
}

} // namespace

Verb repairOf(const ClusterView& cluster) {
    Verb verb{VerbKind::repair, {}, Words::tr("Repair…")};
    if (!cluster.notLive.isEmpty()) {
        verb.why = Words::tr("This console itself is cut off.");
    } else if (cluster.loginRefused) {
        verb.why = Words::tr("The login is refused.");
    } else if (std::none_of(cluster.replicas.begin(), cluster.replicas.end(), [](const ReplicaView& each) {
                   return each.voting && each.answers && !each.leftBehind;
               })) {
        verb.why = Words::tr("No replica that votes answers.");
    }
    return verb;
}

std::optional<Verb> putBackOf(const ClusterView& cluster) {
    if (!cluster.putBack) {
        return std::nullopt;
    }
    const QString why =
        cluster.notLive.isEmpty() ? cluster.putBack->why : Words::tr("This console itself is cut off.");
    return Verb{VerbKind::putBack, cluster.putBack->survivor, Words::tr("Put the repair back…"), why};
}

Verbs verbsFor(const ClusterView& cluster, const QString& replicaId, const Processes& processes) {
    Verbs verbs;
    const ReplicaView* replica = cluster.find(replicaId);
    if (replica == nullptr) {
        return verbs;
    }
    const auto process = processes.constFind(replicaId);
    if (replica->leftBehind) { // it is a member of nothing
        if (process != processes.cend()) {
            addSandboxVerbs(verbs, *replica, *process);
        }
        return verbs;
    }
    const bool runs = process == processes.cend() || *process == ProcessState::running;
    if (runs && replica->voting && !replica->leader) {
        verbs.append(
            {VerbKind::makeLeader, replicaId, Words::tr("Make leader"), whyNotLeader(cluster, *replica)});
    }
    if (runs) {
        const QString why = whyNotAsked(cluster, *replica);
        verbs.append(replica->draining ? Verb{VerbKind::undrain, replicaId, Words::tr("Undrain"), why}
                                       : Verb{VerbKind::drain, replicaId, Words::tr("Drain"), why});
    }
    if (process != processes.cend()) {
        addSandboxVerbs(verbs, *replica, *process);
    }
    verbs.append(diagnosisOf(cluster, *replica, verbs));
    const bool gone = replica->state == domain::ReplicaState::notAnswering;
    if (gone) {
        verbs.append({VerbKind::replace, replicaId, Words::tr("Replace…"), whyNotRemoved(cluster)});
        verbs.append({VerbKind::forget, replicaId, Words::tr("Forget…"), whyNotRemoved(cluster)});
    } else {
        verbs.append({VerbKind::remove, replicaId, Words::tr("Remove…"), whyNotRemoved(cluster)});
    }
    if (const auto back = putBackOf(cluster); back && back->replicaId == replicaId) {
        verbs.append(*back);
    }
    return verbs;
}

Verbs verbsFor(const ClusterView& cluster, const Processes& processes) {
    if (cluster.loginRefused) {
        return {{VerbKind::logIn, {}, Words::tr("Log in…"), {}, true}};
    }
    Verbs starts;
    Verbs resumes;
    for (const ReplicaView& replica : cluster.replicas) {
        const auto process = processes.constFind(replica.id);
        if (process == processes.cend() || *process == ProcessState::running) {
            continue;
        }
        if (*process == ProcessState::paused) {
            resumes.append({VerbKind::resume, replica.id, Words::tr("Resume %1").arg(replica.name)});
        } else {
            starts.append({VerbKind::start, replica.id, Words::tr("Start %1").arg(replica.name)});
        }
    }
    // Beside the sentence there is room for two.
    if (starts.size() > 2) {
        starts = {{VerbKind::start, {}, Words::tr("Start all")}};
    }
    if (resumes.size() > 2) {
        resumes = {{VerbKind::resume, {}, Words::tr("Resume all")}};
    }
    Verbs verbs = starts + resumes;
    if (!verbs.isEmpty()) {
        verbs.first().strong = true;
    }
    if (verbs.size() < 2) {
        verbs.append({VerbKind::join, {}, Words::tr("Add replica…"), whyNotJoined(cluster)});
    }
    if (verbs.size() < 2) {
        verbs.append(checkOf(cluster));
    }
    return verbs;
}

} // namespace pilothouse::ui
