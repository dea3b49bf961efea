// SPDX-License-Identifier: GPL-3.0-or-later
// Which cluster a command is about, and as whom.
#pragma once

#include "base/result.h"
#include "client/cluster_watcher.h"

#include <CLI/App.hpp>

#include <memory>
#include <string>

namespace pilothouse::cli {

// Either a cluster that is known here (saved, or a sandbox), or an address with its authority's certificate.
struct TargetOptions {
    std::string cluster;
    std::string url;
    std::string caFile;
    std::string user;
    std::string passwordFile;
};

// Adds --cluster, --url, --ca-file, --username, --password-file to `command`.
[[nodiscard]] std::shared_ptr<TargetOptions> addTargetOptions(CLI::App& command);

// " --cluster NAME" as it was given, for lines that people copy; empty when it was not.
[[nodiscard]] QString clusterOption(const TargetOptions& options);

struct Target {
    client::WatchTarget watch;
    bool sandbox = false;
    QString authorityFile; // the authority's certificate, where it lies in a file; else empty
    QString passwordFile;  // that the secret was read from; empty: another way
};

// Whether the command needs to log in.
enum class Secret {
    needed, // a person is asked where nothing else has it
    ifKept, // without any the credentials have a user at most, and no secret
};

// The authority in a PEM file.
[[nodiscard]] Result<client::TrustAnchor> anchorFromFile(const std::string& path);

// Without any option: the only cluster that is known here. Blocks for at most the keyring's time-out.
[[nodiscard]] Result<Target> resolveTarget(const TargetOptions& options, Secret secret = Secret::needed);

} // namespace pilothouse::cli
