// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/change.h"

#include "api/json.h"
#include "cli/await.h"
#include "cli/consent.h"
#include "cli/exit_code.h"
#include "cli/operation_follow.h"
#include "cli/operation_report.h"
#include "cli/output.h"
#include "cli/text.h"
#include "domain/check.h"
#include "domain/operation.h"

#include <CLI/CLI.hpp>

namespace pilothouse::cli {

void addCommonOptions(CLI::App& command, ChangeOptions& options, bool asksForYes) {
    command.add_flag("--dry-run", options.dryRun,
                     "Say what would be done and what the checks find, and change nothing");
    if (asksForYes) {
        command.add_flag("--yes", options.yes, "Do it");
    } else {
        options.yes = true;
        command.add_flag("--yes", options.yes, "Not needed here: accepted for scripts");
    }
    command.add_option("--reason", options.reason, "Why it is to be done though a check needs your word");
    command.add_flag("--no-wait", options.noWait, "Start it, and do not follow it");
    addDocumentOptions(command, options.documents);
}

int carryOut(Session& session, const ChangeOptions& options, const api::AskPlan& asked) {
    const auto plan = await(session.commands().planOperation(asked));
    return plan ? carryOut(session, options, asked, *plan) : reportError(plan.error());
}

int carryOut(Session& session, const ChangeOptions& options, const api::AskPlan& asked,
             const api::OperationPlan& plan) {
    if (const Status written = writeDocuments(session, options.documents, plan); !written) {
        return reportError(written.error());
    }
    const auto missing = objection(plan.findings, plan.name, {options.reason, options.force}, options.yes);
    const bool planOnly = options.dryRun || missing;
    if (options.json && planOnly) {
        printJsonText(api::toJson(plan));
    } else if (!options.json) {
        printLine(planText(plan).trimmed());
    }
    if (options.dryRun) {
        return has(plan.findings, domain::Severity::blocks) ? exitFailed : exitDone;
    }
    if (missing) {
        return reportError(*missing);
    }
    api::StartOperation wanted{.kind = asked.kind,
                               .replica = asked.replica,
                               .reason = {},
                               .typed_name = {},
                               .setup_code = asked.setup_code,
                               .new_name = asked.new_name,
                               .operation_id = {}};
    if (!options.reason.empty()) {
        wanted.reason = options.reason;
    }
    if (!options.force.empty()) {
        wanted.typed_name = options.force;
    }
    const auto started = await(session.commands().startOperation(wanted));
    if (!started) {
        return reportError(started.error());
    }
    if (!options.json) {
        printLine(Text::tr("Operation %1 has begun. It goes on by itself.")
                      .arg(QString::fromStdString(started->id)));
    }
    if (options.noWait) {
        if (options.json) {
            printJsonLine(api::toJson(*started));
        }
        return exitDone;
    }
    return followOperation(session, *started, options.json, domain::OperationPhase::done);
}

} // namespace pilothouse::cli
