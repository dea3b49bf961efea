// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/await.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/target_options.h"
#include "cli/text.h"
#include "cli/trust_cleanup.h"
#include "cli/trust_report.h"
#include "client/observation_collector.h"

#include <QStandardPaths>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace pilothouse::cli {
namespace {

struct TrustOptions {
    std::shared_ptr<TargetOptions> target;
    bool install = false;
    bool remove = false;
    bool replace = false;
    bool json = false;
};

// Where clients reach the registry, the official address first, as far as the cluster tells it; else as it is
// known here.
std::vector<std::string> addressesOf(const Target& target) {
    std::vector<std::string> urls;
    if (!target.watch.credentials.empty()) {
        const auto seen = await(client::collectObservation(target.watch, systemClock()));
        for (const auto& [id, status] : seen.statuses) {
            if (status.cluster.external_url && urls.empty()) {
                urls.push_back(*status.cluster.external_url);
            }
        }
        if (!seen.statuses.empty()) {
            for (const auto& member : seen.statuses.begin()->second.members) {
                urls.push_back(member.url);
            }
        }
    }
    if (urls.empty()) {
        printNote(Text::tr("No replica could be asked, so these are the addresses that are known here; an "
                           "address of the load balancer may be missing."));
        for (const auto& member : target.watch.members) {
            urls.push_back(member.url.toString().toStdString());
        }
    }
    if (urls.empty()) {
        for (const auto& seed : target.watch.seeds) {
            urls.push_back(seed.toString().toStdString());
        }
    }
    return domain::registryAddresses(urls);
}

// podman, or docker where that alone is installed.
std::string clientHere() {
    const auto isHere = [](const char* program) {
        return !QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty();
    };
    return !isHere("podman") && isHere("docker") ? "docker" : "podman";
}

std::vector<domain::RegistryLine> linesFor(const Target& target, const std::vector<std::string>& addresses) {
    if (addresses.empty()) {
        return {};
    }
    const std::string user = target.watch.credentials.user.toStdString();
    return domain::registryLines({.pushAt = addresses.front(),
                                  .pullAt = addresses.size() > 1 ? addresses[1] : std::string(),
                                  .user = user.empty() ? "USER" : user,
                                  .passwordFile = target.passwordFile.isEmpty()
                                                      ? std::nullopt
                                                      : std::optional(target.passwordFile.toStdString()),
                                  .client = clientHere()});
}

// Whether this run is to put this file there; what is something else stays without --replace.
bool isToInstall(const TrustEntry& entry, const TrustOptions& options) {
    switch (entry.found.state) {
    case client::TrustState::missing:
        return true;
    case client::TrustState::different:
    case client::TrustState::unreadable:
        return options.replace;
    case client::TrustState::trusted:
        break;
    }
    return false;
}

// Does what this user may do, or says what is left to be done. Gives the exit code.
int work(TrustEntry& entry, const QSslCertificate& authority, const TrustReport& report,
         const TrustOptions& options) {
    if (options.remove ? !entry.found.isAlone() : !isToInstall(entry, options)) {
        // What root alone may look at is no fault of this user's.
        const bool amiss = entry.found.state == client::TrustState::different ||
                           (entry.found.state == client::TrustState::unreadable && !entry.file.sudo);
        return options.install && amiss ? exitFailed : exitDone;
    }
    if (entry.file.sudo || (!options.install && !options.remove)) {
        entry.command = QString::fromStdString(
            options.remove ? domain::removeCommand(entry.file)
                           : domain::installCommand(entry.file, report.authorityFile.toStdString()));
        return exitDone;
    }
    const auto done =
        options.remove ? client::removeTrust(entry.file) : client::installTrust(entry.file, authority);
    if (!done) {
        return reportError(done.error());
    }
    entry.changed = true;
    entry.before = entry.found.fingerprint;
    entry.found = client::lookAtTrust(entry.file, authority);
    return exitDone;
}

Result<TrustReport> beginReport(const Target& target) {
    const auto& authority = target.watch.trust.authority;
    TrustReport report;
    report.cluster = target.watch.name;
    report.fingerprint = client::fingerprintOf(authority);
    report.authorityFile = target.authorityFile;
    if (report.authorityFile.isEmpty()) {
        const auto kept = client::keepAuthority(authority);
        if (!kept) {
            return fail(kept.error());
        }
        report.authorityFile = *kept;
    }
    return report;
}

int trust(const TrustOptions& options) {
    const auto target = resolveTarget(*options.target, Secret::ifKept);
    if (!target) {
        return reportError(target.error());
    }
    auto report = beginReport(*target);
    if (!report) {
        return reportError(report.error());
    }
    report->installing = options.install;
    report->removing = options.remove;
    const auto& authority = target->watch.trust.authority;
    const auto addresses = addressesOf(*target);
    int result = exitDone;
    for (const auto& file : domain::trustFiles(addresses, trustUser())) {
        TrustEntry entry{file, client::lookAtTrust(file, authority), false, {}, {}};
        if (const int ended = work(entry, authority, *report, options); ended != exitDone) {
            result = ended;
        }
        report->entries.push_back(std::move(entry));
    }
    if (!options.remove) {
        report->lines = linesFor(*target, addresses);
    }
    if (options.json) {
        printJson(QJsonDocument(trustAsJson(*report)));
    } else {
        printTrust(*report);
    }
    const bool other = std::any_of(report->entries.begin(), report->entries.end(), [](const auto& entry) {
        return entry.found.state == client::TrustState::different;
    });
    if (other && !options.remove && !options.replace) {
        printNote(
            Text::tr("Where something else is, nothing was changed. To put this cluster's CA in its place, "
                     "add --replace"));
    }
    return result;
}

} // namespace

void addTrustCommand(CLI::App& app, Command& chosen) {
    auto* command =
        app.add_subcommand("trust", "Let podman, docker and other registry clients trust the cluster's CA");
    auto options = std::make_shared<TrustOptions>();
    options->target = addTargetOptions(*command);
    auto* name = command->add_option("name", options->target->cluster, "A sandbox or a saved cluster");
    name->excludes(command->get_option("--cluster"))->excludes(command->get_option("--url"));
    auto* install =
        command->add_flag("--install", options->install,
                          "Write the files that you may write; the commands for the rest are printed");
    command->add_flag("--replace", options->replace, "Also where another CA is trusted at the same address")
        ->needs(install);
    command->add_flag("--remove", options->remove, "Take away what is this cluster's CA, and nothing else")
        ->excludes(install);
    command->add_flag("--json", options->json, "Print one JSON object");
    command->footer(
        "Without --install and --remove no client is changed. It ends with four lines to copy, which push\n"
        "an image and pull it again.\n\n"
        "Examples:\n"
        "  pilothousectl trust demo\n"
        "  pilothousectl trust demo --install\n"
        "  pilothousectl trust demo --remove");
    command->callback([&chosen, options] { chosen = [options] { return trust(*options); }; });
}

} // namespace pilothouse::cli
