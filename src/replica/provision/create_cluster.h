// SPDX-License-Identifier: GPL-3.0-or-later
// A new cluster on disk: a data folder for each of its first members, with keys, certificates and
// bootstrap.json.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "replica/provision/bootstrap.h"
#include "replica/provision/identity.h"
#include "replica/security/random.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::provision {

struct MemberOptions {
    std::string name;
    std::string host; // DNS name or IP address, as peers and consoles reach it
    std::optional<std::string>
        listen_host; // IP address; default: the loopback address for a loopback host, else all
    std::int64_t https_port = 443;
    std::int64_t http_port = 80;
    std::int64_t peer_port = 7443;
    std::int64_t engine_port = 7444; // of the engine's client endpoint on 127.0.0.1
    std::filesystem::path data_dir;
};

struct CreateOptions {
    std::string clusterName;
    std::optional<std::string> externalUrl;
    std::vector<MemberOptions> members; // at least one
    std::string adminName = "admin";
    std::optional<std::filesystem::path> adminPasswordFile; // its first line is the password; must be 0600
    // Where a generated password goes (0600) when there is no adminPasswordFile; empty: admin-password in the
    // first member's data folder.
    std::filesystem::path newPasswordFile;
};

struct CreatedCluster {
    std::string clusterId;
    std::vector<Identity> members; // in the order of the options
    std::filesystem::path caFile;  // of the first member
    std::string caSha256;          // 64 hexadecimal digits
    std::string adminName;
    std::filesystem::path passwordFile;
};

// All or nothing: a failure half-way removes what was made. A data folder that is there and not empty is
// refused (ErrorCode::conflict). Runs scrypt and syncs files: some 100 ms a member.
[[nodiscard]] Result<CreatedCluster> createCluster(const CreateOptions& options,
                                                   const Clock& clock = systemClock(),
                                                   const security::Random& random = security::systemRandom());

// Reads the list of members of `init --members`: YAML, a list of maps with the keys name, host, listen_host,
// https_port, http_port, peer_port, engine_port, data_dir; an unknown key is an error. Relative folders are
// taken from `base`.
[[nodiscard]] Result<std::vector<MemberOptions>> parseMembers(std::string_view yaml,
                                                              const std::filesystem::path& base);

// The engine's --initial-cluster: "id=https://host:port,…".
[[nodiscard]] std::string initialCluster(const std::vector<BootstrapMember>& members);

} // namespace pilothouse::provision
