// SPDX-License-Identifier: GPL-3.0-or-later
// What the shell completes with; not shown in the help.
#include "cli/commands.h"
#include "cli/output.h"
#include "client/cluster_store.h"
#include "sandbox/store.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace pilothouse::cli {
namespace {

void printName(const std::string& name) {
    printLine(QString::fromStdString(name));
}

client::ClusterStore store() {
    return client::ClusterStore(client::ClusterStore::defaultFile());
}

void printSandboxes() {
    for (const auto& sandbox : sandbox::list()) {
        printName(sandbox.name);
    }
}

void printSaved() {
    for (const auto& cluster : store().load().value_or(QList<client::SavedCluster>())) {
        printName(cluster.name.toStdString());
    }
}

// Of that sandbox or saved cluster; without a name, of all that are known here.
void printReplicas(const std::string& cluster) {
    for (const auto& sandbox : sandbox::list()) {
        for (const auto& replica : sandbox.replicas) {
            if (cluster.empty() || cluster == sandbox.name) {
                printName(replica.name);
            }
        }
    }
    for (const auto& saved : store().load().value_or(QList<client::SavedCluster>())) {
        for (const auto& member : saved.members) {
            if (cluster.empty() || cluster == saved.name.toStdString()) {
                printName(member.name.toStdString());
            }
        }
    }
}

int complete(const std::string& kind, const std::string& cluster) {
    if (kind == "sandboxes" || kind == "clusters") {
        printSandboxes();
    }
    if (kind == "saved" || kind == "clusters") {
        printSaved();
    }
    if (kind == "replicas") {
        printReplicas(cluster);
    }
    return exitDone;
}

} // namespace

void addCompleteCommand(CLI::App& app, Command& chosen) {
    auto* command =
        app.add_subcommand("complete", "Names for the shell's completion, without asking a cluster");
    command->group(""); // hidden
    auto kind = std::make_shared<std::string>();
    auto cluster = std::make_shared<std::string>();
    command->add_option("kind", *kind, "sandboxes, saved, clusters or replicas")
        ->required()
        ->check(CLI::IsMember({"sandboxes", "saved", "clusters", "replicas"}));
    command->add_option("cluster", *cluster, "Whose replicas");
    command->callback(
        [&chosen, kind, cluster] { chosen = [kind, cluster] { return complete(*kind, *cluster); }; });
}

} // namespace pilothouse::cli
