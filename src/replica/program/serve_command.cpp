// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/url.h"
#include "replica/program/command.h"
#include "replica/program/log_output.h"
#include "replica/program/report.h"
#include "replica/program/serve.h"
#include "replica/program/settings_file.h"
#include "replica/program/wait_to_join.h"
#include "replica/provision/names.h"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <malloc.h>
#include <memory>
#include <optional>

namespace pilothouse::program {
namespace {

struct ServeOptions {
    ReplicaOptions replica;
    std::string config;
    std::string externalUrl;
    std::int64_t heartbeatMs = 100;
    std::int64_t electionMs = 1000;
    std::int64_t pollMs = 200;
    std::int64_t peerIntervalMs = 500;
    std::int64_t quotaMiB = 2048;
    std::int64_t floorMiB = 1024;
    std::string logFormat = "text";
    std::string logLevel = "info";
    std::string joinHost; // empty: nobody is waited for
    std::string joinName;
    provision::Listen listen{.host = {}}; // no host: what joinHost needs
};

LogLevel levelOf(const std::string& name) {
    for (const LogLevel level : {LogLevel::debug, LogLevel::warning, LogLevel::error}) {
        if (name == toString(level)) {
            return level;
        }
    }
    return LogLevel::info;
}

// What no single option's range can tell.
Status checkTogether(const ServeOptions& options) {
    if (options.electionMs < 5 * options.heartbeatMs) {
        return fail(ErrorCode::invalid,
                    "engine-election is " + std::to_string(options.electionMs) +
                        " ms, less than 5 times engine-heartbeat (" + std::to_string(options.heartbeatMs) +
                        " ms)",
                    "A single late heartbeat would cause an election: give it at least " +
                        std::to_string(5 * options.heartbeatMs) + " ms");
    }
    if (!options.externalUrl.empty()) {
        const auto url = http::parseUrl(options.externalUrl);
        if (!url || !url->tls || url->target != "/") {
            return fail(ErrorCode::invalid, "external-url: \"" + options.externalUrl +
                                                "\" is not of the form https://HOST[:PORT]");
        }
    }
    return {};
}

// Whom the host is to be as a replica, if it is to wait for that.
Result<std::optional<waiting::HostPlan>> planOf(const ServeOptions& options) {
    if (options.joinHost.empty() || !mayJoin(options.replica.dataDir)) {
        return std::nullopt;
    }
    waiting::HostPlan plan{.name = options.joinName.empty() ? waiting::ownHostLabel() : options.joinName,
                           .host = options.joinHost,
                           .listen = options.listen};
    if (plan.listen.host.empty()) {
        plan.listen.host = provision::listenHostFor(plan.host);
    }
    const Status valid = waiting::checkHostPlan(plan);
    return valid ? Result<std::optional<waiting::HostPlan>>(std::move(plan)) : fail(valid.error());
}

// CLI11 from 2.4 on takes a variable that fails its option's check for none at all.
Status checkEnvironment(const CLI::App& command) {
    for (const CLI::Option* option : command.get_options()) {
        const std::string& variable = option->get_envname();
        const char* value = variable.empty() ? nullptr : std::getenv(variable.c_str());
        if (value != nullptr && *value != '\0' && option->count() == 0) {
            return fail(ErrorCode::invalid,
                        variable + ": \"" + value + "\" is not of the form " + option->get_type_name());
        }
    }
    return {};
}

int runServe(CLI::App& command, ServeOptions& options) {
    // Before the first thread: with an arena for nearly each of them a busy replica took 90 MiB instead
    // of 68. And what is large goes back to the system at once: in the heap it would leave holes as large.
    static_cast<void>(::mallopt(M_ARENA_MAX, 2));
    static_cast<void>(::mallopt(M_MMAP_THRESHOLD, 128 * 1024));
    if (const Status valid = checkEnvironment(command); !valid) {
        return reportError(valid.error());
    }
    if (!options.config.empty()) {
        if (const Status applied = applySettingsFile(command, options.config); !applied) {
            return reportError(applied.error());
        }
    }
    if (const Status valid = checkTogether(options); !valid) {
        return reportError(valid.error());
    }
    const auto plan = planOf(options);
    if (!plan) {
        return reportError(plan.error());
    }
    constexpr std::int64_t mib = std::int64_t{1024} * 1024;
    auto& replica = options.replica;
    if (!options.externalUrl.empty()) {
        replica.externalUrl = options.externalUrl;
    }
    replica.engineHeartbeat = Milliseconds(options.heartbeatMs);
    replica.engineElection = Milliseconds(options.electionMs);
    replica.enginePoll = Milliseconds(options.pollMs);
    replica.peerInterval = Milliseconds(options.peerIntervalMs);
    replica.engineQuotaBytes = options.quotaMiB * mib;
    replica.diskFloorBytes = options.floorMiB * mib;
    replica.log = makeLogSink(options.logFormat == "json" ? LogFormat::json : LogFormat::text);
    replica.logLevel = levelOf(options.logLevel);
    return serve(replica, *plan);
}

// An option of whole numbers with its range in the help text.
template <typename Number>
CLI::Option* addNumber(CLI::App& serve, const std::string& name, Number& value, std::int64_t low,
                       std::int64_t high, const char* variable, const std::string& help) {
    return serve.add_option("--" + name, value, help)
        ->check(CLI::Range(low, high).description(""))
        ->envname(variable)
        ->type_name(std::to_string(low) + ".." + std::to_string(high))
        ->capture_default_str();
}

void addGeneral(CLI::App& serve, ServeOptions& options) {
    serve
        .add_option(
            "--config", options.config,
            "File of settings: lines of \"name = value\", where the names are those of these options\n"
            "without the dashes. The command line wins over the environment, the environment\n"
            "over the file")
        ->envname("PILOTHOUSE_CONFIG")
        ->type_name("FILE");
    serve
        .add_option("--data-dir", options.replica.dataDir,
                    "The replica's folder, made by init or join, or by waiting to be joined")
        ->envname("PILOTHOUSE_DATA_DIR")
        ->type_name("FOLDER")
        ->capture_default_str();
    serve
        .add_option("--external-url", options.externalUrl,
                    "The load balancer's address, https://HOST[:PORT]; recorded for the whole cluster")
        ->envname("PILOTHOUSE_EXTERNAL_URL")
        ->type_name("URL");
    addNumber(serve, "threads", options.replica.threads, 1, 64, "PILOTHOUSE_THREADS",
              "Threads that serve requests");
    addNumber(serve, "disk-floor", options.floorMiB, 0, std::int64_t{1} << 30, "PILOTHOUSE_DISK_FLOOR",
              "MiB of free disk space below which the replica reports itself unhealthy");
    addNumber(serve, "peer-interval", options.peerIntervalMs, 50, 10'000, "PILOTHOUSE_PEER_INTERVAL",
              "ms between heartbeats to each peer");
}

void addEngine(CLI::App& serve, ServeOptions& options) {
    constexpr const char* group = "Engine";
    serve.add_option("--engine-program", options.replica.engineProgram, "etcd; by default the one in $PATH")
        ->envname("PILOTHOUSE_ENGINE_PROGRAM")
        ->type_name("FILE")
        ->group(group);
    addNumber(serve, "engine-heartbeat", options.heartbeatMs, 10, 10'000, "PILOTHOUSE_ENGINE_HEARTBEAT",
              "ms between the engine's heartbeats; the same at every replica")
        ->group(group);
    addNumber(serve, "engine-election", options.electionMs, 50, 50'000, "PILOTHOUSE_ENGINE_ELECTION",
              "ms without a leader's heartbeat before an election; at least 5 heartbeats, the same at\n"
              "every replica")
        ->group(group);
    addNumber(serve, "engine-poll", options.pollMs, 10, 10'000, "PILOTHOUSE_ENGINE_POLL",
              "ms between two looks at the engine's role and log")
        ->group(group);
    addNumber(serve, "engine-quota", options.quotaMiB, 64, 8192, "PILOTHOUSE_ENGINE_QUOTA",
              "MiB that the engine's database may take; when it is full, nothing can be written")
        ->group(group);
}

void addJoining(CLI::App& serve, ServeOptions& options) {
    constexpr const char* group = "Joining";
    serve
        .add_option("--join-host", options.joinHost,
                    "Name or address under which peers and clients will reach this host. With it, a data\n"
                    "folder that holds no replica yet is made: the host shows a setup code and waits until\n"
                    "a cluster takes it in. All of this group counts only then")
        ->envname("PILOTHOUSE_JOIN_HOST")
        ->type_name("HOST")
        ->group(group);
    serve
        .add_option("--join-name", options.joinName,
                    "The new replica's name; by default the first part of this computer's name")
        ->envname("PILOTHOUSE_JOIN_NAME")
        ->type_name("NAME")
        ->group(group);
    serve
        .add_option("--listen-host", options.listen.host,
                    "IP address to listen on; by default what the join host needs")
        ->envname("PILOTHOUSE_LISTEN_HOST")
        ->type_name("ADDRESS")
        ->group(group);
    addNumber(serve, "https-port", options.listen.https_port, 1, 65535, "PILOTHOUSE_HTTPS_PORT",
              "Registry, admin API, blob copies")
        ->group(group);
    addNumber(serve, "http-port", options.listen.http_port, 1, 65535, "PILOTHOUSE_HTTP_PORT",
              "Health checks and redirect to HTTPS")
        ->group(group);
    addNumber(serve, "peer-port", options.listen.engine_peer_port, 1, 65535, "PILOTHOUSE_PEER_PORT",
              "Between the replicas' engines")
        ->group(group);
    addNumber(serve, "engine-port", options.listen.engine_client_port, 1, 65535, "PILOTHOUSE_ENGINE_PORT",
              "From the replica to its own engine, loopback only")
        ->group(group);
}

void addLogging(CLI::App& serve, ServeOptions& options) {
    serve.add_option("--log-format", options.logFormat, "text for people, json for machines: one line each")
        ->check(CLI::IsMember({"text", "json"}).description(""))
        ->envname("PILOTHOUSE_LOG_FORMAT")
        ->type_name("text|json")
        ->capture_default_str()
        ->group("Log");
    serve.add_option("--log-level", options.logLevel, "The least that is logged")
        ->check(CLI::IsMember({"debug", "info", "warning", "error"}).description(""))
        ->envname("PILOTHOUSE_LOG_LEVEL")
        ->type_name("debug|info|warning|error")
        ->capture_default_str()
        ->group("Log");
}

} // namespace

void addServe(CLI::App& app, Command& chosen) {
    auto* serve = app.add_subcommand("serve", "Run the replica of a data folder");
    auto options = std::make_shared<ServeOptions>();
    options->replica.dataDir = defaultDataDir;
    addGeneral(*serve, *options);
    addJoining(*serve, *options);
    addEngine(*serve, *options);
    addLogging(*serve, *options);
    serve->footer(
        "Exit status: 0 stopped by SIGTERM or SIGINT, 1 failed (the reason is the last line of the log), "
        "2 wrong options.");
    serve->callback(
        [&chosen, serve, options] { chosen = [serve, options] { return runServe(*serve, *options); }; });
}

} // namespace pilothouse::program
