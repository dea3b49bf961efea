// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/trust_report.h"

#include "cli/output.h"
#include "cli/table.h"
#include "cli/text.h"
#include "text/registry_lines.h"

#include <QJsonArray>

#include <algorithm>

namespace pilothouse::cli {
namespace {

using client::TrustState;
using domain::TrustClient;

QLatin1String clientId(TrustClient client) {
    switch (client) {
    case TrustClient::containers:
        return QLatin1String("containers");
    case TrustClient::docker:
        return QLatin1String("docker");
    case TrustClient::rootlessDocker:
        return QLatin1String("docker-rootless");
    case TrustClient::containerd:
        return QLatin1String("containerd");
    }
    return {};
}

QString clientName(TrustClient client) {
    switch (client) {
    case TrustClient::containers:
        return QStringLiteral("podman, skopeo, buildah");
    case TrustClient::docker:
        return QStringLiteral("docker");
    case TrustClient::rootlessDocker:
        return Text::tr("docker without root");
    case TrustClient::containerd:
        return QStringLiteral("containerd");
    }
    return {};
}

QLatin1String stateId(TrustState state) {
    switch (state) {
    case TrustState::trusted:
        return QLatin1String("trusted");
    case TrustState::missing:
        return QLatin1String("missing");
    case TrustState::different:
        return QLatin1String("different");
    case TrustState::unreadable:
        return QLatin1String("unreadable");
    }
    return {};
}

QString stateText(const TrustEntry& entry, bool removing) {
    switch (entry.found.state) {
    case TrustState::trusted:
        return entry.changed             ? Text::tr("trusted now")
               : entry.found.amongOthers ? Text::tr("trusted, among others")
               : removing                ? Text::tr("trusted")
                                         : Text::tr("already trusted");
    case TrustState::missing:
        return entry.changed ? Text::tr("removed") : Text::tr("not trusted");
    case TrustState::different:
        return Text::tr("something else");
    case TrustState::unreadable:
        return Text::tr("cannot be read");
    }
    return {};
}

void printFiles(const TrustReport& report) {
    Table table({{Text::tr("CLIENT")}, {Text::tr("ADDRESS")}, {Text::tr("STATE")}, {Text::tr("FILE")}});
    for (const auto& entry : report.entries) {
        table.add({clientName(entry.file.client), QString::fromStdString(entry.file.address),
                   stateText(entry, report.removing), QString::fromStdString(entry.file.path)});
    }
    // A path that is cut says nothing, so the table is as wide as it gets.
    printLine(table.text());
}

// Old beside new, for each file that has something else.
void printOldAndNew(const TrustReport& report) {
    for (const auto& entry : report.entries) {
        const bool different = entry.found.state == TrustState::different;
        const QString& old = different ? entry.found.fingerprint : entry.before;
        if (!different && old.isEmpty()) {
            continue;
        }
        printLine();
        const QString path = QString::fromStdString(entry.file.path);
        printLine(different ? Text::tr("%1 is not this cluster's:").arg(path)
                            : Text::tr("%1 was replaced:").arg(path));
        if (entry.file.content == domain::TrustContent::authority) {
            printLine(Text::tr("  old: SHA-256 %1").arg(old.isEmpty() ? Text::tr("no certificate") : old));
            printLine(Text::tr("  new: SHA-256 %1").arg(report.fingerprint));
        }
    }
}

void printCommands(const TrustReport& report) {
    const bool any = std::any_of(report.entries.begin(), report.entries.end(),
                                 [](const auto& entry) { return !entry.command.isEmpty(); });
    if (!any) {
        return;
    }
    printLine();
    printLine(report.removing     ? Text::tr("To take the rest away:")
              : report.installing ? Text::tr("To trust it everywhere else:")
                                  : Text::tr("To trust it everywhere; --install does what needs no sudo:"));
    for (const auto& entry : report.entries) {
        if (!entry.command.isEmpty()) {
            printLine(QStringLiteral("  ") + entry.command);
        }
    }
}

void printContainerd(const TrustReport& report) {
    const auto found = std::find_if(report.entries.begin(), report.entries.end(), [](const auto& entry) {
        return entry.file.client == TrustClient::containerd;
    });
    if (found == report.entries.end() || report.removing) {
        return;
    }
    printLine();
    printLine(Text::tr("containerd reads its files where config_path in /etc/containerd/config.toml is "
                       "\"/etc/containerd/certs.d\"; ctr takes --hosts-dir /etc/containerd/certs.d."));
}

void printLines(const TrustReport& report) {
    if (report.lines.empty()) {
        return;
    }
    printLine();
    printLine(Text::tr("Then, an image in and out:"));
    for (const auto& line : report.lines) {
        printLine(QStringLiteral("  # ") + text::explanation(line.step));
        printLine(QStringLiteral("  ") + QString::fromStdString(line.command));
    }
}

QLatin1String stepId(domain::RegistryStep step) {
    switch (step) {
    case domain::RegistryStep::login:
        return QLatin1String("login");
    case domain::RegistryStep::tag:
        return QLatin1String("tag");
    case domain::RegistryStep::push:
        return QLatin1String("push");
    case domain::RegistryStep::pull:
    case domain::RegistryStep::pullAgain:
        return QLatin1String("pull");
    }
    return {};
}

} // namespace

QJsonObject trustAsJson(const TrustReport& report) {
    QJsonArray files;
    for (const auto& entry : report.entries) {
        files.append(QJsonObject{
            {QStringLiteral("client"), clientId(entry.file.client)},
            {QStringLiteral("address"), QString::fromStdString(entry.file.address)},
            {QStringLiteral("path"), QString::fromStdString(entry.file.path)},
            {QStringLiteral("state"), stateId(entry.found.state)},
            {QStringLiteral("changed"), entry.changed},
            {QStringLiteral("instead"),
             entry.found.fingerprint.isEmpty() ? QJsonValue() : QJsonValue(entry.found.fingerprint)},
            {QStringLiteral("command"), entry.command.isEmpty() ? QJsonValue() : QJsonValue(entry.command)}});
    }
    QJsonArray lines;
    for (const auto& line : report.lines) {
        lines.append(QJsonObject{{QStringLiteral("step"), stepId(line.step)},
                                 {QStringLiteral("line"), QString::fromStdString(line.command)}});
    }
    return {{QStringLiteral("cluster"), report.cluster},
            {QStringLiteral("fingerprint"), report.fingerprint},
            {QStringLiteral("ca_file"), report.authorityFile},
            {QStringLiteral("files"), files},
            {QStringLiteral("lines"), lines}};
}

void printTrust(const TrustReport& report) {
    printLine(Text::tr("The CA of %1: SHA-256 %2").arg(report.cluster, report.fingerprint));
    printLine();
    printFiles(report);
    printOldAndNew(report);
    printCommands(report);
    printContainerd(report);
    printLines(report);
}

} // namespace pilothouse::cli
