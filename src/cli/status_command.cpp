// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/await.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/sandbox_state.h"
#include "cli/session.h"
#include "cli/status_json.h"
#include "cli/status_report.h"
#include "cli/status_text.h"
#include "cli/status_watch.h"
#include "cli/target_options.h"
#include "cli/text.h"
#include "client/observation_collector.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace pilothouse::cli {
namespace {

constexpr int eventsInReport = 10;

struct StatusOptions {
    std::shared_ptr<TargetOptions> target;
    bool json = false;
    bool watch = false;
    bool report = false;
};

// Newest first; none when nobody can tell them.
std::vector<api::Event> lastEvents(const Target& target) {
    Session session(target.watch);
    auto page = await(session.commands().eventsBefore(Revision(), eventsInReport));
    return page ? std::move(page->events) : std::vector<api::Event>();
}

// A wrong password says nothing about the cluster.
std::optional<Error> refusal(const client::CollectedObservation& seen) {
    const auto& replicas = seen.observation.replicas;
    const auto refused = std::find_if(replicas.begin(), replicas.end(), [](const auto& replica) {
        return replica.reach == domain::Reach::rejected;
    });
    if (!seen.statuses.empty() || refused == replicas.end()) {
        return std::nullopt;
    }
    return errorWith(ErrorCode::unauthorized,
                     Text::tr("%1 does not let us in: %2")
                         .arg(QString::fromStdString(refused->url), QString::fromStdString(refused->error)),
                     Text::tr("Check the user and the password"));
}

void print(const StatusOptions& options, const Target& target, const client::CollectedObservation& seen,
           const domain::Assessment& assessment) {
    const auto former = formerMembers(seen);
    if (options.json) {
        printJson(QJsonDocument(statusJson(seen.observation, assessment, former)));
    } else if (options.report) {
        printLine(statusReport(seen, assessment, lastEvents(target)).trimmed());
    } else {
        const auto terminal = terminalSize();
        printLine(statusText(assessment, seen.trustProblems, former, terminal ? terminal->columns : 0));
    }
}

int runStatus(const StatusOptions& options) {
    const auto target = resolveTarget(*options.target);
    if (!target) {
        return reportError(target.error());
    }
    auto seen = await(client::collectObservation(target->watch, systemClock()));
    if (const auto refused = refusal(seen)) {
        return reportError(*refused);
    }
    if (options.watch) {
        watchStatus(*target, std::move(seen), options.json ? WatchFormat::json : WatchFormat::people);
    }
    addSandboxState(*target, seen.observation);
    const auto assessment = domain::assess(seen.observation);
    print(options, *target, seen, assessment);
    return assessment.verdict == domain::Verdict::healthy ? exitDone : exitNotHealthy;
}

} // namespace

void addStatusCommand(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand(
        "status", "Ask every replica and judge the cluster; exit code 3 when it is not healthy");
    auto options = std::make_shared<StatusOptions>();
    options->target = addTargetOptions(*command);
    auto* json =
        command->add_flag("--json", options->json, "Print one JSON object (one a second with --watch)");
    auto* watch = command->add_flag("--watch", options->watch, "Go on looking until interrupted");
    command->add_flag("--report", options->report, "Print Markdown for a ticket, times in UTC")
        ->excludes(json)
        ->excludes(watch);
    command->footer("Examples:\n"
                    "  pilothousectl status --cluster demo --watch\n"
                    "  pilothousectl status --report > ticket.md\n"
                    "  pilothousectl status --json | jq -r .verdict");
    command->callback([&chosen, options] { chosen = [options] { return runStatus(*options); }; });
}

} // namespace pilothouse::cli
