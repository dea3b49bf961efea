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

std::vector<domain::TrustFile> filesTrusting(const api::Sandbox& sandbox) {
    const auto authorities = QSslCertificate::fromPath(QString::fromStdString(sandbox.ca_file));
    if (authorities.isEmpty()) {
        return {}; // nobody can be told to trust what cannot be read
    }
    std::vector<std::string> urls;
    for (const auto& replica : sandbox.replicas) {
        urls.push_back(replica.url);
    }
    auto files = domain::trustFiles(domain::registryAddresses(urls), trustUser());
    std::erase_if(files, [&](const domain::TrustFile& file) {
        return !client::lookAtTrust(file, authorities.front()).isAlone();
    });
    return files;
}

int forgetTrust(const std::vector<domain::TrustFile>& files) {
    int result = exitDone;
    for (const domain::TrustFile& file : files) {
        if (const int ended = forget(file); ended != exitDone) {
            result = ended;
        }
    }
    return result;
}

} // namespace pilothouse::cli
