// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a sandbox's files: ports, password, certificates and a data folder for each replica.
#pragma once

#include "sandbox/start.h"

namespace pilothouse::sandbox {

// All or nothing: what was made is deleted on failure, also when `cancel` is requested. The record is saved
// last.
[[nodiscard]] Result<api::Sandbox> create(const StartOptions& options, const std::filesystem::path& program,
                                          const std::stop_token& cancel);

} // namespace pilothouse::sandbox
