// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/repair_commands.h"

#include "api/json.h"
#include "cli/await.h"
#include "cli/commands.h"
#include "cli/consent.h"
#include "cli/output.h"
#include "cli/repair_follow.h"
#include "cli/repair_past.h"
#include "cli/repair_report.h"
#include "cli/repair_statements.h"
#include "cli/session_verb.h"
#include "cli/text.h"
#include "domain/check.h"
#include "domain/repair.h"
#include "text/repair_words.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace pilothouse::cli {
namespace {

struct RepairOptions {
    std::shared_ptr<TargetOptions> target;
    std::string from;
    StatedNames stated;
    std::string reason;
    bool dryRun = false;
    bool yes = false;
    bool json = false;
};

QString toQt(const std::string& text) {
    return QString::fromStdString(text);
}

// An error's message has no full stop.
Error unavailable(QString message, const QString& hint) {
    if (message.endsWith(u'.')) {
        message.chop(1);
    }
    return errorWith(ErrorCode::unavailable, message, hint);
}

// Why nobody can be asked for a plan: nobody answers, or those that do are not to be gone on from.
Error nobodyToAsk(const client::CollectedObservation& seen) {
    const QString cluster = toQt(seen.observation.clusterName);
    for (const auto& replica : seen.observation.replicas) {
        if (replica.reach == domain::Reach::notReady) {
            return errorWith(ErrorCode::unavailable, toQt(replica.error),
                             Text::tr("Look at it: pilothousectl repair status"));
        }
        if (replica.reach == domain::Reach::rejected) {
            return errorWith(
                ErrorCode::unauthorized,
                Text::tr("%1 does not let us in: %2").arg(toQt(replica.url), toQt(replica.error)),
                Text::tr("Check the user and the password"));
        }
    }
    for (const auto& [id, status] : seen.statuses) {
        return errorWith(ErrorCode::conflict,
                         Text::tr("nobody who answers is a voting member of %1: %2 says: %3")
                             .arg(cluster, toQt(status.self.name), toQt(status.self.health.reason)),
                         Text::tr("Name one with --from to go on from it nevertheless"));
    }
    return unavailable(text::nothingToRepairFrom(cluster), text::whatABackupNeeds());
}

// Whom to ask for a plan: the one that is named, else all that answer.
Result<std::vector<client::Endpoint>> survivorsToAsk(const RepairOptions& options,
                                                     const client::CollectedObservation& seen) {
    std::vector<client::Endpoint> asked;
    if (!options.from.empty()) {
        const auto named = findSeen(seen, options.from);
        if (!named) {
            return fail(named.error());
        }
        asked.push_back(endpointOf(*named));
        return asked;
    }
    const auto possible = client::possibleSurvivors(seen);
    for (const auto& replica : seen.observation.replicas) {
        if (std::find(possible.begin(), possible.end(), replica.id) != possible.end()) {
            asked.push_back(endpointOf(replica));
        }
    }
    return asked.empty() ? Result<std::vector<client::Endpoint>>(fail(nobodyToAsk(seen))) : asked;
}

struct Choice {
    client::Endpoint survivor;
    api::RepairPlan plan;
    QString why; // this one; empty where there was no choice
};

// Asks all at once, and takes the plan of the best.
Result<Choice> choose(Session& session, const std::vector<client::Endpoint>& asked,
                      const api::AskRepair& wanted) {
    std::vector<QFuture<client::Outcome<api::RepairPlan>>> futures;
    for (const auto& each : asked) {
        futures.push_back(session.repairs().plan(each, wanted));
    }
    std::vector<Choice> choices;
    std::vector<api::RepairPlan> plans;
    std::optional<Error> failure;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const auto plan = await(futures[i]);
        if (plan) {
            choices.push_back({asked[i], *plan, {}});
            plans.push_back(*plan);
        } else if (!failure) {
            failure = plan.error().error;
        }
    }
    if (choices.empty()) {
        return fail(*failure);
    }
    const auto ranked = client::rankSurvivors(plans);
    Choice best = choices.front();
    for (const auto& each : choices) {
        if (!ranked.empty() && each.plan.replica == ranked.front().replica) {
            best = each;
        }
    }
    best.why = text::bestSurvivorWords(ranked);
    return best;
}

bool blocks(const api::RepairPlan& plan, domain::CheckId check) {
    return std::any_of(plan.findings.begin(), plan.findings.end(), [&](const api::Finding& each) {
        return each.check == nameOf(check) && each.severity == nameOf(domain::Severity::blocks);
    });
}

// What is missing before it may begin, with the options that say it.
std::optional<Error> objectionTo(const api::RepairPlan& plan, const RepairOptions& options) {
    auto missing = objection(plan.findings, plan.name, {options.reason, {}}, options.yes);
    if (missing && blocks(plan, domain::CheckId::statements)) {
        missing->hint = Text::tr("Say what became of those that do not answer: --destroyed, --powered-off or "
                                 "--cut-off NAME")
                            .toStdString();
    }
    return missing;
}

