// SPDX-License-Identifier: GPL-3.0-or-later
// pilothouse-replica local: orders to the replica on this host, through its unix socket.
#include "api/json.h"
#include "replica/node/lock_file.h"
#include "replica/program/command.h"
#include "replica/program/local_call.h"
#include "replica/program/report.h"
#include "replica/program/secret_input.h"
#include "replica/program/status_text.h"
#include "replica/provision/identity.h"
#include "replica/state/projection.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace pilothouse::program {
namespace {

struct LocalOptions {
    std::filesystem::path dataDir = defaultDataDir;
    std::string passwordFile = "-";
    std::string user;
    std::string onOrOff;
    bool json = false;
};

node::LocalRequest order(const char* verb) {
    node::LocalRequest request;
    request.verb = verb;
    return request;
}

int runStatus(const LocalOptions& options) {
    const auto answer = callLocal(options.dataDir, order(node::local_verb::status));
    if (!answer) {
        return reportError(answer.error());
    }
    if (!answer->status) {
        return reportError({ErrorCode::internal, "the replica's answer has no status", {}});
    }
    std::cout << (options.json ? api::toJson(*answer->status) + "\n" : statusText(*answer->status));
    return exitDone;
}

int runDrain(const LocalOptions& options) {
    const bool draining = options.onOrOff == "on";
    auto request = order(node::local_verb::drain);
    request.draining = draining;
    const auto answer = callLocal(options.dataDir, request);
    if (!answer) {
        return reportError(answer.error());
    }
    printLine(draining ? "Draining: the health addresses answer 503, requests that run go on."
                       : "Not draining: the replica takes traffic as soon as it is healthy.");
    return exitDone;
}

int runResetPassword(const LocalOptions& options) {
    auto password = readSecret(options.passwordFile, "New password of " + options.user);
    if (!password) {
        return reportError(password.error());
    }
    auto request = order(node::local_verb::resetPassword);
    request.user = options.user;
    request.password = std::move(*password);
    const auto answer = callLocal(options.dataDir, request);
    if (!answer) {
        return reportError(answer.error());
    }
    printLine("The password of " + options.user + " was reset.");
    return exitDone;
}

int runRebuild(const LocalOptions& options) {
    const provision::Layout layout(std::filesystem::absolute(options.dataDir));
    const auto identity = provision::loadIdentity(layout);
    if (!identity) {
        return reportError(identity.error());
    }
    // Where no replica runs, it is thrown away for the next start.
    if (const auto lock = node::LockFile::acquire(layout.lock())) {
        if (const Status removed = state::Projection::remove(layout.projection()); !removed) {
            return reportError(removed.error());
        }
        printLine(identity->name +
                  " does not run: its read model was thrown away and is built anew at the next start.");
        return exitDone;
    }
    const auto answer = callLocal(options.dataDir, order(node::local_verb::rebuild));
    if (!answer) {
        return reportError(answer.error());
    }
    printLine("The read model was built anew from the engine.");
    return exitDone;
}

int runDefragment(const LocalOptions& options) {
    const auto answer = callLocal(options.dataDir, order(node::local_verb::defragment));
    if (!answer) {
        return reportError(answer.error());
    }
    if (!answer->defragmented) {
        return reportError({ErrorCode::internal, "the replica's answer does not say what came of it", {}});
    }
    const auto& done = *answer->defragmented;
    printLine("The engine's database takes " + std::to_string(done.bytes_after >> 20) + " MiB; it took " +
              std::to_string(done.bytes_before >> 20) + " MiB.");
    if (done.disarmed) {
        printLine("Its alarm is over: the cluster takes writes again once no replica has one.");
    }
    return exitDone;
}

} // namespace

void addLocal(CLI::App& app, Command& chosen) {
    auto* local = app.add_subcommand(
        "local",
        "Give orders to the replica on this host, as root or its own user; no quorum and no password needed");
    local->require_subcommand(1);
    auto options = std::make_shared<LocalOptions>();
    const auto add = [&](const char* name, const char* help, int (*run)(const LocalOptions&)) {
        auto* command = local->add_subcommand(name, help);
        command->add_option("--data-dir", options->dataDir, "The replica's data folder")
            ->envname("PILOTHOUSE_DATA_DIR")
            ->capture_default_str();
        command->callback([&chosen, options, run] { chosen = [options, run] { return run(*options); }; });
        return command;
    };
    add("status", "Show what the replica knows of itself and its peers", runStatus)
        ->add_flag("--json", options->json, "Print one JSON object, as GET /api/v0/cluster");
    add("drain", "Take the replica out of the load balancer, or put it back", runDrain)
        ->add_option("on|off", options->onOrOff, "on: health checks answer 503; off: it takes traffic")
        ->required()
        ->check(CLI::IsMember({"on", "off"}));
    add("fingerprint", "Print the fingerprint of the cluster's certificate authority",
        [](const LocalOptions& given) { return runFingerprint(given.dataDir); });
    auto* reset = add("reset-password", "Give a user a new password; needs quorum", runResetPassword);
    reset->add_option("user", options->user, "The user's name")->required();
    reset
        ->add_option("--password-file", options->passwordFile,
                     "File (0600) whose first line is the new password; \"-\" is standard input")
        ->capture_default_str();
    add("rebuild", "Throw the read model away and build it anew from the engine", runRebuild);
    add("defragment", "Give free space in the engine's database back, and end its alarm once there is room",
        runDefragment);
}

} // namespace pilothouse::program
