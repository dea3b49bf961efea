// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/signal_watch.h"
#include "cli/table.h"
#include "cli/text.h"
#include "cli/trust_cleanup.h"
#include "sandbox/control.h"
#include "sandbox/process.h"
#include "sandbox/start.h"
#include "sandbox/store.h"

#include <QJsonArray>
#include <QJsonObject>

#include <CLI/CLI.hpp>

#include <memory>
#include <stop_token>
#include <unistd.h>

namespace pilothouse::cli {
namespace {

constexpr Milliseconds stopDeadline{15'000};
constexpr std::int64_t bytesPerMiB = 1 << 20;

void showProgress(sandbox::StartStep step, int ready, int total) {
    if (isatty(STDERR_FILENO) == 0) {
        return;
    }
    if (step == sandbox::StartStep::done) {
        std::fputs("\r\033[K", stderr);
        return;
    }
    const QString text =
        step == sandbox::StartStep::preparing ? Text::tr("making keys and certificates …")
        : step == sandbox::StartStep::startingReplicas
            ? Text::tr("starting the replicas …")
            : Text::tr("%1 of %2 replicas take traffic", nullptr, ready).arg(ready).arg(total);
    std::fprintf(stderr, "\r\033[K%s", text.toUtf8().constData());
    std::fflush(stderr);
}

QString processState(const api::SandboxReplica& replica) {
    return !replica.pid                          ? Text::tr("stopped")
           : sandbox::isPaused(replica.data_dir) ? Text::tr("paused")
                                                 : Text::tr("running");
}

void printSandbox(const api::Sandbox& sandbox, bool json) {
    if (json) {
        printJsonText(api::toJson(sandbox));
        return;
    }
    Table table({{Text::tr("REPLICA")},
                 {Text::tr("STATE")},
                 {Text::tr("PROCESS"), Table::Align::right},
                 {Text::tr("ADDRESS")},
                 {Text::tr("ID"), Table::Align::left, Table::Squeeze::drop}});
    for (const auto& replica : sandbox.replicas) {
        table.add({QString::fromStdString(replica.name), processState(replica),
                   replica.pid ? QString::number(*replica.pid) : QStringLiteral("–"),
                   QString::fromStdString(replica.url), QString::fromStdString(replica.id)});
    }
    printTable(table);
    printLine(
        Text::tr("User %1, password in %2")
            .arg(QString::fromStdString(sandbox.username), QString::fromStdString(sandbox.password_file)));
}

int startSandbox(const sandbox::StartOptions& options, bool json) {
    std::stop_source interruption;
    const SignalWatch signals([&](int) { interruption.request_stop(); });
    const auto started = sandbox::start(options, showProgress, interruption.get_token());
    if (!started) {
        showProgress(sandbox::StartStep::done, 0, 0); // off the line where the progress stood
        return reportError(
            started.error().code == ErrorCode::cancelled
                ? errorWith(ErrorCode::cancelled,
                            Text::tr("cancelled; what this command had started was stopped again"))
                : started.error());
    }
    printSandbox(*started, json);
    if (!json) {
        const QString name = QString::fromStdString(started->name);
        printLine(Text::tr("Look at it: pilothousectl status --cluster %1. Stop it: pilothousectl sandbox "
                           "stop %1")
                      .arg(name));
    }
    return exitDone;
}

using ReplicaVerb = std::function<Status(const api::Sandbox&, const api::SandboxReplica&)>;

// What a verb of a sandbox prints as JSON: the replicas that it acted on, each with its process as it is now.
void printActedOn(const std::string& sandbox, const std::vector<api::SandboxReplica>& replicas) {
    QJsonArray array;
    for (const auto& replica : replicas) {
        const auto pid = sandbox::runningReplica(replica.data_dir);
        array.append(QJsonObject{{QStringLiteral("name"), QString::fromStdString(replica.name)},
                                 {QStringLiteral("pid"), pid ? QJsonValue(*pid) : QJsonValue()}});
    }
    printJson(QJsonDocument(QJsonObject{{QStringLiteral("name"), QString::fromStdString(sandbox)},
                                        {QStringLiteral("replicas"), array}}));
}

// Runs `act` on the named replicas, or on all when none is named, and says `done` ("%1 was killed.") of each.
int forReplicas(const std::string& name, const std::vector<std::string>& replicas, const ReplicaVerb& act,
                const QString& done, bool json) {
    const auto sandbox = sandbox::load(name);
    if (!sandbox) {
        return reportError(sandbox.error());
    }
    std::vector<api::SandboxReplica> chosen;
    for (const auto& replica : replicas) {
        auto found = sandbox::findReplica(*sandbox, replica);
        if (!found) {
            return reportError(found.error());
        }
        chosen.push_back(*found);
    }
    int result = exitDone;
    std::vector<api::SandboxReplica> actedOn;
    for (const auto& replica : replicas.empty() ? sandbox->replicas : chosen) {
        if (auto acted = act(*sandbox, replica); !acted) {
            result = reportError(acted.error());
            continue;
        }
        actedOn.push_back(replica);
        if (!json) {
            printLine(done.arg(QString::fromStdString(replica.name)));
        }
    }
    if (json) {
        printActedOn(name, actedOn);
    }
    return result;
}

int stopSandbox(const std::string& name, bool json) {
    const auto sandbox = sandbox::load(name);
    if (!sandbox) {
        return reportError(sandbox.error());
    }
    if (auto stopped = sandbox::stopAll(*sandbox, stopDeadline); !stopped) {
        return reportError(stopped.error());
    }
    if (json) {
        printActedOn(name, sandbox->replicas);
    } else {
        printLine(Text::tr("Stopped %1; its data stays in %2. Start it again: pilothousectl sandbox start %1")
                      .arg(QString::fromStdString(name), QString::fromStdString(sandbox->dir)));
    }
    return exitDone;
}

int removeSandbox(const std::string& name, bool yes, bool json) {
    const auto sandbox = sandbox::load(name);
    if (!sandbox) {
        return reportError(sandbox.error());
    }
    if (!yes) {
        return reportError(
            errorWith(ErrorCode::invalid,
                      Text::tr("this deletes sandbox \"%1\" and all data in %2")
                          .arg(QString::fromStdString(name), QString::fromStdString(sandbox->dir)),
                      Text::tr("Add --yes to do it")));
    }
    const auto trusting = filesTrusting(*sandbox); // its CA goes with it
    if (auto removed = sandbox::remove(*sandbox, stopDeadline); !removed) {
        return reportError(removed.error());
    }
    const int forgotten = forgetTrust(trusting);
    if (json) {
        printActedOn(name, sandbox->replicas);
    } else {
        printLine(Text::tr("Removed %1 and its data.").arg(QString::fromStdString(name)));
    }
    return forgotten;
}

// A record that cannot be read hides no other one, nor itself.
int reportDamaged() {
    int result = exitDone;
    for (const Error& damage : sandbox::damagedRecords()) {
        result = reportError(damage);
    }
    return result;
}

int listSandboxes(bool json) {
    const auto sandboxes = sandbox::list();
    if (json) {
        QJsonArray array;
        for (const auto& sandbox : sandboxes) {
            array.append(QJsonDocument::fromJson(QByteArray::fromStdString(api::toJson(sandbox))).object());
        }
        printJson(QJsonDocument(array));
        return reportDamaged();
    }
    if (sandboxes.empty()) {
        const int result = reportDamaged();
        if (result == exitDone) {
            printNote(Text::tr("There is no sandbox. Start one: pilothousectl sandbox start demo"));
        }
        return result;
    }
    Table table({{Text::tr("NAME")},
                 {Text::tr("RUNNING"), Table::Align::right},
                 {Text::tr("MEMORY"), Table::Align::right},
                 {Text::tr("FOLDER")}});
    for (const auto& sandbox : sandboxes) {
        std::int64_t bytes = 0;
        int running = 0;
        for (const auto& replica : sandbox.replicas) {
            bytes += sandbox::residentBytes(replica.data_dir);
            running += replica.pid ? 1 : 0;
        }
        table.add({QString::fromStdString(sandbox.name),
                   Text::tr("%1 of %2").arg(running).arg(sandbox.replicas.size()),
                   Text::tr("%1 MiB").arg(bytes / bytesPerMiB), QString::fromStdString(sandbox.dir)});
    }
    printTable(table);
    return reportDamaged();
}

void addJson(CLI::App& command, const std::shared_ptr<bool>& json) {
    command.add_flag("--json", *json, "Print one JSON object");
}

// A verb that takes a sandbox and some of its replicas; all of them only by --all.
void addReplicaVerb(CLI::App& parent, Command& chosen, const std::string& verb, const std::string& help,
                    ReplicaVerb act, const QString& done) {
    auto* command = parent.add_subcommand(verb, help);
    auto name = std::make_shared<std::string>();
    auto replicas = std::make_shared<std::vector<std::string>>();
    auto all = std::make_shared<bool>(false);
    auto json = std::make_shared<bool>(false);
    command->add_option("name", *name, "The sandbox")->required();
    auto* some = command->add_option("replica", *replicas, "Replicas by name or id");
    command->add_flag("--all", *all, "All of its replicas")->excludes(some);
    addJson(*command, json);
    command->callback([&chosen, name, replicas, all, json, act = std::move(act), done] {
        chosen = [name, replicas, all, json, act, done] {
            if (replicas->empty() && !*all) {
                return reportError(errorWith(
                    ErrorCode::invalid,
                    Text::tr("no replica of sandbox \"%1\" is named").arg(QString::fromStdString(*name)),
                    Text::tr("Name them, or give --all")));
            }
            return forReplicas(*name, *replicas, act, done, *json);
        };
    });
}

// Acts that need nothing of the sandbox itself.
ReplicaVerb alone(Status (*act)(const api::SandboxReplica&)) {
    return [act](const api::Sandbox&, const api::SandboxReplica& replica) { return act(replica); };
}

int showSandbox(const std::string& name, bool json) {
    const auto sandbox = sandbox::load(name);
    if (!sandbox) {
        return reportError(sandbox.error());
    }
    printSandbox(*sandbox, json);
    return exitDone;
}

void addStart(CLI::App& parent, Command& chosen) {
    auto* command = parent.add_subcommand(
        "start",
        "Start a cluster of real replicas on this computer, or those replicas of it that do not run");
    auto options = std::make_shared<sandbox::StartOptions>();
    auto json = std::make_shared<bool>(false);
    options->replicas = 0;
    command->add_option("--name,name", options->name, "Its name")->required();
    command->add_option("--replicas", options->replicas, "How many: 1, 3, 5 or 7 (a new one has 3)")
        ->check(CLI::PositiveNumber);
    command->add_option("--dir", options->dir, "Folder for its data (by default in your data folder)");
    command->add_flag("--force", options->force, "Allow other numbers of replicas");
    addJson(*command, json);
    command->footer("Returns when the cluster is healthy; its processes go on after the command.\n\n"
                    "Examples:\n"
                    "  pilothousectl sandbox start demo\n"
                    "  pilothousectl sandbox start five --replicas 5 --dir /var/tmp/five --json");
    command->callback(
        [&chosen, options, json] { chosen = [options, json] { return startSandbox(*options, *json); }; });
}

} // namespace

void addSandboxCommands(CLI::App& app, Command& chosen) {
    auto* sandbox = app.add_subcommand("sandbox", "Real clusters on this computer, to try things out");
    sandbox->require_subcommand(1);
    sandbox->footer("Examples:\n"
                    "  pilothousectl sandbox start demo\n"
                    "  pilothousectl sandbox kill demo reg-1\n"
                    "  pilothousectl sandbox restart demo reg-1\n"
                    "  pilothousectl sandbox remove demo --yes");
    addStart(*sandbox, chosen);

    auto* stop = sandbox->add_subcommand("stop", "Stop its replicas; their data stays");
    auto name = std::make_shared<std::string>();
    auto json = std::make_shared<bool>(false);
    stop->add_option("name", *name, "The sandbox")->required();
    addJson(*stop, json);
    stop->callback([&chosen, name, json] { chosen = [name, json] { return stopSandbox(*name, *json); }; });

    auto* listing = sandbox->add_subcommand("list", "All sandboxes of this user");
    listing->add_flag("--json", *json, "Print a JSON array");
    listing->callback([&chosen, json] { chosen = [json] { return listSandboxes(*json); }; });

    addReplicaVerb(*sandbox, chosen, "kill", "Kill replicas at once, as a crash", alone(sandbox::killReplica),
                   Text::tr("%1 was killed."));
    addReplicaVerb(*sandbox, chosen, "pause", "Freeze replicas and their engines, as a hung machine",
                   alone(sandbox::pauseReplica), Text::tr("%1 is paused."));
    addReplicaVerb(*sandbox, chosen, "resume", "Let paused replicas go on", alone(sandbox::resumeReplica),
                   Text::tr("%1 goes on."));
    addReplicaVerb(
        *sandbox, chosen, "restart", "Stop replicas if they run, and start them",
        [](const api::Sandbox& whole, const api::SandboxReplica& replica) {
            return sandbox::restartReplica(whole, replica, stopDeadline);
        },
        Text::tr("%1 was started."));

    auto* show =
        sandbox->add_subcommand("status", "Its processes, addresses and files (see `status` for its health)");
    show->add_option("name", *name, "The sandbox")->required();
    addJson(*show, json);
    show->callback([&chosen, name, json] { chosen = [name, json] { return showSandbox(*name, *json); }; });

    auto* remove = sandbox->add_subcommand("remove", "Stop it and delete its data");
    auto yes = std::make_shared<bool>(false);
    remove->add_option("name", *name, "The sandbox")->required();
    remove->add_flag("--yes", *yes, "Do it without asking");
    addJson(*remove, json);
    remove->callback([&chosen, name, yes, json] {
        chosen = [name, yes, json] { return removeSandbox(*name, *yes, *json); };
    });
}

} // namespace pilothouse::cli
