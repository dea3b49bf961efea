// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/operation_documents.h"

#include "api/json.h"
#include "cli/await.h"
#include "cli/output.h"
#include "cli/session_verb.h"
#include "cli/text.h"
#include "client/document_file.h"
#include "text/runbook.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace pilothouse::cli {
namespace {

struct ExportOptions {
    std::shared_ptr<TargetOptions> target;
    std::string id;
    std::string output; // empty: standard output
    std::string format; // empty: by the name of the file
    bool json = false;
};

// Of this moment, about the cluster under the name that it has itself.
text::DocumentContext contextOf(Session& session) {
    text::DocumentContext context{QString::fromStdString(session.look().observation.clusterName),
                                  systemClock().wall()};
    for (const auto& [id, name] : session.replicaNames()) {
        context.names.insert(QString::fromStdString(id.str()), name);
    }
    return context;
}

Status writeOne(const std::string& file, const std::string& json, const QString& markdown) {
    const QString path = QString::fromStdString(file);
    return client::writeDocument(path, client::isJsonFile(path) ? QByteArray::fromStdString(json) + '\n'
                                                                : markdown.toUtf8());
}

int exportOperation(Session& session, const ExportOptions& options) {
    const text::DocumentContext context = contextOf(session);
    const auto operation = await(session.commands().operation(QString::fromStdString(options.id)));
    if (!operation) {
        return reportError(operation.error());
    }
    const QString file = QString::fromStdString(options.output);
    const bool json =
        options.json || (options.format.empty() ? client::isJsonFile(file) : options.format == "json");
    if (file.isEmpty()) {
        json ? printJsonText(api::toJson(*operation))
             : printLine(text::runbook(*operation, context).trimmed());
        return exitDone;
    }
    const Status written =
        client::writeDocument(file, json ? QByteArray::fromStdString(api::toJson(*operation)) + '\n'
                                         : text::runbook(*operation, context).toUtf8());
    return written ? exitDone : reportError(written.error());
}

} // namespace

void addDocumentOptions(CLI::App& command, DocumentOptions& options) {
    command.add_option("--report", options.report,
                       "File for what the checks found: Markdown, or JSON if its name ends in .json");
    command.add_option(
        "--runbook", options.runbook,
        "File for the runbook, in the same way: each step with its commands, and how to go back");
}

Status writeDocuments(Session& session, const DocumentOptions& options, const api::OperationPlan& plan) {
    if (options.report.empty() && options.runbook.empty()) {
        return {};
    }
    const text::DocumentContext context = contextOf(session);
    const std::string json = api::toJson(plan);
    if (!options.report.empty()) {
        if (Status written = writeOne(options.report, json, text::checksReport(plan, context)); !written) {
            return written;
        }
    }
    return options.runbook.empty() ? Status() : writeOne(options.runbook, json, text::runbook(plan, context));
}

void addExport(CLI::App& group, Command& chosen) {
    auto options = std::make_shared<ExportOptions>();
    auto* command =
        addSessionVerb(group, "export", "One as a runbook: its steps with their commands, and what happened",
                       chosen, options, exportOperation);
    command->add_option("id", options->id, "Its id, as listed")->required();
    command->add_option("--output", options->output, "File to write; by default standard output");
    command->add_option("--format", options->format, "markdown or json; by default as the file's name ends")
        ->check(CLI::IsMember({"markdown", "json"}));
    command->footer("Examples:\n"
                    "  pilothousectl operations export 20261128T053012-4f2a\n"
                    "  pilothousectl operations export 20261128T053012-4f2a --output removal.md");
}

} // namespace pilothouse::cli
