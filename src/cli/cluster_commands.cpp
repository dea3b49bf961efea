// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/await.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/secret_input.h"
#include "cli/table.h"
#include "cli/target_options.h"
#include "cli/text.h"
#include "client/cluster_store.h"
#include "client/first_contact.h"
#include "client/observation_collector.h"
#include "client/secret_store.h"
#include "sandbox/store.h"
#include "text/format.h"

#include <QJsonArray>
#include <QJsonObject>

#include <CLI/CLI.hpp>

#include <memory>

namespace pilothouse::cli {
namespace {

struct AddOptions {
    std::string name;
    std::string url;
    std::string caFile;
    std::string fingerprint;
    std::string user = "admin";
    std::string passwordFile;
    bool json = false;
};

enum class Kind { saved, sandbox };

// A cluster in JSON.
QJsonObject entry(const QString& name, Kind kind, qsizetype replicas, const QString& url) {
    return {{QStringLiteral("name"), name},
            {QStringLiteral("kind"), QLatin1String(kind == Kind::saved ? "saved" : "sandbox")},
            {QStringLiteral("replicas"), static_cast<qint64>(replicas)},
            {QStringLiteral("url"), url}};
}

client::ClusterStore store() {
    return client::ClusterStore(client::ClusterStore::defaultFile());
}

QString bare(QString fingerprint) {
    return fingerprint.remove(u':').remove(u' ').toUpper();
}

// The authority to pin: from a file, or as the replica names it if it has the fingerprint that the person
// gave.
Result<client::TrustAnchor> trustedAuthority(const AddOptions& options, const QUrl& url) {
    if (!options.caFile.empty()) {
        return anchorFromFile(options.caFile);
    }
    const auto presented = await(client::lookAtAuthority(url));
    if (!presented) {
        return fail(presented.error());
    }
    if (options.fingerprint.empty()) {
        return failWith(
            ErrorCode::invalid,
            Text::tr("this cluster's certificate authority is new to you: SHA-256 %1")
                .arg(presented->fingerprint),
            Text::tr("Compare it with `sudo pilothouse-replica fingerprint` on the replica's host, then give "
                     "it with --fingerprint"));
    }
    if (bare(QString::fromStdString(options.fingerprint)) != bare(presented->fingerprint)) {
        return failWith(ErrorCode::unauthorized,
                        Text::tr("the fingerprint is another: SHA-256 %1").arg(presented->fingerprint),
                        Text::tr("Do not go on before you know why"));
    }
    return presented->anchor;
}

// What is to be saved, and the secret that goes elsewhere.
struct Checked {
    client::SavedCluster saved;
    QString secret;
};

Result<QString> secretFor(const AddOptions& options, const QUrl& url) {
    return options.passwordFile.empty()
               ? askSecret(Text::tr("Password of %1 at %2")
                               .arg(QString::fromStdString(options.user), url.toString()),
                           Text::tr("Give --password-file FILE"))
               : readSecret(options.passwordFile);
}

// Nothing is replaced in silence.
Status checkNameFree(const QString& name) {
    const std::string text = name.toStdString();
    const QString hint = Text::tr("Give another one with --name, or remove that one first");
    if (store().find(name)) {
        return failWith(ErrorCode::conflict, Text::tr("a cluster is saved as \"%1\" already").arg(name),
                        hint);
    }
    if (sandbox::checkName(text) && sandbox::load(text)) {
        return failWith(ErrorCode::conflict, Text::tr("a sandbox is called \"%1\" already").arg(name), hint);
    }
    return {};
}

// Logs in once, so that what is saved is known to work.
Result<Checked> lookAtCluster(const AddOptions& options) {
    const auto url = client::parseAddress(QString::fromStdString(options.url));
    if (!url) {
        return fail(url.error());
    }
    const auto anchor = trustedAuthority(options, *url);
    if (!anchor) {
        return fail(anchor.error());
    }
    const auto secret = secretFor(options, *url);
    if (!secret) {
        return fail(secret.error());
    }
    client::WatchTarget target;
    target.trust = *anchor;
    target.credentials = {QString::fromStdString(options.user), *secret};
    target.seeds = {*url};
    const auto seen = await(client::collectObservation(target, systemClock()));
    if (seen.statuses.empty()) {
        const auto& replicas = seen.observation.replicas;
        return failWith(ErrorCode::unavailable,
                        Text::tr("nothing was saved: %1")
                            .arg(replicas.empty() ? Text::tr("no replica answers")
                                                  : QString::fromStdString(replicas.front().error)));
    }
    const auto& status = seen.statuses.begin()->second;
    client::SavedCluster saved;
    saved.name = QString::fromStdString(options.name.empty() ? status.cluster.name : options.name);
    saved.seeds = {*url};
    saved.authorityPem = anchor->authority.toPem();
    saved.clusterId = QString::fromStdString(status.cluster.id);
    saved.user = target.credentials.user;
    for (const auto& member : status.members) {
        saved.members += {ReplicaId(member.id), QString::fromStdString(member.name),
                          QUrl(QString::fromStdString(member.url))};
    }
    if (auto isFree = checkNameFree(saved.name); !isFree) {
        return fail(isFree.error());
    }
    return Checked{std::move(saved), *secret};
}

// Into the keyring; where that does not work the file is read each time, or the person is asked.
void keepSecret(Checked& checked, const AddOptions& options) {
    client::SecretStore secrets;
    auto& saved = checked.saved;
    if (await(secrets.write(saved.name, saved.user, checked.secret, true)) == client::SecretKept::keyring) {
        return;
    }
    if (options.passwordFile.empty() || options.passwordFile == "-") {
        printNote(Text::tr("No keyring answers here, so the password is not kept: give --password-file, or "
                           "it is asked for each time."));
        return;
    }
    saved.passwordFile = QString::fromStdString(std::filesystem::absolute(options.passwordFile).string());
    printNote(
        Text::tr("No keyring answers here: the password is read from %1 each time.").arg(saved.passwordFile));
}

int addCluster(const AddOptions& options) {
    auto checked = lookAtCluster(options);
    if (!checked) {
        return reportError(checked.error());
    }
    keepSecret(*checked, options);
    const auto& saved = checked->saved;
    auto clusters = store();
    if (auto done = clusters.save(saved); !done) {
        return reportError(done.error());
    }
    if (options.json) {
        printJson(QJsonDocument(
            entry(saved.name, Kind::saved, saved.members.size(), saved.seeds.first().toString())));
    } else {
        QStringList names;
        for (const auto& member : saved.members) {
            names += member.name;
        }
        printLine(Text::tr("Saved %1; its replicas are %2.").arg(saved.name, text::list(names)));
    }
    return exitDone;
}

int listClusters(bool json) {
    const auto clusters = store().load();
    if (!clusters) {
        return reportError(clusters.error());
    }
    Table table({{Text::tr("NAME")},
                 {Text::tr("KIND")},
                 {Text::tr("REPLICAS"), Table::Align::right},
                 {Text::tr("ADDRESS")}});
    QJsonArray array;
    const auto add = [&](const QString& name, Kind kind, qsizetype replicas, const QString& url) {
        table.add({name, kind == Kind::saved ? Text::tr("saved") : Text::tr("sandbox"),
                   QString::number(replicas), url});
        array.append(entry(name, kind, replicas, url));
    };
    for (const auto& cluster : *clusters) {
        add(cluster.name, Kind::saved, cluster.members.size(), cluster.seeds.first().toString());
    }
    for (const auto& sandbox : sandbox::list()) {
        add(QString::fromStdString(sandbox.name), Kind::sandbox,
            static_cast<qsizetype>(sandbox.replicas.size()),
            sandbox.replicas.empty() ? QString() : QString::fromStdString(sandbox.replicas.front().url));
    }
    if (json) {
        printJson(QJsonDocument(array));
    } else if (array.isEmpty()) {
        printNote(Text::tr("No cluster is known here. Add one: pilothousectl cluster add"));
    } else {
        printTable(table);
    }
    return exitDone;
}

int removeCluster(const std::string& name, bool json) {
    auto clusters = store();
    const auto saved = clusters.find(QString::fromStdString(name));
    if (!saved) {
        return reportError(saved.error());
    }
    if (auto done = clusters.remove(saved->name); !done) {
        return reportError(done.error());
    }
    if (saved->passwordFile.isEmpty()) {
        client::SecretStore secrets;
        (void)await(secrets.remove(saved->name, saved->user)); // there may be none
    }
    if (json) { // no replica was acted on
        printJson(QJsonDocument(
            QJsonObject{{QStringLiteral("name"), saved->name}, {QStringLiteral("replicas"), QJsonArray()}}));
    } else {
        printLine(Text::tr("Forgot %1 here; the cluster itself was not touched.").arg(saved->name));
    }
    return exitDone;
}

} // namespace

void addClusterCommands(CLI::App& app, Command& chosen) {
    auto* cluster = app.add_subcommand("cluster", "The clusters that you have saved");
    cluster->require_subcommand(1);

    auto* add =
        cluster->add_subcommand("add", "Save a cluster: its address, its pinned authority, your user");
    auto options = std::make_shared<AddOptions>();
    add->add_option("address", options->url, "Any one replica, HOST[:PORT]; not the load balancer")
        ->required();
    add->add_option("--name", options->name, "What to call it; by default its own name");
    auto* ca = add->add_option("--ca-file", options->caFile, "The cluster's CA certificate (PEM)");
    add->add_option("--fingerprint", options->fingerprint,
                    "SHA-256 of the cluster's CA, as `pilothouse-replica fingerprint` prints it")
        ->excludes(ca);
    add->add_option("--username", options->user, "User to log in as")->capture_default_str();
    add->add_option("--password-file", options->passwordFile,
                    "File (0600) whose first line is the password or access token; - for standard input; "
                    "without it a person at a terminal is asked");
    add->add_flag("--json", options->json, "Print one JSON object");
    add->footer(
        "The password goes into the keyring; where there is none it is read from the file each time.\n\n"
        "Examples:\n"
        "  pilothousectl cluster add reg-1.example.com\n"
        "  pilothousectl cluster add reg-1.example.com --fingerprint 3F:0A:… --name prod\n"
        "  pilothousectl cluster add 10.0.0.5:4443 --ca-file ca.crt --password-file admin.password");
    add->callback([&chosen, options] { chosen = [options] { return addCluster(*options); }; });

    auto* listing = cluster->add_subcommand("list", "Saved clusters and sandboxes");
    auto json = std::make_shared<bool>(false);
    listing->add_flag("--json", *json, "Print a JSON array");
    listing->callback([&chosen, json] { chosen = [json] { return listClusters(*json); }; });

    auto* remove =
        cluster->add_subcommand("remove", "Forget a saved cluster here; the cluster itself is not touched");
    auto name = std::make_shared<std::string>();
    remove->add_option("name", *name, "Its name")->required();
    remove->add_flag("--json", *json, "Print one JSON object");
    remove->callback(
        [&chosen, name, json] { chosen = [name, json] { return removeCluster(*name, *json); }; });
}

} // namespace pilothouse::cli
