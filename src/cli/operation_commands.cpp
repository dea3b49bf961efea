// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "cli/await.h"
#include "cli/change.h"
#include "cli/commands.h"
#include "cli/operation_documents.h"
#include "cli/operation_follow.h"
#include "cli/operation_report.h"
#include "cli/output.h"
#include "cli/secret_input.h"
#include "cli/session_verb.h"
#include "cli/table.h"
#include "cli/text.h"
#include "client/operation_steps.h"
#include "domain/check.h"
#include "domain/operation.h"
#include "text/operation_words.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace pilothouse::cli {
namespace {

int changeCluster(Session& session, const ChangeOptions& options, domain::OperationKind kind) {
    const auto replica = session.findReplica(options.replica);
    if (!replica) {
        return reportError(replica.error());
    }
    return carryOut(
        session, options,
        {.kind = std::string(nameOf(kind)), .replica = replica->id.str(), .setup_code = {}, .new_name = {}});
}

Result<QString> setupCodeOf(const ChangeOptions& options) {
    return options.setupCodeFile.empty()
               ? askSecret(Text::tr("The new host’s setup code: "), Text::tr("--setup-code-file"))
               : readSecret(options.setupCodeFile);
}

int joinHost(Session& session, const ChangeOptions& options) {
    const auto code = setupCodeOf(options);
    if (!code) {
        return reportError(code.error());
    }
    session.learnMembers(); // so that it can be followed wherever it goes on
    return carryOut(session, options,
                    {.kind = std::string(nameOf(domain::OperationKind::join)),
                     .replica = {},
                     .setup_code = code->toStdString(),
                     .new_name = {}});
}

int replaceReplica(Session& session, const ChangeOptions& options) {
    const auto replica = session.findReplica(options.replica);
    const auto code = replica ? setupCodeOf(options) : fail(replica.error());
    if (!code) {
        return reportError(code.error());
    }
    return carryOut(session, options,
                    {.kind = std::string(nameOf(domain::OperationKind::replace)),
                     .replica = replica->id.str(),
                     .setup_code = code->toStdString(),
                     .new_name = {}});
}

void addSetupCode(CLI::App& command, ChangeOptions& options) {
    command.add_option(
        "--setup-code-file", options.setupCodeFile,
        "File whose first line is the setup code; - for standard input; by default it is asked for");
}

void addJoin(CLI::App& app, Command& chosen) {
    auto options = std::make_shared<ChangeOptions>();
    auto* command =
        addSessionVerb(app, "join", "Join a new host that waits for it", chosen, options, joinHost);
    addSetupCode(*command, *options);
    addCommonOptions(*command, *options);
    command->footer(
        "On the new host first: pilothouse-replica serve --join-host ADDRESS. It shows its setup code, and\n"
        "waits. It gets its vote once it has the state and every blob.\n\n"
        "Examples:\n"
        "  pilothousectl join --dry-run\n"
        "  pilothousectl join --yes --setup-code-file code.txt");
}

void addReplace(CLI::App& app, Command& chosen) {
    auto options = std::make_shared<ChangeOptions>();
    auto* command = addSessionVerb(app, "replace", "Replace a dead replica by a new host that waits for it",
                                   chosen, options, replaceReplica);
    command->add_option("replica", options->replica, "The dead one's name or id")->required();
    addSetupCode(*command, *options);
    addCommonOptions(*command, *options);
    command->add_option("--force", options->force, "The dead one's name once more, where data would be lost");
    command->footer(
        "Forgets the one, then joins the other, which may have its name and its address. Both are checked\n"
        "before anything is changed.\n\n"
        "Examples:\n"
        "  pilothousectl replace reg-2 --dry-run\n"
        "  pilothousectl replace reg-2 --yes --setup-code-file code.txt");
}

void addChange(CLI::App& app, Command& chosen, domain::OperationKind kind, const std::string& help,
               const std::string& footer) {
    auto options = std::make_shared<ChangeOptions>();
    auto* command = addSessionVerb(
        app, std::string(nameOf(kind)), help, chosen, options,
        [kind](Session& session, const ChangeOptions& given) { return changeCluster(session, given, kind); });
    command->add_option("replica", options->replica, "Its name or id")->required();
    addCommonOptions(*command, *options);
    command->add_option("--force", options->force, "The replica's name once more, where data would be lost");
    command->footer(footer);
}

struct OperationOptions {
    std::shared_ptr<TargetOptions> target;
    std::string id;
    bool json = false;
};

// The one of that id; without an id the running one.
Result<api::Operation> findOperation(Session& session, const std::string& id) {
    session.learnMembers(); // the one that is asked may be the one that goes
    if (!id.empty()) {
        return await(session.commands().operation(QString::fromStdString(id)));
    }
    const auto list = await(session.commands().operations());
    if (!list) {
        return fail(list.error());
    }
    return list->running ? Result<api::Operation>(*list->running)
                         : Result<api::Operation>(
                               failWith(ErrorCode::notFound, Text::tr("no operation is running"), {}));
}

int listOperations(Session& session, const OperationOptions& options) {
    const auto list = await(session.commands().operations());
    if (!list) {
        return reportError(list.error());
    }
    if (options.json) {
        printJsonText(api::toJson(*list));
        return exitDone;
    }
    Table table({{Text::tr("ID")},
                 {Text::tr("OPERATION")},
                 {Text::tr("STATE")},
                 {Text::tr("STARTED")},
                 {Text::tr("BY")}});
    const auto add = [&](const api::Operation& operation) {
        table.add({QString::fromStdString(operation.id), text::operationTitle(operation.kind, operation.name),
                   text::phaseWords(operation.phase), QString::fromStdString(operation.started_at),
                   QString::fromStdString(operation.started_by)});
    };
    if (list->running) {
        add(*list->running);
    }
    std::for_each(list->past.begin(), list->past.end(), add);
    if (!list->running && list->past.empty()) {
        printNote(Text::tr("The cluster has not been changed by an operation yet."));
    } else {
        printTable(table);
    }
    return exitDone;
}

int showOperation(Session& session, const OperationOptions& options) {
    const auto operation = findOperation(session, options.id);
    if (!operation) {
        return reportError(operation.error());
    }
    if (options.json) {
        printJsonText(api::toJson(*operation));
    } else {
        printLine(operationText(*operation).trimmed());
    }
    return exitDone;
}

int follow(Session& session, const OperationOptions& options) {
    const auto operation = findOperation(session, options.id);
    return operation ? followOperation(session, *operation, options.json, domain::OperationPhase::done)
                     : reportError(operation.error());
}

int decide(Session& session, const OperationOptions& options, domain::Decision decision) {
    const auto operation = findOperation(session, options.id);
    if (!operation) {
        return reportError(operation.error());
    }
    const auto decided = await(session.commands().decideOperation(
        QString::fromStdString(operation->id), client::decisionAbout(*operation, decision)));
    if (!decided) {
        return reportError(decided.error());
    }
    const auto wanted = decision == domain::Decision::cancel ? domain::OperationPhase::cancelled
                                                             : domain::OperationPhase::done;
    return followOperation(session, *decided, options.json, wanted);
}

CLI::App* addOperationVerb(CLI::App& group, const std::string& verb, const std::string& help, Command& chosen,
                           std::function<int(Session&, const OperationOptions&)> act) {
    auto options = std::make_shared<OperationOptions>();
    auto* command = addSessionVerb(group, verb, help, chosen, options, std::move(act));
    command->add_option("id", options->id, "Its id, as listed; by default the running one");
    return command;
}

} // namespace

