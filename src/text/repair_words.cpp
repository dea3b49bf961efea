// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/repair_words.h"

#include "domain/repair.h"
#include "text/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace pilothouse::text {
namespace {

using domain::RepairPhase;
using domain::RepairStep;
using domain::Statement;

// With the other changes to a cluster, whose words some of these are.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(operations)
};

QString plain(const std::string& text) {
    return QString::fromStdString(text);
}

// Those that are not the survivor: they answer or they do not.
QStringList othersIn(const api::RepairPlan& plan) {
    QStringList names;
    for (const auto& each : plan.silent) {
        names += plain(each.name.empty() ? each.replica : each.name);
    }
    for (const auto& each : plan.survivors) {
        if (each.replica != plan.replica) {
            names += plain(each.name.empty() ? each.replica : each.name);
        }
    }
    names.sort();
    return names;
}

QString blobWords(const std::optional<std::int64_t>& missing) {
    if (!missing) {
        return Words::tr("what it lacks is not known");
    }
    return *missing == 0
               ? Words::tr("has every blob")
               : Words::tr("lacks %1 blobs", nullptr, static_cast<int>(*missing)).arg(count(*missing));
}

} // namespace

QString repairTitle(const std::string& survivor) {
    return Words::tr("Repair from %1").arg(plain(survivor));
}

QString repairOutcome(const api::RepairPlan& plan) {
    return Words::tr("%1 goes on alone, in epoch %2, with what it holds.")
        .arg(plain(plan.name), count(plan.to_epoch));
}

QString leftBehindWords(const api::RepairPlan& plan) {
    const QStringList names = othersIn(plan);
    return names.isEmpty() ? QString()
                           : Words::tr("%1 stay behind. When they come back they are read-only and keep "
                                       "their data, until you empty them and join them again.",
                                       nullptr, static_cast<int>(names.size()))
                                 .arg(list(names));
}

QString repairStepTitle(const std::string& step, const std::string& survivor) {
    const auto known = domain::repairStepOf(step);
    const QString name = plain(survivor);
    if (!known) {
        return plain(step);
    }
    switch (*known) {
    case RepairStep::stop:
        return Words::tr("Stop the engine of %1, and what it serves").arg(name);
    case RepairStep::copyFolder:
        return Words::tr("Copy the engine’s data of %1").arg(name);
    case RepairStep::newAuthority:
        return Words::tr("Make a new authority for engines, which the old ones do not have");
    case RepairStep::startAlone:
        return Words::tr("Start the engine of %1 alone").arg(name);
    case RepairStep::recordEpoch:
        return Words::tr("Record the new epoch");
    case RepairStep::serve:
        break;
    }
    return Words::tr("Wait until %1 answers healthy").arg(name);
}

QString repairPhaseWords(const std::string& phase) {
    const auto known = domain::repairPhaseOf(phase);
    if (!known) {
        return plain(phase);
    }
    switch (*known) {
    case RepairPhase::running:
        return Words::tr("running");
    case RepairPhase::done:
        return Words::tr("done");
    case RepairPhase::failed:
        return Words::tr("failed");
    case RepairPhase::puttingBack:
        return Words::tr("being put back");
    case RepairPhase::putBack:
        break;
    }
    return Words::tr("put back");
}

QString repairJournalWords(const api::JournalLine& line, const api::Repair& repair) {
    const QString step = repairStepTitle(line.step, repair.name);
    const std::string& what = line.what;
    if (what == "started") {
        return line.detail.empty() ? Words::tr("Started")
                                   : Words::tr("Started, because: %1").arg(plain(line.detail));
    }
    if (what == "step_began") {
        return Words::tr("%1: begun").arg(step);
    }
    if (what == "step_done") {
        return Words::tr("%1: done").arg(step);
    }
    if (what == "step_undone") {
        return Words::tr("%1: taken back").arg(step);
    }
    if (what == "failed") {
        return Words::tr("Failed, and is taken back: %1").arg(plain(line.detail));
    }
    if (what == "put_back") {
        return line.detail.empty() ? Words::tr("Put back")
                                   : Words::tr("Put back, because: %1").arg(plain(line.detail));
    }
    if (what == "ended") {
        return line.detail.empty() ? Words::tr("Ended")
                                   : Words::tr("Ended: %1").arg(repairPhaseWords(line.detail));
    }
    return line.detail.empty() ? plain(what) : QStringLiteral("%1: %2").arg(plain(what), plain(line.detail));
}

QString statementWords(const std::string& statement) {
    const auto known = domain::statementOf(statement);
    if (!known) {
        return plain(statement);
    }
    switch (*known) {
    case Statement::destroyed:
        return Words::tr("destroyed");
    case Statement::poweredOff:
        return Words::tr("powered off");
    case Statement::cutOff:
        return Words::tr("cut off from its peers and from clients");
    case Statement::unknown:
        break;
    }
    return Words::tr("not known");
}

QString statementMeaning(const std::string& statement) {
    const auto known = domain::statementOf(statement);
    if (!known) {
        return {};
    }
    switch (*known) {
    case Statement::destroyed:
        return Words::tr("Its data is gone: it never comes back.");
    case Statement::poweredOff:
        return Words::tr("It is off, and nobody starts it before you have seen to its data.");
    case Statement::cutOff:
        return Words::tr("It may run, but no peer and no client reaches it.");
    case Statement::unknown:
        break;
    }
    return Words::tr("Find out first: it may be serving.");
}

QString survivorWords(const api::Survivor& survivor) {
    const QString log = survivor.log ? Words::tr("last entry %1 (term %2), %3 committed")
                                           .arg(count(survivor.log->last), count(survivor.log->last_term),
                                                count(survivor.log->committed))
                                     : Words::tr("its log cannot be read");
    return log + QStringLiteral(" · ") + blobWords(survivor.missing_blobs);
}

