// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/target_options.h"

#include "cli/await.h"
#include "cli/secret_input.h"
#include "cli/text.h"
#include "client/cluster_store.h"
#include "client/sandbox_folder.h"
#include "client/secret_store.h"
#include "sandbox/store.h"

#include <QFile>

#include <CLI/CLI.hpp>

#include <filesystem>

namespace pilothouse::cli {
namespace {

constexpr qint64 mostPemBytes = 1 << 20; // of a certificate's file

QString toQt(const std::string& text) {
    return QString::fromStdString(text);
}

// A path that means the same in every folder; empty for standard input.
QString wholePath(const std::string& path) {
    return path.empty() || path == "-" ? QString()
                                       : toQt(std::filesystem::absolute(path).lexically_normal().string());
}

Result<Target> fromAddress(const TargetOptions& options, Secret need) {
    const bool login = !options.user.empty() && !options.passwordFile.empty();
    if (options.caFile.empty() || (need == Secret::needed && !login)) {
        return failWith(ErrorCode::invalid,
                        need == Secret::needed
                            ? Text::tr("--url needs --ca-file, --username and --password-file")
                            : Text::tr("--url needs --ca-file"),
                        Text::tr("Or save the cluster once: pilothousectl cluster add"));
    }
    const auto url = client::parseAddress(toQt(options.url));
    if (!url) {
        return fail(url.error());
    }
    const auto anchor = anchorFromFile(options.caFile);
    if (!anchor) {
        return fail(anchor.error());
    }
    Target target;
    target.watch.credentials.user = toQt(options.user);
    if (login) {
        const auto secret = readSecret(options.passwordFile);
        if (!secret) {
            return fail(secret.error());
        }
        target.watch.credentials.secret = *secret;
    }
    target.watch.name = url->host();
    target.watch.trust = *anchor;
    target.watch.seeds = {*url};
    target.authorityFile = wholePath(options.caFile);
    target.passwordFile = wholePath(options.passwordFile);
    return target;
}

// As the sandbox's own administrator unless somebody else is named.
Result<Target> fromSandbox(const api::Sandbox& sandbox, const TargetOptions& options) {
    auto watch = client::targetOf(sandbox);
    if (!watch) {
        return fail(watch.error());
    }
    if (!options.user.empty() || !options.passwordFile.empty()) {
        if (options.passwordFile.empty() && options.user != sandbox.username) {
            return failWith(
                ErrorCode::invalid, Text::tr("--username needs --password-file with a sandbox"),
                Text::tr("Without both it is the sandbox's administrator, %1").arg(toQt(sandbox.username)));
        }
        auto& credentials = watch->credentials;
        if (!options.passwordFile.empty()) {
            const auto secret = readSecret(options.passwordFile);
            if (!secret) {
                return fail(secret.error());
            }
            credentials.secret = *secret;
        }
        credentials.user = options.user.empty() ? credentials.user : toQt(options.user);
    }
    const std::string& passwordFile =
        options.passwordFile.empty() ? sandbox.password_file : options.passwordFile;
    return Target{std::move(*watch), true, wholePath(sandbox.ca_file), wholePath(passwordFile)};
}

// The file that is named now, else the one that was saved (of that user), else the keyring, else the person
// unless it can be done without.
Result<QString> secretOf(const client::SavedCluster& saved, const QString& user, const TargetOptions& options,
                         Secret need) {
    if (!options.passwordFile.empty()) {
        return readSecret(options.passwordFile);
    }
    if (!saved.passwordFile.isEmpty() && user == saved.user) {
        return client::readPasswordFile(saved.passwordFile);
    }
    client::SecretStore store;
    const auto kept = await(store.read(saved.name, user));
    if (kept || need == Secret::ifKept) {
        return kept.value_or(QString());
    }
    const auto asked = askSecret(Text::tr("Password of %1 at %2").arg(user, saved.name), {});
    if (!asked) {
        return failWith(
            ErrorCode::unauthorized,
            Text::tr("no password for %1 at %2: %3").arg(user, saved.name, toQt(kept.error().message)),
            Text::tr("Give --password-file FILE"));
    }
    return *asked;
}

Result<Target> fromSaved(const client::SavedCluster& saved, const TargetOptions& options, Secret need) {
    const auto anchor = client::anchorFromPem(saved.authorityPem);
    if (!anchor) {
        return failIn(Text::tr("saved cluster %1").arg(saved.name).toStdString(),
                      {ErrorCode::corrupt, anchor.error().message, anchor.error().hint});
    }
    const QString user = options.user.empty() ? saved.user : toQt(options.user);
    const auto secret = secretOf(saved, user, options, need);
    if (!secret) {
        return fail(secret.error());
    }
    Target target;
    target.watch.name = saved.name;
    target.watch.trust = *anchor;
    target.watch.trust.cluster = ClusterId(saved.clusterId.toStdString());
    target.watch.credentials = {user, *secret};
    target.watch.seeds = saved.seeds;
    target.watch.members = saved.members;
    target.passwordFile = !options.passwordFile.empty() ? wholePath(options.passwordFile)
                          : user == saved.user          ? saved.passwordFile
                                                        : QString();
    return target;
}

// A sandbox comes before a saved cluster of the same name.
Result<Target> byName(const TargetOptions& options, Secret need) {
    if (sandbox::checkName(options.cluster)) {
        const auto sandbox = sandbox::load(options.cluster);
        if (sandbox) {
            return fromSandbox(*sandbox, options);
        }
        if (sandbox.error().code != ErrorCode::notFound) {
            return fail(sandbox.error());
        }
    }
    const auto saved = client::ClusterStore(client::ClusterStore::defaultFile()).find(toQt(options.cluster));
    if (saved) {
        return fromSaved(*saved, options, need);
    }
    if (saved.error().code != ErrorCode::notFound) {
        return fail(saved.error());
    }
    return failWith(ErrorCode::notFound,
                    Text::tr("no cluster or sandbox is called \"%1\"").arg(toQt(options.cluster)),
                    Text::tr("See those there are: pilothousectl cluster list"));
}

Result<Target> theOnlyOne(const TargetOptions& options, Secret need) {
    const auto sandboxes = sandbox::list();
    const auto saved = client::ClusterStore(client::ClusterStore::defaultFile()).load();
    if (!saved) {
        return fail(saved.error());
    }
    QStringList names;
    for (const auto& cluster : *saved) {
        names += cluster.name;
    }
    for (const auto& sandbox : sandboxes) {
        names += toQt(sandbox.name);
    }
    if (names.isEmpty()) {
        return failWith(ErrorCode::invalid, Text::tr("no cluster is known here yet"),
                        Text::tr("Give --url, or start a sandbox: pilothousectl sandbox start demo"));
    }
    if (names.size() > 1) {
        return failWith(
            ErrorCode::invalid,
            Text::tr("more than one cluster is known here: %1").arg(names.join(QStringLiteral(", "))),
            Text::tr("Say which with --cluster NAME"));
    }
    return sandboxes.empty() ? fromSaved(saved->first(), options, need)
                             : fromSandbox(sandboxes.front(), options);
}

} // namespace

QString clusterOption(const TargetOptions& options) {
    return options.cluster.empty() ? QString()
                                   : QStringLiteral(" --cluster ") + QString::fromStdString(options.cluster);
}

Result<client::TrustAnchor> anchorFromFile(const std::string& path) {
    QFile file(toQt(path));
    if (!file.open(QIODevice::ReadOnly)) {
        return failWith(ErrorCode::invalid,
                        Text::tr("cannot read %1: %2").arg(file.fileName(), file.errorString()),
                        Text::tr("Give the cluster's CA certificate (PEM) with --ca-file"));
    }
    auto anchor = client::anchorFromPem(file.read(mostPemBytes));
    return anchor ? anchor : failIn(path, anchor.error());
}

std::shared_ptr<TargetOptions> addTargetOptions(CLI::App& command) {
    auto options = std::make_shared<TargetOptions>();
    const std::string group = "Which cluster, and as whom (without these: the only one that is known here)";
    auto* cluster =
        command.add_option("--cluster", options->cluster, "A saved cluster or a sandbox, by name");
    auto* url = command.add_option("--url", options->url, "Address of any one replica, https://HOST[:PORT]")
                    ->excludes(cluster);
    auto* ca = command.add_option("--ca-file", options->caFile, "The cluster's CA certificate (PEM)");
    ca->needs(url);
    auto* user = command.add_option("--username", options->user, "User to log in as");
    auto* password = command.add_option(
        "--password-file", options->passwordFile,
        "File (0600) whose first line is the password or access token; - for standard input");
    for (auto* option : {cluster, url, ca, user, password}) {
        option->group(group);
    }
    return options;
}

Result<Target> resolveTarget(const TargetOptions& options, Secret secret) {
    if (!options.url.empty()) {
        return fromAddress(options, secret);
    }
    return options.cluster.empty() ? theOnlyOne(options, secret) : byName(options, secret);
}

} // namespace pilothouse::cli
