// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/trust_cleanup.h"

#include "cli/output.h"
#include "cli/text.h"
#include "client/trust_files.h"
#include "domain/registry_lines.h"

#include <QDir>
#include <QStandardPaths>

#include <unistd.h>

namespace pilothouse::cli {
namespace {

std::vector<std::string> addressesOf(const api::Sandbox& sandbox) {
    std::vector<std::string> addresses;
    for (const auto& replica : sandbox.replicas) {
        if (auto address = domain::registryAddress(replica.url)) {
            addresses.push_back(std::move(*address));
        }
    }
    return addresses;
}

int forget(const domain::TrustFile& file) {
    const QString path = QString::fromStdString(file.path);
    if (file.sudo) {
        printNote(Text::tr("Its CA is still trusted by %1. Take it away: %2")
                      .arg(path, QString::fromStdString(domain::removeCommand(file))));
        return exitDone;
    }
    const auto removed = client::removeTrust(file);
    if (!removed) {
        return reportError(removed.error());
    }
    printNote(Text::tr("Removed %1, by which a registry client trusted its CA.").arg(path));
    return exitDone;
}

} // namespace

domain::TrustUser trustUser() {
    return {.root = geteuid() == 0,
            .home = QDir::homePath().toStdString(),
            .configHome =
                QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation).toStdString()};
}

int forgetTrust(const api::Sandbox& sandbox) {
    const auto authorities = QSslCertificate::fromPath(QString::fromStdString(sandbox.ca_file));
    int result = exitDone;
    if (authorities.isEmpty()) {
        return result; // nobody can be told to trust what cannot be read
    }
    for (const auto& file : domain::trustFiles(addressesOf(sandbox), trustUser())) {
        const auto found = client::lookAtTrust(file, authorities.front());
        const bool isIts = found.state == client::TrustState::trusted && !found.amongOthers;
        if (const int ended = isIts ? forget(file) : exitDone; ended != exitDone) {
            result = ended;
        }
    }
    return result;
}

} // namespace pilothouse::cli
