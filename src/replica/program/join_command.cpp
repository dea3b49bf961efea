// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/command.h"
#include "replica/program/report.h"
#include "replica/program/seed_call.h"
#include "replica/provision/join.h"
#include "replica/security/files.h"
#include "replica/state/feature_level.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace pilothouse::program {
namespace {

constexpr std::size_t tokenLimit = std::size_t{64} * 1024;

struct JoinCommandOptions {
    provision::JoinOptions join;
    std::string tokenFile;
};

// From the file, or from standard input where the file is "-".
Result<std::string> readToken(const std::string& file) {
    if (file != "-") {
        return security::readFile(file, tokenLimit);
    }
    std::string line;
    std::getline(std::cin, line);
    return line;
}

int runJoin(JoinCommandOptions& options) {
    auto token = readToken(options.tokenFile);
    if (!token) {
        return reportError(token.error());
    }
    options.join.token = std::move(*token);
    const auto prepared = provision::prepareJoin(options.join, state::ownFeatureLevel, systemClock());
    if (!prepared) {
        return reportError(prepared.error());
    }
    JoinCall call{
        .waits = [](const Error& why) { std::cerr << "Waiting for the cluster: " << why.text() << '\n'; }};
    const auto answer = askCluster(*prepared, call);
    if (!answer) {
        return reportError(answer.error());
    }
    const auto identity = provision::finishJoin(*prepared, *answer, systemClock());
    if (!identity) {
        return reportError(identity.error());
    }
    printLine(identity->name + ", replica " + identity->id + ", is a learner of " + identity->cluster_name +
              " now.");
    printLine("Start it: pilothouse-replica serve --data-dir " + options.join.data_dir.string());
    printLine("It gets its vote by itself once it has caught up.");
    return exitDone;
}

} // namespace

void addJoin(CLI::App& app, Command& chosen) {
    auto* join =
        app.add_subcommand("join", "Make the data folder of a further replica, with a token of the cluster");
    auto options = std::make_shared<JoinCommandOptions>();
    options->join.data_dir = defaultDataDir;
    join->add_option("--token-file", options->tokenFile, "File with the token's line; - for standard input")
        ->required();
    join->add_option("--data-dir", options->join.data_dir, "The data folder to make")
        ->envname("PILOTHOUSE_DATA_DIR")
        ->capture_default_str();
    join->add_option("--listen-host", options->join.listen_host,
                     "IP address to listen on; by default what the token's address needs");
    join->add_option("--https-port", options->join.https_port,
                     "To listen on, if not the port in the token's address");
    join->add_option("--http-port", options->join.http_port,
                     "To listen on, if not the port in the token's address");
    join->add_option("--peer-port", options->join.peer_port,
                     "To listen on, if not the port in the token's address");
    join->add_option("--engine-port", options->join.engine_port,
                     "From the replica to its own engine, loopback only")
        ->capture_default_str();
    join->callback([&chosen, options] { chosen = [options] { return runJoin(*options); }; });
}

} // namespace pilothouse::program
