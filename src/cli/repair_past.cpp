// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/repair_past.h"

#include "api/json.h"
#include "cli/await.h"
#include "cli/output.h"
#include "cli/repair_follow.h"
#include "cli/repair_report.h"
#include "cli/repair_statements.h"
#include "cli/session_verb.h"
#include "cli/text.h"
#include "client/repair_commands.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace pilothouse::cli {
namespace {

struct PastOptions {
    std::shared_ptr<TargetOptions> target;
    std::string from;
    std::string reason;
    bool yes = false;
    bool json = false;
};

QString toQt(const std::string& text) {
    return QString::fromStdString(text);
}

struct Found {
    client::Endpoint survivor;
    api::Repair repair;
};

client::Failure failureWith(Error error) {
    client::Failure failure;
    failure.error = std::move(error);
    return failure;
}

client::Failure noRepair() {
    return failureWith(
        errorWith(ErrorCode::notFound, Text::tr("no replica that answers has repaired the cluster")));
}

// The last repair that anybody tells of. A survivor that is at work tells nothing but its sentence, which
// says more than who does not answer, and that more than who knows of none.
client::Outcome<Found> lastRepair(Session& session, const PastOptions& options) {
    const auto seen = session.look();
    std::vector<domain::ReplicaObservation> asked = seen.observation.replicas;
    if (!options.from.empty()) {
        const auto named = findSeen(seen, options.from);
        if (!named) {
            return tl::unexpected(failureWith(named.error()));
        }
        asked = {*named};
    }
    std::vector<QFuture<client::Outcome<api::Repair>>> futures;
    for (const auto& each : asked) {
        futures.push_back(session.repairs().state(endpointOf(each)));
    }
    std::optional<Found> found;
    std::optional<client::Failure> failure;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const auto repair = await(futures[i]);
        if (repair && (!found || repair->started_at > found->repair.started_at)) {
            found = Found{endpointOf(asked[i]), *repair};
        }
        if (!repair && repair.error().status != 404 &&
            (!failure || repair.error().reach == domain::Reach::notReady)) {
            failure = repair.error();
        }
    }
    if (found) {
        return *found;
    }
    const bool told = failure && (failure->reach == domain::Reach::notReady || seen.statuses.empty());
    return tl::unexpected(told ? *failure : noRepair());
}

int showRepair(Session& session, const PastOptions& options) {
    const auto found = lastRepair(session, options);
    if (!found && found.error().reach == domain::Reach::notReady && !options.json) {
        printLine(toQt(found.error().error.text()));
        return exitDone;
    }
    if (!found) {
        return reportError(found.error().error);
    }
    if (options.json) {
        printJsonText(api::toJson(found->repair));
    } else {
        printLine(repairText(found->repair).trimmed());
    }
    return exitDone;
}

// What is missing before it may be put back.
std::optional<Error> objectionToPutBack(const api::Repair& repair, const PastOptions& options) {
    if (!repair.can_put_back) {
        return errorWith(ErrorCode::conflict, repair.why_not_put_back.empty()
                                                  ? Text::tr("the repair cannot be put back")
                                                  : toQt(repair.why_not_put_back));
    }
    const std::int64_t changes = repair.changes_since.value_or(0);
    if (changes > 0 && options.reason.empty()) {
        return errorWith(ErrorCode::invalid,
                         Text::tr("nothing was changed: %1 changes since the repair would be lost", nullptr,
                                  static_cast<int>(changes))
                             .arg(changes),
                         Text::tr("Add --reason TEXT to say why they may be; it is kept with the repair"));
    }
    if (!options.yes) {
        return errorWith(ErrorCode::invalid, Text::tr("nothing was changed yet"),
                         Text::tr("Add --yes to put %1 back to epoch %2 and to its data of before")
                             .arg(toQt(repair.name))
                             .arg(repair.from_epoch));
    }
    return std::nullopt;
}

int putBack(Session& session, const PastOptions& options) {
    const auto found = lastRepair(session, options);
    if (!found) {
        return reportError(found.error().error);
    }
    if (const auto missing = objectionToPutBack(found->repair, options)) {
        return reportError(*missing);
    }
    api::PutBack wanted;
    if (!options.reason.empty()) {
        wanted.reason = options.reason;
    }
    const auto outcome = putBackRepair(session, found->survivor, wanted, options.json);
    if (outcome.ended && outcome.exitCode == exitDone && !options.json) {
        printLine(repairEndText(*outcome.ended));
    }
    return outcome.exitCode;
}

} // namespace

void addPastRepairVerbs(CLI::App& group, Command& chosen) {
    auto options = std::make_shared<PastOptions>();
    auto* status = addSessionVerb(group, "status", "The last repair, with its steps and its journal", chosen,
                                  options, showRepair);
    status->add_option("--from", options->from, "The survivor, by name or id; by default whoever knows");
    options = std::make_shared<PastOptions>();
    auto* back = addSessionVerb(group, "put-back", "Take the last repair back, until a second replica joins",
                                chosen, options, putBack);
    back->add_option("--from", options->from, "The survivor, by name or id; by default whoever knows");
    back->add_option("--reason", options->reason, "Why, where changes made since the repair would be lost");
    back->add_flag("--yes", options->yes, "Do it");
    back->footer("The survivor gets its data of before, and is a member of the old epoch again: it has no\n"
                 "quorum then, as before the repair.\n\n"
                 "Example:\n"
                 "  pilothousectl repair put-back --yes");
}

} // namespace pilothouse::cli
