// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "replica/program/command.h"
#include "replica/program/report.h"
#include "replica/provision/create_cluster.h"
#include "replica/security/certificates.h"
#include "replica/security/files.h"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <memory>

namespace pilothouse::program {
namespace {

struct InitOptions {
    provision::CreateOptions create;
    provision::MemberOptions single;
    std::string membersFile;
    std::string passwordFile;
    std::string externalUrl;
    bool json = false;
};

constexpr std::size_t membersFileLimit = 256 * 1024;

void printJson(const provision::CreatedCluster& cluster, const provision::CreateOptions& options) {
    boost::json::array replicas;
    for (std::size_t i = 0; i < cluster.members.size(); ++i) {
        const auto& member = cluster.members[i];
        replicas.push_back({{"id", member.id},
                            {"name", member.name},
                            {"url", member.url},
                            {"http_url", member.http_url},
                            {"data_dir", options.members[i].data_dir.string()}});
    }
    printLine(boost::json::serialize(boost::json::object{{"cluster_id", cluster.clusterId},
                                                         {"ca_file", cluster.caFile.string()},
                                                         {"ca_sha256", cluster.caSha256},
                                                         {"username", cluster.adminName},
                                                         {"password_file", cluster.passwordFile.string()},
                                                         {"replicas", replicas}}));
}

void printText(const provision::CreatedCluster& cluster, const provision::CreateOptions& options) {
    printLine("Made the cluster " + options.clusterName + ".");
    for (std::size_t i = 0; i < cluster.members.size(); ++i) {
        printLine("  " + cluster.members[i].name + "  replica " + cluster.members[i].id + "  " +
                  cluster.members[i].url + "  " + options.members[i].data_dir.string());
    }
    printLine("Certificate authority: " + cluster.caFile.string());
    printLine("  SHA-256 " + security::formatFingerprint(cluster.caSha256));
    printLine("Administrator: " + cluster.adminName + ", password in " + cluster.passwordFile.string());
    printLine("Start each replica: pilothouse-replica serve --data-dir FOLDER");
}

int runInit(InitOptions& options) {
    if (!options.membersFile.empty()) {
        const auto text = security::readFile(options.membersFile, membersFileLimit);
        if (!text) {
            return reportError(text.error());
        }
        auto members =
            provision::parseMembers(*text, std::filesystem::absolute(options.membersFile).parent_path());
        if (!members) {
            return reportError({members.error().code, options.membersFile + ": " + members.error().message,
                                members.error().hint});
        }
        options.create.members = std::move(*members);
    } else if (options.single.host.empty()) {
        return reportError(
            {ErrorCode::invalid, "init needs --host or --members",
             "--host is the name or address under which other replicas and clients reach this one"});
    } else {
        options.create.members = {options.single};
    }
    if (!options.passwordFile.empty()) {
        options.create.adminPasswordFile = options.passwordFile;
    }
    if (!options.externalUrl.empty()) {
        options.create.externalUrl = options.externalUrl;
    }
    const auto cluster = provision::createCluster(options.create, systemClock(), security::systemRandom());
    if (!cluster) {
        return reportError(cluster.error());
    }
    if (options.json) {
        printJson(*cluster, options.create);
    } else {
        printText(*cluster, options.create);
    }
    return exitDone;
}

} // namespace

void addInit(CLI::App& app, Command& chosen) {
    auto* init = app.add_subcommand(
        "init", "Make a new cluster: keys, certificates, the first administrator, the first replica");
    auto options = std::make_shared<InitOptions>();
    options->single.data_dir = defaultDataDir;
    options->single.name = "reg-1";
    init->add_option("--name", options->create.clusterName, "The cluster's name")->required();
    init->add_option("--host", options->single.host,
                     "Name or address under which peers and clients reach this replica");
    init->add_option("--replica-name", options->single.name, "This replica's name")->capture_default_str();
    init->add_option("--data-dir", options->single.data_dir, "The data folder to make")
        ->envname("PILOTHOUSE_DATA_DIR")
        ->capture_default_str();
    init->add_option("--https-port", options->single.https_port, "Registry, admin API, blob copies")
        ->capture_default_str();
    init->add_option("--http-port", options->single.http_port, "Health checks and redirect to HTTPS")
        ->capture_default_str();
    init->add_option("--peer-port", options->single.peer_port, "Between the replicas' engines")
        ->capture_default_str();
    init->add_option("--engine-port", options->single.engine_port,
                     "From a replica to its own engine, loopback only")
        ->capture_default_str();
    init->add_option("--members", options->membersFile,
                     "YAML file that describes several replicas; makes a data folder for each, to be moved "
                     "to its host")
        ->excludes("--host");
    init->add_option("--external-url", options->externalUrl,
                     "The load balancer's address, https://HOST[:PORT]");
    init->add_option("--admin", options->create.adminName, "The first administrator's name")
        ->capture_default_str();
    init->add_option("--password-file", options->passwordFile,
                     "File (0600) whose first line is the administrator's password; by default one is made");
    init->add_flag("--json", options->json, "Print one JSON object");
    init->callback([&chosen, options] { chosen = [options] { return runInit(*options); }; });
}

} // namespace pilothouse::program
