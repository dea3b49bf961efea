// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/await.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/text.h"

#include <QJsonObject>

#include <CLI/CLI.hpp>

#include <memory>

namespace pilothouse::cli {
namespace {

struct VerbOptions {
    std::shared_ptr<TargetOptions> target;
    std::string replica;
    bool off = false;
    bool json = false;
};

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

int makeLeader(Session& session, const VerbOptions& options) {
    const auto replica = session.findReplica(options.replica);
    if (!replica) {
        return reportError(replica.error());
    }
    if (const auto made = await(session.commands().makeLeader(replica->id)); !made) {
        return reportError(made.error());
    }
    return done(*replica, options.json, QLatin1String("leader"), true,
                Text::tr("%1 leads.").arg(replica->name));
}

int drain(Session& session, const VerbOptions& options) {
    const auto replica = session.findReplica(options.replica);
    if (!replica) {
        return reportError(replica.error());
    }
    if (const auto set = await(session.commands().setDraining(replica->id, !options.off)); !set) {
        return reportError(set.error());
    }
    return done(*replica, options.json, QLatin1String("draining"), !options.off,
                options.off
                    ? Text::tr("%1 takes traffic again.").arg(replica->name)
                    : Text::tr("%1 is draining: its health addresses answer 503, running requests finish.")
                          .arg(replica->name));
}

CLI::App* addVerb(CLI::App& app, const std::string& verb, const std::string& help, Command& chosen,
                  const std::shared_ptr<VerbOptions>& options, int (*act)(Session&, const VerbOptions&)) {
    auto* command = app.add_subcommand(verb, help);
    command->add_option("replica", options->replica, "Its name or id")->required();
    options->target = addTargetOptions(*command);
    command->add_flag("--json", options->json, "Print one JSON object");
    command->callback([&chosen, options, act] {
        chosen = [options, act] {
            return withSession(*options->target, [&](Session& session) { return act(session, *options); });
        };
    });
    return command;
}

} // namespace

void addVerbCommands(CLI::App& app, Command& chosen) {
    auto* leader = addVerb(app, "make-leader", "Hand the leadership to a replica", chosen,
                           std::make_shared<VerbOptions>(), makeLeader);
    leader->footer("Example:\n  pilothousectl make-leader reg-2 --cluster demo");

    auto options = std::make_shared<VerbOptions>();
    auto* draining = addVerb(app, "drain", "Take a replica out of the load balancer's pool, or back in",
                             chosen, options, drain);
    draining->add_flag("--off", options->off, "Take traffic again");
    draining->footer("Works without quorum too: the replica itself is asked.\n\n"
                     "Examples:\n"
                     "  pilothousectl drain reg-2\n"
                     "  pilothousectl drain reg-2 --off");
}

} // namespace pilothouse::cli
