// SPDX-License-Identifier: GPL-3.0-or-later
// Where sandboxes are kept, and the record of each.
//
// Each sandbox has a record <data home>/pilothouse/sandboxes/<name>/sandbox.json (0600), so that every
// program of this user finds it, wherever its data lies; by default the data lies beside the record.
#pragma once

#include "api/sandbox.h"
#include "base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace pilothouse::sandbox {

// $XDG_DATA_HOME/pilothouse/sandboxes, or ~/.local/share/… .
[[nodiscard]] std::filesystem::path recordsFolder();

// A sandbox's name: 1 to 40 of a-z, 0-9 and '-', beginning with a letter.
[[nodiscard]] Status checkName(const std::string& name);

// The record with each replica's pid as it is now, without those that the cluster has removed.
// ErrorCode::notFound when there is no such sandbox, corrupt when its record is damaged.
[[nodiscard]] Result<api::Sandbox> load(const std::string& name);
// Every readable record, by name.
[[nodiscard]] std::vector<api::Sandbox> list();
// What is wrong with the records that list() leaves out.
[[nodiscard]] std::vector<Error> damagedRecords();
[[nodiscard]] Status save(const api::Sandbox& sandbox);
// Removes record and data, those of removed replicas too. Refused when the folder does not look like a
// sandbox's.
[[nodiscard]] Status erase(const api::Sandbox& sandbox);

// The replica of that name or id; the error lists the names there are.
[[nodiscard]] Result<api::SandboxReplica> findReplica(const api::Sandbox& sandbox,
                                                      const std::string& nameOrId);

} // namespace pilothouse::sandbox
