// SPDX-License-Identifier: GPL-3.0-or-later
// check, diagnose: whether all is as it should be, and why not.
#include "api/json.h"
#include "cli/await.h"
#include "cli/check_report.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/session_verb.h"
#include "cli/text.h"
#include "client/cluster_check.h"
#include "text/check_words.h"

#include <QSaveFile>

#include <CLI/CLI.hpp>

#include <memory>

namespace pilothouse::cli {
namespace {

// Together with the check itself less than 10 s: what does not answer by then is told by the others.
constexpr std::chrono::milliseconds lookDeadline{1500};

struct CheckOptions {
    std::shared_ptr<TargetOptions> target;
    std::string replica;
    std::string report;
    bool json = false;
};

// JSON where the file is called so, else Markdown.
Status saveReport(const QString& path, const api::ClusterCheck& check) {
    const QByteArray text = text::checkReport(check, path);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
        return failWith(ErrorCode::unavailable,
                        Text::tr("the report cannot be written to %1: %2").arg(path, file.errorString()),
                        Text::tr("Choose another file"));
    }
    return {};
}

// Of the first that can; by this computer's own sight when nobody can.
Result<api::ClusterCheck> checkNow(Session& session, const domain::ClusterObservation& seen,
                                   const std::optional<ReplicaId>& about) {
    const auto checkers = client::checkersIn(seen, about);
    if (checkers.empty()) {
        return client::checkFromHere(seen, about, seen.clusterName);
    }
    api::AskCheck wanted;
    if (about) {
        wanted.replica = about->str();
    }
    auto check = await(session.commands().check(wanted, checkers));
    if (check) {
        client::addOwnView(*check, seen);
    }
    return check;
}

int check(Session& session, const CheckOptions& options) {
    const auto seen = session.look(lookDeadline);
    std::optional<ReplicaId> about;
    if (!options.replica.empty()) {
        const auto member = findMember(seen.observation, options.replica);
        if (!member) {
            return reportError(member.error());
        }
        about = member->id;
    }
    const auto found = checkNow(session, seen.observation, about);
    if (!found) {
        return reportError(found.error());
    }
    if (options.json) {
        printJsonText(api::toJson(*found));
    } else {
        printLine(checkText(*found, clusterOption(*options.target)).trimmed());
    }
    if (!options.report.empty()) {
        if (const Status saved = saveReport(QString::fromStdString(options.report), *found); !saved) {
            return reportError(saved.error());
        }
    }
    return client::needsAttention(*found) ? exitFailed : exitDone;
}

} // namespace

void addCheckCommands(CLI::App& app, Command& chosen) {
    auto checking = std::make_shared<CheckOptions>();
    auto* whole =
        addSessionVerb(app, "check", "Have all replicas examine themselves and their ways to each other",
                       chosen, checking, check);
    whole->add_option("--replica", checking->replica, "Only this one and its ways, by name or id");
    whole->add_option("--report", checking->report,
                      "Write the report to this file, too: JSON when it is called .json, else Markdown");
    whole->footer("Changes nothing, and works without quorum. Needs an administrator's login.\n\n"
                  "Exit status: 0 nothing stands against it, 1 something needs attention, or it failed.\n\n"
                  "Examples:\n"
                  "  pilothousectl check\n"
                  "  pilothousectl check --cluster demo --report check.md");
    auto diagnosing = std::make_shared<CheckOptions>();
    auto* one =
        addSessionVerb(app, "diagnose", "Find out what is wrong with a replica, and what to do about it",
                       chosen, diagnosing, check);
    one->add_option("replica", diagnosing->replica, "Its name or id")->required();
    one->footer("The others are asked about it, too, and it is tried from this computer: within 10 s.\n"
                "What explains most comes first.\n\n"
                "Example:\n"
                "  pilothousectl diagnose reg-2");
}

} // namespace pilothouse::cli
