// SPDX-License-Identifier: GPL-3.0-or-later
// Changes by which the members of a cluster stay the same.
#include "cli/await.h"
#include "cli/change.h"
#include "cli/commands.h"
#include "cli/consent.h"
#include "cli/exit_code.h"
#include "cli/operation_report.h"
#include "cli/output.h"
#include "cli/session_verb.h"
#include "cli/text.h"
#include "client/operation_steps.h"
#include "domain/operation.h"

#include <QJsonObject>

#include <CLI/CLI.hpp>

#include <memory>

namespace pilothouse::cli {
namespace {

using domain::OperationKind;

// What was done to which replica: one sentence, or one object with its id, name and `key`.
int done(const client::KnownMember& replica, bool json, QLatin1String key, bool value,
         const QString& sentence) {
    if (json) {
        printJson(QJsonDocument(QJsonObject{{QStringLiteral("id"), QString::fromStdString(replica.id.str())},
                                            {QStringLiteral("name"), replica.name},
                                            {key, value}}));
    } else {
        printLine(sentence);
    }
    return exitDone;
}

int orderLeader(Session& session, const client::KnownMember& replica, bool json) {
    if (const auto made = await(session.commands().makeLeader(replica.id)); !made) {
        return reportError(made.error());
    }
    return done(replica, json, QLatin1String("leader"), true, Text::tr("%1 leads.").arg(replica.name));
}

int orderDrain(Session& session, const client::KnownMember& replica, bool draining, bool json) {
    if (const auto set = await(session.commands().setDraining(replica.id, draining)); !set) {
        return reportError(set.error());
    }
    return done(replica, json, QLatin1String("draining"), draining,
                draining
                    ? Text::tr("%1 is draining: its health addresses answer 503, running requests finish.")
                          .arg(replica.name)
                    : Text::tr("%1 takes traffic again.").arg(replica.name));
}

// As an operation with a record where that is possible; else the order alone.
int changeOrOrder(Session& session, const ChangeOptions& options, OperationKind kind) {
    const auto replica = session.findReplica(options.replica);
    if (!replica) {
        return reportError(replica.error());
    }
    const api::AskPlan asked{
        .kind = std::string(nameOf(kind)), .replica = replica->id.str(), .setup_code = {}, .new_name = {}};
    const auto plan = await(session.commands().planOperation(asked));
    const bool tooOld = !plan && (plan.error().code == ErrorCode::invalid ||
                                  plan.error().code == ErrorCode::notFound); // to know such plans
    if (options.dryRun || (plan ? !client::canOnlyBeOrdered(*plan) : !tooOld)) {
        return plan ? carryOut(session, options, asked, *plan) : reportError(plan.error());
    }
    if (plan) {
        if (const auto missing = objection(client::findingsOfOrder(*plan), plan->name,
                                           {options.reason, options.force}, true)) {
            printLine(planText(*plan).trimmed());
            return reportError(*missing);
        }
        printNote(Text::tr("This leaves no record: the cluster cannot keep one now."));
    }
    return kind == OperationKind::makeLeader
               ? orderLeader(session, *replica, options.json)
               : orderDrain(session, *replica, kind == OperationKind::drain, options.json);
}

int makeLeader(Session& session, const ChangeOptions& options) {
    return changeOrOrder(session, options, OperationKind::makeLeader);
}

int drain(Session& session, const ChangeOptions& options) {
    return changeOrOrder(session, options, options.off ? OperationKind::undrain : OperationKind::drain);
}

int restart(Session& session, const ChangeOptions& options) {
    api::AskPlan asked{.kind = std::string(nameOf(OperationKind::rollingRestart)),
                       .replica = {},
                       .setup_code = {},
                       .new_name = {}};
    if (!options.replica.empty()) {
        const auto replica = session.findReplica(options.replica);
        if (!replica) {
            return reportError(replica.error());
        }
        asked.replica = replica->id.str();
    }
    session.learnMembers(); // so that it can be followed wherever it goes on
    return carryOut(session, options, asked);
}

int rename(Session& session, const ChangeOptions& options) {
    const auto replica = session.findReplica(options.replica);
    if (!replica) {
        return reportError(replica.error());
    }
    return carryOut(session, options,
                    {.kind = std::string(nameOf(OperationKind::rename)),
                     .replica = replica->id.str(),
                     .setup_code = {},
                     .new_name = options.newName});
}

void addRestart(CLI::App& app, Command& chosen) {
    auto options = std::make_shared<ChangeOptions>();
    auto* command = addSessionVerb(app, "rolling-restart", "Restart the replicas, one after another", chosen,
                                   options, restart);
    command->add_option("replica", options->replica, "Only this one: its name or id");
    addCommonOptions(*command, *options);
    command->footer(
        "Each leaves the load balancer's pool, finishes its requests, starts again, and takes part again\n"
        "before the next one goes; the leader is the last, and hands over first. What has been installed in\n"
        "the program's place then runs.\n\n"
        "Examples:\n"
        "  pilothousectl rolling-restart --dry-run\n"
        "  pilothousectl rolling-restart --yes\n"
        "  pilothousectl rolling-restart reg-2 --yes");
}

void addRename(CLI::App& app, Command& chosen) {
    auto options = std::make_shared<ChangeOptions>();
    auto* command = addSessionVerb(app, "rename", "Give a replica another name", chosen, options, rename);
    command->add_option("replica", options->replica, "Its name or id")->required();
    command->add_option("new-name", options->newName, "1 to 63 letters, digits, dots, underscores, hyphens")
        ->required();
    addCommonOptions(*command, *options);
    command->footer("Its id and its address stay.\n\n"
                    "Example:\n  pilothousectl rename reg-2 berlin-2 --yes");
}

} // namespace

void addUpkeepCommands(CLI::App& app, Command& chosen) {
    auto leading = std::make_shared<ChangeOptions>();
    auto* leader =
        addSessionVerb(app, "make-leader", "Hand the leadership to a replica", chosen, leading, makeLeader);
    leader->add_option("replica", leading->replica, "Its name or id")->required();
    addCommonOptions(*leader, *leading, false);
    leader->footer("Example:\n  pilothousectl make-leader reg-2 --cluster demo");

    auto draining = std::make_shared<ChangeOptions>();
    auto* pool = addSessionVerb(app, "drain", "Take a replica out of the load balancer's pool, or back in",
                                chosen, draining, drain);
    pool->add_option("replica", draining->replica, "Its name or id")->required();
    pool->add_flag("--off", draining->off, "Take traffic again");
    addCommonOptions(*pool, *draining, false);
    pool->footer(
        "Ends when its requests have finished. Works without quorum too, and while another change is\n"
        "under way: then the replica itself is asked, and no record is kept.\n\n"
        "Examples:\n"
        "  pilothousectl drain reg-2\n"
        "  pilothousectl drain reg-2 --off");

    addRename(app, chosen);
    addRestart(app, chosen);
}

} // namespace pilothouse::cli
