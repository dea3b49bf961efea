// SPDX-License-Identifier: GPL-3.0-or-later
// What `trust` says: where each registry client looks for the cluster's CA, what is there, what is to be
// done.
#pragma once

#include "client/trust_files.h"
#include "domain/registry_lines.h"

#include <QJsonObject>
#include <QString>

#include <vector>

namespace pilothouse::cli {

struct TrustEntry {
    domain::TrustFile file;
    client::TrustFound found;
    bool changed = false; // by this command
    QString command;      // what is left to be done here; empty: nothing, or nothing without a decision
    QString before;       // changed: the fingerprint that was there
};

struct TrustReport {
    QString cluster;
    QString fingerprint; // of the CA
    QString authorityFile;
    std::vector<TrustEntry> entries;
    std::vector<domain::RegistryLine> lines; // none after a removal
    bool installing = false;
    bool removing = false;
};

[[nodiscard]] QJsonObject trustAsJson(const TrustReport& report);
// For people, on standard output.
void printTrust(const TrustReport& report);

} // namespace pilothouse::cli