QString bestSurvivorWords(const std::vector<api::Survivor>& survivors) {
    if (survivors.size() < 2 || !survivors[0].log) {
        return {};
    }
    const auto& best = survivors[0];
    const auto& next = survivors[1];
    const QString name = plain(best.name);
    const QString other = plain(next.name);
    if (!next.log) {
        return Words::tr("The log of %1 can be read, that of %2 cannot.").arg(name, other);
    }
    if (best.log->last_term != next.log->last_term) {
        return Words::tr("The log of %1 is newer than that of %2: term %3 instead of %4.")
            .arg(name, other, count(best.log->last_term), count(next.log->last_term));
    }
    if (const auto more = best.log->last - next.log->last; more != 0) {
        return Words::tr("%1 holds %2 entries more than %3.", nullptr, static_cast<int>(more))
            .arg(name, count(more), other);
    }
    if (const auto more = best.log->committed - next.log->committed; more != 0) {
        return Words::tr("%1 holds as many entries as %3, and knows of %2 more that a majority had them.",
                         nullptr, static_cast<int>(more))
            .arg(name, count(more), other);
    }
    if (best.missing_blobs != next.missing_blobs && best.missing_blobs) {
        return next.missing_blobs
                   ? Words::tr("%1 holds the same entries as %2, and lacks fewer blobs.").arg(name, other)
                   : Words::tr("%1 holds the same entries as %2, and knows which blobs it lacks.")
                         .arg(name, other);
    }
    return Words::tr("%1 and %2 hold the same.").arg(name, other);
}

QString repairEndWords(const api::Repair& repair) {
    const auto phase = domain::repairPhaseOf(repair.phase);
    const QString name = plain(repair.name);
    if (phase == RepairPhase::done) {
        return Words::tr("%1 serves again, alone, in epoch %2.").arg(name, count(repair.to_epoch));
    }
    if (phase == RepairPhase::failed) {
        return Words::tr("The repair from %1 failed: %2").arg(name, plain(repair.error));
    }
    if (phase == RepairPhase::putBack) {
        return Words::tr("The repair from %1 is put back: it is a member of epoch %2 again, as before.")
            .arg(name, count(repair.from_epoch));
    }
    return Words::tr("The repair from %1: %2.").arg(name, repairPhaseWords(repair.phase));
}

QString putBackWords(const api::Repair& repair) {
    if (!repair.can_put_back) {
        return plain(repair.why_not_put_back);
    }
    const QString until = Words::tr("It can be put back until a second replica has joined.");
    const std::int64_t changes = repair.changes_since.value_or(0);
    return changes == 0 ? until
                        : until + u' ' +
                              Words::tr("That would lose the %1 changes made since.", nullptr,
                                        static_cast<int>(changes))
                                  .arg(count(changes));
}

QList<Step> stepsAfterRepair(const std::vector<api::FormerMember>& former) {
    QStringList names; // of those that may come back
    for (const auto& each : former) {
        if (each.statement != nameOf(Statement::destroyed)) {
            names += plain(each.name.empty() ? each.id : each.name);
        }
    }
    const QString wait = QStringLiteral("pilothouse-replica serve --join-host ADDRESS");
    const QString join = QStringLiteral("pilothousectl join --yes");
    QList<Step> steps{
        {Words::tr("Look at what was saved"),
         Words::tr("Pushes and pulls work, but the loss of this one replica loses the cluster."),
         {QStringLiteral("pilothousectl status")}},
        {Words::tr("Go back to three: let each of two new hosts wait, and join it from here"),
         Words::tr("Once a second replica has joined the repair cannot be put back."),
         {wait, join}}};
    if (!names.isEmpty()) {
        steps += {Words::tr("%1 may join again like new hosts, once they are emptied", nullptr,
                            static_cast<int>(names.size()))
                      .arg(list(names)),
                  Words::tr("Copy the data folder aside first: what only this replica accepted is nowhere "
                            "else."),
                  {wait, join}};
    }
    return steps;
}

QString formerMemberWords(const api::FormerMember& member, bool answers) {
    const QString epoch = count(member.epoch);
    if (answers) {
        return Words::tr("of epoch %1, read-only, waits to be emptied and joined again").arg(epoch);
    }
    return member.statement.empty()
               ? Words::tr("of epoch %1, left behind by a repair, does not answer").arg(epoch)
               : Words::tr("of epoch %1, left behind by a repair, does not answer (%2)")
                     .arg(epoch, statementWords(member.statement));
}

QList<Step> stepsForLeftBehind(std::int64_t epoch) {
    return {
        {Words::tr("Stop it, and put its data folder aside"),
         Words::tr("What only it accepted is nowhere else: keep the folder until nobody misses anything."),
         {QStringLiteral("sudo systemctl stop pilothouse-replica"),
          QStringLiteral("sudo mv /var/lib/pilothouse /var/lib/pilothouse.epoch-%1").arg(epoch)}},
        {Words::tr("Let it wait, empty, like a new host"),
         Words::tr("ADDRESS is its own name or address. It shows a setup code."),
         {QStringLiteral("pilothouse-replica serve --join-host ADDRESS")}},
        {Words::tr("Join it again"), Words::tr("Choose “Add replica…” and paste the setup code."), {}}};
}

QString nothingToRepairFrom(const QString& cluster) {
    return Words::tr("No replica of %1 answers, so there is nothing to repair from.").arg(cluster);
}

QString whatABackupNeeds() {
    return Words::tr("If the data folder of one replica is left, start it on its host and repair from it. "
                     "Else a backup is needed: all records of the state at one revision, and the blobs that "
                     "they name.");
}

} // namespace pilothouse::text
