// SPDX-License-Identifier: GPL-3.0-or-later
// Files that hold secrets: written whole or not at all, for their owner only.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace pilothouse::security {

// Makes `folder` (its parent must exist) with mode 0700. One that is there already is accepted when it
// belongs to this user, and set to 0700.
[[nodiscard]] Status makePrivateFolder(const std::filesystem::path& folder);

// Puts `content` at `file` with mode 0600. At any moment, also after a power cut, the file has its old
// content or the new: a temporary file is synced, renamed over it, and the folder synced.
// ErrorCode::exhausted when the disk is full.
[[nodiscard]] Status writePrivateFile(const std::filesystem::path& file, std::string_view content);

// Reads a regular file of at most `maxBytes`. ErrorCode::notFound when there is none.
[[nodiscard]] Result<std::string> readFile(const std::filesystem::path& file, std::size_t maxBytes);

// The same for a secret: refused (ErrorCode::forbidden) when group or others may read or write it.
[[nodiscard]] Result<std::string> readPrivateFile(const std::filesystem::path& file, std::size_t maxBytes);

} // namespace pilothouse::security