void addOperationCommands(CLI::App& app, Command& chosen) {
    addJoin(app, chosen);
    addChange(
        app, chosen, domain::OperationKind::remove, "Remove a replica that answers",
        "Its requests finish first, and what only it has is copied to the others. Another verb, forget, is\n"
        "for a replica that will never answer again.\n\n"
        "Examples:\n"
        "  pilothousectl remove reg-5 --dry-run\n"
        "  pilothousectl remove reg-5 --yes\n"
        "  pilothousectl remove reg-3 --yes --reason \"its host is given back today\"");
    addChange(app, chosen, domain::OperationKind::forget, "Forget a replica that will never answer again",
              "Its vote goes, and the others make up for the copies that it had.\n\n"
              "Examples:\n"
              "  pilothousectl forget reg-2 --dry-run\n"
              "  pilothousectl forget reg-2 --yes\n"
              "  pilothousectl forget reg-2 --yes --force reg-2");
    addReplace(app, chosen);
    auto* group = app.add_subcommand("operations", "Changes to the cluster: the running one, and past ones");
    group->require_subcommand(1);
    group->footer(
        "An operation is carried out by the cluster itself: it goes on when this computer stops.\n\n"
        "Examples:\n"
        "  pilothousectl operations list\n"
        "  pilothousectl operations follow\n"
        "  pilothousectl operations cancel");
    addSessionVerb(*group, "list", "All that are known, the newest first", chosen,
                   std::make_shared<OperationOptions>(), listOperations);
    addOperationVerb(*group, "show", "One with its steps and its journal", chosen, showOperation);
    addExport(*group, chosen);
    addOperationVerb(*group, "follow", "Tell how it goes on, until it has ended", chosen, follow);
    addOperationVerb(*group, "cancel", "Take back what was done, while that is possible", chosen,
                     [](Session& session, const OperationOptions& options) {
                         return decide(session, options, domain::Decision::cancel);
                     });
    addOperationVerb(*group, "skip", "Go on without the step that it waits for", chosen,
                     [](Session& session, const OperationOptions& options) {
                         return decide(session, options, domain::Decision::skip);
                     });
}

} // namespace pilothouse::cli
