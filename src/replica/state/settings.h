// SPDX-License-Identifier: GPL-3.0-or-later
// The cluster's settings: few, named, each with its rule and default.
#pragma once

#include "api/admin.h"
#include "replica/state/snapshot.h"
#include "replica/state/state_writer.h"

#include <string>
#include <string_view>

namespace pilothouse::state {

// Names. Values are text: whole numbers in decimal, switches "true" or "false", repositories as patterns with
// commas between them (repository_pattern.h).
namespace setting {
// Refuses pushes and deletes; pulls go on.
inline constexpr std::string_view readOnlyRegistry = "read_only_registry";
// For how long the engine keeps old revisions, in minutes: a replica that was away for less continues where
// it was.
inline constexpr std::string_view historyMinutes = "history_minutes";
// The engine's heartbeat and election time-out in ms; taken at a replica's next start.
inline constexpr std::string_view heartbeatMs = "heartbeat_ms";
inline constexpr std::string_view electionMs = "election_ms";
// Events beyond the newest so many are forgotten.
inline constexpr std::string_view keptEvents = "kept_events";
// Repositories that anybody may pull from without a login; none by default.
inline constexpr std::string_view anonymousPull = "anonymous_pull";
// For how long nobody may have asked for an unreferenced blob before it is deleted, in minutes.
inline constexpr std::string_view collectAfterMinutes = "collect_after_minutes";
// Limits of the registry: the largest manifest and blob in bytes, how many uploads a user may have at once at
// one replica, how many requests a second one user (or one address without a login) may make at one replica
// (0: any number), and how many MiB stay free for all else: below, nothing is pushed and all is pulled
// (0: none).
inline constexpr std::string_view manifestBytes = "manifest_bytes";
inline constexpr std::string_view blobBytes = "blob_bytes";
inline constexpr std::string_view uploadsPerUser = "uploads_per_user";
inline constexpr std::string_view requestsPerSecond = "requests_per_second";
inline constexpr std::string_view pushFloorMib = "push_floor_mib";
} // namespace setting

// All settings with their values (recorded ones, else the defaults) and rules, by name.
[[nodiscard]] api::SettingList allSettings(const Snapshot& snapshot);
// A recorded setting with its rule. One whose rule is not known, from another version, has the value alone.
[[nodiscard]] api::Setting describe(const SettingRecord& record);
// One value. A recorded value that breaks the rule (from another version) counts as not recorded. An unknown
// name gives "" and false.
[[nodiscard]] std::string settingText(const Snapshot& snapshot, std::string_view name);
[[nodiscard]] std::int64_t settingNumber(const Snapshot& snapshot, std::string_view name);
[[nodiscard]] bool settingSwitch(const Snapshot& snapshot, std::string_view name);

// Whether `name` exists and may have `value`; the sentence names the range.
[[nodiscard]] Status checkSetting(std::string_view name, std::string_view value);

class SettingService {
public:
    explicit SettingService(StateWriter& writer) : m_writer(writer) {}

    // ErrorCode::notFound for an unknown name, ErrorCode::invalid for a value that is not allowed.
    [[nodiscard]] engine::Awaitable<Result<Written<SettingRecord>>> put(Request request, std::string name,
                                                                        std::string value);

private:
    StateWriter& m_writer;
};

} // namespace pilothouse::state
