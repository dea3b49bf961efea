// SPDX-License-Identifier: GPL-3.0-or-later
// How this replica's etcd is run, and its command line.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::engine {

struct EtcdOptions {
    std::filesystem::path program; // empty: found in $PATH
    std::string name;              // the replica id
    std::string clusterToken;      // cluster id and epoch: members of another never mix with these
    std::filesystem::path dataDir;
    std::filesystem::path pidFile; // "<pid> <start time>", as LockFile's
    std::uint16_t clientPort = 0;  // on 127.0.0.1
    std::string peerListenHost;    // IP address
    std::uint16_t peerPort = 0;
    std::string peerAdvertiseUrl; // https://HOST:PORT
    std::string initialCluster;
    bool existingCluster = false; // joins one
    bool forceNewCluster = false; // for one run: see force_new_cluster.h
    // PEM files. The client certificate serves both ends of the loopback connection.
    std::filesystem::path clientCa, clientCertificate, clientKey;
    std::filesystem::path peerCa, peerCertificate, peerKey;
    Milliseconds heartbeat{100};
    Milliseconds election{1000};
    std::int64_t quotaBytes = std::int64_t{2} << 30;
};

struct EtcdVersion {
    int major = 0;
    int minor = 0;
    std::string text; // "3.4.23"
};

// What `etcd --version` calls its version: "3.4.23", supported or not; nullopt when it is no etcd's output.
[[nodiscard]] std::optional<std::string> etcdVersionIn(std::string_view output);
// From the same output. Supported: 3.4 to 3.6.
[[nodiscard]] Result<EtcdVersion> parseEtcdVersion(std::string_view output);

// The program to run: `configured`, or the one in $PATH. The error says what to install.
[[nodiscard]] Result<std::filesystem::path> findEtcd(const std::filesystem::path& configured);

// The arguments after the program's name. No secret is in them.
[[nodiscard]] std::vector<std::string> etcdArguments(const EtcdOptions& options, const EtcdVersion& version);

// What an engine says when it finds that it is no member any more.
inline constexpr std::string_view etcdRemovedWords = "the member has been permanently removed";
// What that means: the message of the error.
inline constexpr std::string_view etcdRemovedMessage = "this replica was removed from its cluster";

// What the engine's last words mean, as one sentence with what to do; nullopt when they say nothing known.
[[nodiscard]] std::optional<Error> explainEtcdFailure(const std::vector<std::string>& lastLines);

} // namespace pilothouse::engine
