// SPDX-License-Identifier: GPL-3.0-or-later
// Names of the kinds of event. Stable: scripts match them.
#pragma once

#include <string_view>

namespace pilothouse::api::event {

inline constexpr std::string_view clusterCreated = "cluster-created";
inline constexpr std::string_view clusterRepaired = "cluster-repaired"; // it is in a new epoch
inline constexpr std::string_view leaderChanged = "leader-changed";
inline constexpr std::string_view quorumLost = "quorum-lost";
inline constexpr std::string_view quorumRegained = "quorum-regained";
inline constexpr std::string_view replicaStarted = "replica-started";
inline constexpr std::string_view replicaStopped = "replica-stopped";   // on purpose
inline constexpr std::string_view replicaLost = "replica-lost";         // stopped answering its peers
inline constexpr std::string_view replicaReturned = "replica-returned"; // answers its peers again
inline constexpr std::string_view replicaJoining = "replica-joining";   // added as a learner
inline constexpr std::string_view replicaJoined = "replica-joined";     // promoted to voter
inline constexpr std::string_view replicaLeft = "replica-left";
inline constexpr std::string_view operationStarted = "operation-started";
inline constexpr std::string_view operationEnded = "operation-ended";
inline constexpr std::string_view drained = "replica-drained";
inline constexpr std::string_view undrained = "replica-undrained";
inline constexpr std::string_view userCreated = "user-created";
inline constexpr std::string_view userChanged = "user-changed";
inline constexpr std::string_view userRemoved = "user-removed";
inline constexpr std::string_view tokenCreated = "token-created";
inline constexpr std::string_view tokenRevoked = "token-revoked";
inline constexpr std::string_view joinTokenCreated = "join-token-created";
inline constexpr std::string_view imageDeleted = "image-deleted"; // a tag or a manifest, by a person
inline constexpr std::string_view repositoryDeleted = "repository-deleted";
inline constexpr std::string_view engineRestarted = "engine-restarted";
inline constexpr std::string_view certificateRenewed = "certificate-renewed";

} // namespace pilothouse::api::event
