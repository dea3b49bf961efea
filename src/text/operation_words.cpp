// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/operation_words.h"

#include "domain/operation.h"
#include "domain/repair.h"
#include "text/format.h"
#include "text/repair_words.h"

#include <QCoreApplication>

namespace pilothouse::text {
namespace {

using domain::OperationKind;
using domain::OperationPhase;
using domain::StepKind;
using domain::WaitReason;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(operations)
};

constexpr const char* pastRepair = "repair"; // a repair in the list of past operations

QString plain(const std::string& text) {
    return QString::fromStdString(text);
}

QString names(const std::vector<std::string>& all) {
    QStringList result;
    for (const auto& each : all) {
        result += plain(each);
    }
    return list(result);
}

std::int64_t numberIn(const api::Waiting& waiting) {
    return waiting.numbers.empty() ? 0 : waiting.numbers.front();
}

// Of a wait that is over, without its numbers.
QString reasonWords(const std::string& reason) {
    const auto known = domain::waitReasonOf(reason);
    if (!known) {
        return plain(reason);
    }
    switch (*known) {
    case WaitReason::requests:
        return Words::tr("requests were still answered");
    case WaitReason::copies:
        return Words::tr("blobs were still being copied");
    case WaitReason::unknown:
        return Words::tr("it was not known who has what");
    case WaitReason::noAnswer:
        return Words::tr("no answer");
    case WaitReason::stopping:
        return Words::tr("it still answered");
    case WaitReason::joining:
        return Words::tr("it was being set up");
    case WaitReason::balancer:
        return Words::tr("the load balancer needed time to see it");
    case WaitReason::restarting:
        return Words::tr("it was starting again");
    case WaitReason::catchingUp:
        return Words::tr("it still fetched blobs");
    case WaitReason::unwell:
        return Words::tr("it was not healthy yet");
    case WaitReason::trouble:
        return Words::tr("something went wrong");
    case WaitReason::noLeader:
    case WaitReason::engineBusy:
    case WaitReason::membership:
        break;
    }
    return waitingWords({reason, {}, {}, {}, {}, false, {}});
}

QString copiesWords(const api::Waiting& waiting) {
    const std::int64_t blobs = numberIn(waiting);
    if (blobs == 0) {
        return Words::tr("%1 must say that nothing is missing there").arg(names(waiting.names));
    }
    return Words::tr("%1 blobs must be copied to %2 first", nullptr, static_cast<int>(blobs))
        .arg(count(blobs), names(waiting.names));
}

QString fetchingWords(const api::Waiting& waiting) {
    const std::int64_t blobs = numberIn(waiting);
    if (waiting.numbers.size() < 2 || blobs == 0) {
        return Words::tr("%1 counts what it lacks").arg(names(waiting.names));
    }
    return Words::tr("%1 still fetches %2 blobs, %3", nullptr, static_cast<int>(blobs))
        .arg(names(waiting.names), count(blobs), bytes(waiting.numbers[1]));
}

} // namespace

QString operationTitle(const std::string& kind, const std::string& replica) {
    if (kind == pastRepair) {
        return repairTitle(replica);
    }
    const auto known = domain::operationKindOf(kind);
    if (known == OperationKind::remove) {
        return Words::tr("Remove %1").arg(plain(replica));
    }
    if (known == OperationKind::forget) {
        return Words::tr("Forget %1").arg(plain(replica));
    }
    if (known == OperationKind::join) {
        return Words::tr("Join %1").arg(plain(replica));
    }
    if (known == OperationKind::replace) {
        return Words::tr("Replace %1").arg(plain(replica));
    }
    if (known == OperationKind::rollingRestart) {
        return replica.empty() ? Words::tr("Restart all replicas")
                               : Words::tr("Restart %1").arg(plain(replica));
    }
    if (known == OperationKind::makeLeader) {
        return Words::tr("Make %1 the leader").arg(plain(replica));
    }
    if (known == OperationKind::drain) {
        return Words::tr("Drain %1").arg(plain(replica));
    }
    if (known == OperationKind::undrain) {
        return Words::tr("Undrain %1").arg(plain(replica));
    }
    if (known == OperationKind::rename) {
        return Words::tr("Rename %1").arg(plain(replica));
    }
    return replica.empty() ? plain(kind) : plain(kind) + u' ' + plain(replica);
}

