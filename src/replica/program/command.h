// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of pilothouse-replica.
#pragma once

#include <CLI/App.hpp>

#include <filesystem>
#include <functional>

namespace pilothouse::program {

// The chosen command, run after all options are read; gives the exit code.
using Command = std::function<int()>;

inline constexpr int exitDone = 0;
inline constexpr int exitFailed = 1;
inline constexpr int exitUsage = 2;

inline constexpr const char* defaultDataDir = "/var/lib/pilothouse";

void addInit(CLI::App& app, Command& chosen);
void addServe(CLI::App& app, Command& chosen);
void addToken(CLI::App& app, Command& chosen);
void addJoin(CLI::App& app, Command& chosen);
void addFingerprint(CLI::App& app, Command& chosen);
void addLocal(CLI::App& app, Command& chosen);

// Prints the fingerprint of the cluster's authority in the folder; gives the exit code.
[[nodiscard]] int runFingerprint(const std::filesystem::path& dataDir);

} // namespace pilothouse::program