void printPlan(const Choice& choice, const RepairOptions& options, bool planOnly) {
    if (options.json) {
        planOnly ? printJsonText(api::toJson(choice.plan)) : printJsonLine(api::toJson(choice.plan));
        return;
    }
    if (!choice.why.isEmpty() && options.from.empty()) {
        printLine(Text::tr("%1 is the best to go on from. %2").arg(toQt(choice.plan.name), choice.why));
    }
    printLine(repairPlanText(choice.plan).trimmed());
}

// Whom the survivor left behind, by itself; by the repair where it does not tell.
std::vector<api::FormerMember> formerAfter(Session& session, const api::Repair& repair) {
    const auto seen = session.look();
    const auto status = seen.statuses.find(ReplicaId(repair.replica));
    if (status != seen.statuses.end() && status->second.former) {
        return *status->second.former;
    }
    std::vector<api::FormerMember> former;
    for (const auto& each : repair.silent) {
        former.push_back({each.replica, each.name, {}, {}, repair.from_epoch, each.statement, {}});
    }
    return former;
}

int repairCluster(Session& session, const RepairOptions& options) {
    const auto seen = session.look();
    if (seen.statuses.empty()) {
        return reportError(nobodyToAsk(seen));
    }
    const auto silent = statementsOf(options.stated, seen);
    if (!silent) {
        return reportError(silent.error());
    }
    const auto asked = survivorsToAsk(options, seen);
    if (!asked) {
        return reportError(asked.error());
    }
    const auto members = client::seenMembers(seen);
    const auto choice = choose(session, *asked, {*silent, members});
    if (!choice) {
        return reportError(choice.error());
    }
    const auto missing = objectionTo(choice->plan, options);
    printPlan(*choice, options, options.dryRun || missing);
    if (options.dryRun) {
        return has(choice->plan.findings, domain::Severity::blocks) ? exitFailed : exitDone;
    }
    if (missing) {
        return reportError(*missing);
    }
    api::StartRepair wanted{.silent = *silent, .seen = members, .reason = {}, .operation_id = {}};
    if (!options.reason.empty()) {
        wanted.reason = options.reason;
    }
    const auto outcome = startRepair(session, choice->survivor, wanted, options.json);
    if (outcome.ended && outcome.exitCode == exitDone && !options.json) {
        printLine(repairEndText(*outcome.ended));
        printLine(nextStepsText(formerAfter(session, *outcome.ended), clusterOption(*options.target)));
    }
    return outcome.exitCode;
}

void addStatement(CLI::App& command, const std::string& name, std::vector<std::string>& names,
                  const std::string& help) {
    command.add_option(name, names, help)->delimiter(',')->allow_extra_args(false)->type_name("NAME[,NAME]");
}

// Those of the group mean nothing to its verbs, which have their own.
void refuseOptionsOf(const CLI::App& group) {
    for (const auto* option : group.get_options()) {
        if (option->count() > 0) {
            throw CLI::ValidationError(option->get_name(), "write options after the verb");
        }
    }
}

} // namespace

void addRepairCommands(CLI::App& app, Command& chosen) {
    auto options = std::make_shared<RepairOptions>();
    auto* command =
        addSessionVerb(app, "repair", "Go on from one survivor when the majority is gone for good", chosen,
                       options, repairCluster);
    command->add_option("--from", options->from,
                        "The replica to go on from, by name or id; by default the best that answers");
    addStatement(*command, "--destroyed", options->stated.destroyed,
                 "Those whose data is gone: they never come back");
    addStatement(*command, "--powered-off", options->stated.poweredOff,
                 "Those that are off, and that nobody starts before their data was seen to");
    addStatement(*command, "--cut-off", options->stated.cutOff,
                 "Those that may run, but that no peer and no client reaches");
    command->add_flag("--dry-run", options->dryRun,
                      "Say what would be done and what the checks find, and change nothing");
    command->add_flag("--yes", options->yes, "Do it");
    command->add_option("--reason", options->reason, "Why it is to be done; it is kept with the repair");
    command->footer(
        "It is refused while anybody hears of a majority. Of each member that does not answer you say what\n"
        "became of it; what only those accepted is lost. The survivor's data is copied first.\n\n"
        "Examples:\n"
        "  pilothousectl repair --dry-run\n"
        "  pilothousectl repair --destroyed reg-2,reg-3 --reason \"fire in hall 2\" --yes\n"
        "  pilothousectl repair status\n"
        "  pilothousectl repair put-back --yes");
    // Called after that of a verb below it, which it must not outdo.
    command->callback([&chosen, options, command] {
        if (!command->get_subcommands().empty()) {
            refuseOptionsOf(*command);
            return;
        }
        chosen = [options] {
            return withSession(*options->target,
                               [&](Session& session) { return repairCluster(session, *options); });
        };
    });
    addPastRepairVerbs(*command, chosen);
}

} // namespace pilothouse::cli