QString stepTitle(const std::string& step, const std::string& replica,
                  const std::optional<std::string>& host) {
    const auto known = domain::stepKindOf(step);
    const QString name = plain(known && isOfHost(*known) ? host.value_or(replica) : replica);
    if (!known) {
        return domain::repairStepOf(step) ? repairStepTitle(step, replica) : plain(step);
    }
    switch (*known) {
    case StepKind::check:
        return Words::tr("Check once more");
    case StepKind::drain:
        return Words::tr("Take %1 out of the load balancer’s pool").arg(name);
    case StepKind::finishRequests:
        return Words::tr("Let requests at %1 finish").arg(name);
    case StepKind::handOver:
        return Words::tr("Hand over the leadership, if %1 has it").arg(name);
    case StepKind::completeCopies:
        return Words::tr("Copy every blob to a majority without %1").arg(name);
    case StepKind::removeMember:
        return Words::tr("Take %1 out of the group").arg(name);
    case StepKind::stopReplica:
        return Words::tr("Wait until %1 has stopped").arg(name);
    case StepKind::repairCopies:
        return Words::tr("Copy every blob to a majority of those left");
    case StepKind::admit:
        return Words::tr("Make %1 a member, without a vote yet").arg(name);
    case StepKind::catchUp:
        return Words::tr("Let %1 catch up with state and blobs").arg(name);
    case StepKind::promote:
        return Words::tr("Give %1 its vote").arg(name);
    case StepKind::takePart:
        return Words::tr("Wait until %1 answers healthy").arg(name);
    case StepKind::restart:
        return Words::tr("Restart %1, until it takes part again").arg(name);
    case StepKind::makeLeader:
        return Words::tr("Hand the leadership to %1").arg(name);
    case StepKind::undrain:
        return Words::tr("Put %1 back into the load balancer’s pool").arg(name);
    case StepKind::rename:
        break;
    }
    return Words::tr("Give %1 its new name").arg(name);
}

QString stepTitle(const api::Operation& operation, const api::OperationStep& step) {
    return stepTitle(step.kind, step.name.value_or(operation.name), operation.host_name);
}

QString stepTitle(const api::OperationPlan& plan, std::size_t at) {
    const bool named = plan.step_names && at < plan.step_names->size() && !(*plan.step_names)[at].empty();
    return stepTitle(plan.steps[at], named ? (*plan.step_names)[at] : plan.name, plan.host_name);
}

QString upkeepEnd(const api::Operation& operation) {
    const QString name = plain(operation.name);
    const auto kind = domain::operationKindOf(operation.kind);
    if (operation.phase == nameOf(OperationPhase::refused)) {
        return Words::tr("Nothing was changed.");
    }
    if (operation.phase != nameOf(OperationPhase::done)) {
        for (const api::OperationStep& step : operation.steps) {
            if (step.kind == nameOf(StepKind::drain) && step.state == nameOf(domain::StepState::skipped)) {
                return Words::tr("Cancelled, but %1 may still be draining: look at it, and let it take "
                                 "traffic again.")
                    .arg(plain(step.name.value_or(operation.name)));
            }
        }
        return kind == OperationKind::rollingRestart
                   ? Words::tr("Cancelled: those that were not restarted yet stay as they are.")
                   : Words::tr("Cancelled: everything is as it was.");
    }
    if (kind == OperationKind::rollingRestart) {
        return name.isEmpty() ? Words::tr("All replicas were restarted, and take part again.")
                              : Words::tr("%1 was restarted, and takes part again.").arg(name);
    }
    if (kind == OperationKind::makeLeader) {
        return Words::tr("%1 leads.").arg(name);
    }
    if (kind == OperationKind::drain) {
        return Words::tr("%1 is draining: its health addresses answer 503, and its requests have finished.")
            .arg(name);
    }
    if (kind == OperationKind::undrain) {
        return Words::tr("%1 takes traffic again.").arg(name);
    }
    return Words::tr("%1 is called %2 now.").arg(name, plain(operation.new_name.value_or("")));
}

