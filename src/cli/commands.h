// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of pilothousectl; each adds itself to the program's options and sets `chosen` when it is used.
#pragma once

#include <CLI/App.hpp>

#include <functional>

namespace pilothouse::cli {

// The chosen command, to be run after the options are read; gives the exit code.
using Command = std::function<int()>;

void addCheckCommands(CLI::App& app, Command& chosen); // check, diagnose
void addClusterCommands(CLI::App& app, Command& chosen);
void addCompleteCommand(CLI::App& app, Command& chosen);
void addEventsCommand(CLI::App& app, Command& chosen);
void addOperationCommands(CLI::App& app, Command& chosen); // remove, forget, operations
void addRepairCommands(CLI::App& app, Command& chosen);
void addRepoCommands(CLI::App& app, Command& chosen);
void addSandboxCommands(CLI::App& app, Command& chosen);
void addSettingCommands(CLI::App& app, Command& chosen);
void addStatusCommand(CLI::App& app, Command& chosen);
void addTokenCommands(CLI::App& app, Command& chosen);
void addTrustCommand(CLI::App& app, Command& chosen);
void addUpkeepCommands(CLI::App& app, Command& chosen); // drain, make-leader, rename, rolling-restart
void addUserCommands(CLI::App& app, Command& chosen);

} // namespace pilothouse::cli
