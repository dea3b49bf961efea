// SPDX-License-Identifier: GPL-3.0-or-later
// Where each record of the replicated state lies in the engine's key space.
#pragma once

#include <string>
#include <string_view>

namespace pilothouse::state::keys {

inline constexpr std::string_view cluster = "cluster";       // ClusterRecord
inline constexpr std::string_view membership = "membership"; // MembershipRecord
// Held under a lease by whoever changes the membership.
inline constexpr std::string_view membershipLock = "locks/membership";
// Held under a lease by whoever collects unreferenced blobs: its replica id.
inline constexpr std::string_view collectorLock = "locks/collector";
inline constexpr std::string_view clusterCa = "ca/cluster"; // CertificateRecord
inline constexpr std::string_view peerCa = "ca/peer";       // CertificateRecord

inline constexpr std::string_view members = "members/";            // MemberRecord by replica id
inline constexpr std::string_view former = "former/";              // FormerMemberRecord by replica id
inline constexpr std::string_view settings = "settings/";          // SettingRecord by name
inline constexpr std::string_view users = "users/";                // UserRecord by name
inline constexpr std::string_view accessTokens = "tokens/access/"; // AccessTokenRecord by id
inline constexpr std::string_view joinTokens = "tokens/join/";     // JoinTokenRecord by replica id
inline constexpr std::string_view joinTokensLive = "tokens/live/"; // there until the join token expires
inline constexpr std::string_view secrets = "secrets/";            // SealedSecretRecord by name
// Below `secrets`: the keys that sign registry tokens, by the id that tokens name them by.
inline constexpr std::string_view signingKeys = "secrets/registry-token.";
// There, by a lease, while the newest of them is young enough to sign.
inline constexpr std::string_view signingKeyFresh = "tokens/signing-key-fresh";
inline constexpr std::string_view events = "events/"; // EventRecord
inline constexpr std::string_view operation =
    "running-operation";                                      // OperationRecord of the one that is running
inline constexpr std::string_view operations = "operations/"; // OperationRecord of past ones, by id
inline constexpr std::string_view outcomes = "outcomes/";     // OutcomeRecord by operation id

// The key of `name` below `prefix`: keys::of(keys::users, "ada") is "users/ada".
[[nodiscard]] inline std::string of(std::string_view prefix, std::string_view name) {
    std::string key(prefix);
    key += name;
    return key;
}

// What follows `prefix` in `key`; empty when `key` lies elsewhere.
[[nodiscard]] inline std::string_view nameBelow(std::string_view prefix, std::string_view key) {
    return key.starts_with(prefix) ? key.substr(prefix.size()) : std::string_view();
}

} // namespace pilothouse::state::keys
