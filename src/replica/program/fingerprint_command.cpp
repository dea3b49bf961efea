// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/command.h"
#include "replica/program/report.h"
#include "replica/provision/layout.h"
#include "replica/security/certificates.h"
#include "replica/security/files.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace pilothouse::program {
namespace {

constexpr std::size_t certificateLimit = 64 * 1024;

} // namespace

// In two lines of 16 bytes, as the console shows it beside.
int runFingerprint(const std::filesystem::path& dataDir) {
    const auto pem = security::readFile(provision::Layout(dataDir).clusterCa(), certificateLimit);
    if (!pem) {
        return reportError(pem.error());
    }
    const auto facts = security::parseCertificate(*pem);
    if (!facts) {
        return reportError(facts.error());
    }
    const std::string fingerprint = security::formatFingerprint(facts->sha256);
    constexpr std::size_t half = 16 * 3 - 1;
    printLine("SHA-256  " + fingerprint.substr(0, half));
    printLine("         " + fingerprint.substr(half + 1));
    return exitDone;
}

void addFingerprint(CLI::App& app, Command& chosen) {
    auto* command =
        app.add_subcommand("fingerprint", "Print the fingerprint of the cluster's certificate authority");
    auto dataDir = std::make_shared<std::filesystem::path>(defaultDataDir);
    command->add_option("--data-dir", *dataDir, "The replica's data folder")
        ->envname("PILOTHOUSE_DATA_DIR")
        ->capture_default_str();
    command->callback([&chosen, dataDir] { chosen = [dataDir] { return runFingerprint(*dataDir); }; });
}

} // namespace pilothouse::program
