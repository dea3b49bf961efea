// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/etcd_options.h"

#include "replica/engine/engine.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <sstream>
#include <unistd.h>

namespace pilothouse::engine {
namespace {

namespace fs = std::filesystem;

struct KnownFailure {
    std::string_view part; // of a line of the log
    ErrorCode code;
    std::string_view message;
    std::string_view hint;
};

constexpr std::array<KnownFailure, 13> knownFailures{{
    {"address already in use", ErrorCode::conflict, "a port of the engine is taken by another process",
     "End that process, or give the replica other ports"},
    {"no space left on device", ErrorCode::exhausted, "the disk under the data folder is full",
     "Make room, then start again"},
    {"read-only file system", ErrorCode::exhausted, "the data folder lies on a read-only file system",
     "Mount it for writing, then start again"},
    {"permission denied", ErrorCode::forbidden, "the engine may not use its data folder",
     "The data folder must belong to the user that runs the replica"},
    {etcdRemovedWords, ErrorCode::forbidden, etcdRemovedMessage, "Join again with a new data folder"},
    {"member has already been bootstrapped", ErrorCode::corrupt,
     "the engine's data is gone, but the cluster knows this member",
     "Remove this replica from the cluster, then join again with a new data folder"},
    // Before its first start it must know all members there are.
    {"member count is unequal", ErrorCode::conflict,
     "the cluster's members are others than when this replica was let in",
     "Remove this replica from the cluster if it is still listed, then join again with a new data folder"},
    // By --force-new-cluster, which leaves nobody to vote when the member itself did not.
    {"removed all voters", ErrorCode::conflict, "this replica did not vote in its cluster yet",
     "Take one that did"},
    {"crc mismatch", ErrorCode::corrupt, "the engine's data is damaged",
     "Remove this replica from the cluster, then join again with a new data folder"},
    {"failed to read WAL", ErrorCode::corrupt, "the engine's log is damaged",
     "Remove this replica from the cluster, then join again with a new data folder"},
    {"wal: ", ErrorCode::corrupt, "the engine's log is damaged",
     "Remove this replica from the cluster, then join again with a new data folder"},
    {"invalid database", ErrorCode::corrupt, "the engine's database is damaged",
     "Remove this replica from the cluster, then join again with a new data folder"},
    {"checkInitialHashKV", ErrorCode::corrupt, "the engine's data differs from its peers'",
     "Remove this replica from the cluster, then join again with a new data folder"},
}};

std::string url(std::string_view scheme, const std::string& host, std::uint16_t port) {
    const bool v6 = host.find(':') != std::string::npos;
    return std::string(scheme) + "://" + (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

} // namespace

std::optional<std::string> etcdVersionIn(std::string_view output) {
    constexpr std::string_view mark = "etcd Version: ";
    const auto at = output.find(mark);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    const auto end = output.find_first_of("\r\n", at);
    return std::string(output.substr(at + mark.size(), end - at - mark.size()));
}

Result<EtcdVersion> parseEtcdVersion(std::string_view output) {
    const auto text = etcdVersionIn(output);
    if (!text) {
        return fail(ErrorCode::invalid,
                    "the program given as engine does not answer as etcd does to --version");
    }
    EtcdVersion version;
    version.text = *text;
    char dot = 0;
    std::istringstream(version.text) >> version.major >> dot >> version.minor;
    if (version.major != 3 || version.minor < 4) {
        return fail(ErrorCode::invalid, "etcd " + version.text + " is not supported",
                    "Install etcd 3.4, 3.5 or 3.6");
    }
    return version;
}

Result<fs::path> findEtcd(const fs::path& configured) {
    const auto runnable = [](const fs::path& path) {
        return access(path.c_str(), X_OK) == 0 && !fs::is_directory(path);
    };
    if (!configured.empty()) {
        if (runnable(configured)) {
            return configured;
        }
        return fail(ErrorCode::notFound, configured.string() + " is not a program that can be run");
    }
    const char* const path = std::getenv("PATH");
    std::istringstream folders(path != nullptr ? path : "/usr/bin:/bin");
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (!folder.empty() && runnable(fs::path(folder) / "etcd")) {
            return fs::path(folder) / "etcd";
        }
    }
    return fail(ErrorCode::notFound, "etcd, the engine under a replica, is not installed",
                "Install it (Debian: apt-get install etcd-server), or name it with --engine-program");
}

std::vector<std::string> etcdArguments(const EtcdOptions& o, const EtcdVersion& version) {
    const std::string client = url("https", "127.0.0.1", o.clientPort);
    std::vector<std::string> arguments{
        "--name=" + o.name,
        "--data-dir=" + o.dataDir.string(),
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + url("https", o.peerListenHost, o.peerPort),
        "--initial-advertise-peer-urls=" + o.peerAdvertiseUrl,
        "--initial-cluster=" + o.initialCluster,
        "--initial-cluster-state=" + std::string(o.existingCluster ? "existing" : "new"),
        "--initial-cluster-token=" + o.clusterToken,
        "--client-cert-auth",
        "--trusted-ca-file=" + o.clientCa.string(),
        "--cert-file=" + o.clientCertificate.string(),
        "--key-file=" + o.clientKey.string(),
        "--peer-client-cert-auth",
        "--peer-trusted-ca-file=" + o.peerCa.string(),
        "--peer-cert-file=" + o.peerCertificate.string(),
        "--peer-key-file=" + o.peerKey.string(),
        "--heartbeat-interval=" + std::to_string(o.heartbeat.count()),
        "--election-timeout=" + std::to_string(o.election.count()),
        "--quota-backend-bytes=" + std::to_string(o.quotaBytes),
        "--max-txn-ops=" + std::to_string(mostOperations),
        "--strict-reconfig-check",
        "--pre-vote",
        "--logger=zap",
        "--log-outputs=stderr",
        "--snapshot-count=10000",
        // The state's own housekeeping compacts; see state/housekeeping.h.
    };
    if (o.forceNewCluster) {
        arguments.emplace_back("--force-new-cluster");
    } else { // 3.6 moved it to the feature gates. Not by force: those that it would ask are members no more.
        arguments.emplace_back(version.minor >= 6 ? "--feature-gates=InitialCorruptCheck=true"
                                                  : "--experimental-initial-corrupt-check");
    }
    if (version.minor >= 6) {
        arguments.emplace_back("--log-level=info");
    }
    return arguments;
}

std::optional<Error> explainEtcdFailure(const std::vector<std::string>& lastLines) {
    for (auto line = lastLines.rbegin(); line != lastLines.rend(); ++line) {
        for (const auto& known : knownFailures) {
            if (line->find(known.part) != std::string::npos) {
                return Error{known.code, std::string(known.message), std::string(known.hint)};
            }
        }
    }
    return std::nullopt;
}

} // namespace pilothouse::engine