QString phaseWords(const std::string& phase) {
    const auto known = domain::operationPhaseOf(phase);
    if (!known) {
        return plain(phase);
    }
    switch (*known) {
    case OperationPhase::running:
        return Words::tr("running");
    case OperationPhase::undoing:
        return Words::tr("being taken back");
    case OperationPhase::done:
        return Words::tr("done");
    case OperationPhase::cancelled:
        return Words::tr("cancelled");
    case OperationPhase::refused:
        break;
    }
    return Words::tr("refused");
}

QString waitingWords(const api::Waiting& waiting) {
    const auto known = domain::waitReasonOf(waiting.reason);
    const QString who = names(waiting.names);
    if (!known) {
        return plain(waiting.detail.empty() ? waiting.reason : waiting.detail);
    }
    switch (*known) {
    case WaitReason::requests:
        return Words::tr("%1 requests are still answered there", nullptr, static_cast<int>(numberIn(waiting)))
            .arg(count(numberIn(waiting)));
    case WaitReason::copies:
        return copiesWords(waiting);
    case WaitReason::unknown:
        return Words::tr("which blobs %1 has is not known").arg(who);
    case WaitReason::noLeader:
        return Words::tr("a leader is being elected");
    case WaitReason::engineBusy:
        return Words::tr("the engine refuses changes until all members have been connected for 5 s");
    case WaitReason::membership:
        return Words::tr("somebody else changes the membership");
    case WaitReason::noAnswer:
        return Words::tr("%1 does not answer").arg(who);
    case WaitReason::stopping:
        return Words::tr("%1 still answers").arg(who);
    case WaitReason::joining:
        return Words::tr("%1 is being set up").arg(who);
    case WaitReason::balancer:
        return Words::tr("a load balancer has seen that %1 drains in %2 s")
            .arg(who, count(numberIn(waiting)));
    case WaitReason::restarting:
        return Words::tr("%1 is starting again").arg(who);
    case WaitReason::catchingUp:
        return fetchingWords(waiting);
    case WaitReason::unwell:
        return waiting.detail.empty()
                   ? Words::tr("%1 is not healthy yet").arg(who)
                   : Words::tr("%1 is not healthy yet: %2").arg(who, plain(waiting.detail));
    case WaitReason::trouble:
        break;
    }
    return plain(waiting.detail);
}

QString journalWords(const api::JournalLine& line, const api::Operation& operation) {
    if (operation.kind == pastRepair) {
        api::Repair repair;
        repair.name = operation.name;
        return repairJournalWords(line, repair);
    }
    const QString step = stepTitle(line.step, line.name.value_or(operation.name), operation.host_name);
    const std::string& what = line.what;
    if (what == "started") {
        return line.detail.empty() ? Words::tr("Started")
                                   : Words::tr("Started, because: %1").arg(plain(line.detail));
    }
    if (what == "taken_over") {
        return Words::tr("Carried on by another replica");
    }
    if (what == "step_began") {
        return Words::tr("%1: begun").arg(step);
    }
    if (what == "step_done") {
        return Words::tr("%1: done").arg(step);
    }
    if (what == "step_skipped") {
        return Words::tr("%1: skipped").arg(step);
    }
    if (what == "step_undone") {
        return Words::tr("%1: taken back").arg(step);
    }
    if (what == "waits") {
        return Words::tr("%1: waits (%2)").arg(step, reasonWords(line.detail));
    }
    if (what == "cancelled") {
        return Words::tr("Cancelled");
    }
    if (what == "cancelled_too_late") {
        if (const auto kind = domain::operationKindOf(operation.kind); kind && !changesMembers(*kind)) {
            return Words::tr("Cancelled too late: it was done already");
        }
        return operation.host_name
                   ? Words::tr("Cancelled too late: %1 voted already").arg(plain(*operation.host_name))
                   : Words::tr("Cancelled too late: %1 had left already").arg(plain(operation.name));
    }
    if (what == "ended") {
        return Words::tr("Ended: %1").arg(phaseWords(line.detail));
    }
    return plain(what);
}

QString marginWords(const api::Margin& margin) {
    const QString vote =
        Words::tr("%1 of %2 voting replicas are well", nullptr, static_cast<int>(margin.well))
            .arg(count(margin.well), count(margin.voters));
    return margin.tolerates > 0 ? Words::tr("%1, it can lose %2 more").arg(vote, count(margin.tolerates))
                                : Words::tr("%1, it can lose none of them").arg(vote);
}

} // namespace pilothouse::text
