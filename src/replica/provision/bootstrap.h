// SPDX-License-Identifier: GPL-3.0-or-later
// What must be in the state of a new cluster: bootstrap.json in the data folder of each of its first members.
#pragma once

#include "base/result.h"
#include "replica/provision/layout.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::provision {

struct BootstrapMember {
    std::string id;
    std::string name;
    std::string url;
    std::string http_url;
    std::string peer_url;
};

// The same in every first member: whichever comes first records it, in a transaction that asks that there is
// no cluster record yet. All members are voters, the membership's generation is 1.
struct Bootstrap {
    std::int64_t schema = 1;
    std::string cluster_id;
    std::string cluster_name;
    std::string created_at; // RFC 3339
    std::int64_t epoch = 1;
    std::int64_t feature_level = 1;
    std::optional<std::string> external_url;
    std::vector<BootstrapMember> members;
    std::string cluster_ca; // PEM, for ca/cluster
    std::string peer_ca;    // PEM, for ca/peer
    // Keys of the authorities, sealed with the cluster key for the records that clusterCaKeySecret and
    // peerCaKeySecret name.
    std::string sealed_cluster_ca_key;
    std::string sealed_peer_ca_key;
    std::string admin_name;
    std::string admin_verifier; // scrypt
};

// Keys of the sealed records, which are also the contexts that they are sealed for.
inline constexpr const char* clusterCaKeySecret = "secrets/cluster-ca-key";
inline constexpr const char* peerCaKeySecret = "secrets/peer-ca-key";

[[nodiscard]] Status saveBootstrap(const Layout& layout, const Bootstrap& bootstrap);
// nullopt when there is none (any more).
[[nodiscard]] Result<std::optional<Bootstrap>> loadBootstrap(const Layout& layout);
// After its content is in the state. Harmless when it is gone already.
[[nodiscard]] Status removeBootstrap(const Layout& layout);

} // namespace pilothouse::provision
