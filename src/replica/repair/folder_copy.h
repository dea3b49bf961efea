// SPDX-License-Identifier: GPL-3.0-or-later
// What of a data folder belongs to an epoch, copied beside it and put back.
#pragma once

#include "base/result.h"
#include "replica/provision/layout.h"

#include <cstdint>
#include <filesystem>
#include <functional>

namespace pilothouse::repair {

// Bytes of the regular files below `folder`.
[[nodiscard]] Result<std::int64_t> bytesBelow(const std::filesystem::path& folder);

// Copies the engine's data and certificates, the read model, and replica.json, to `target`, which comes to be
// only when all of it is there and on disk. Nothing may use the engine's data meanwhile. Replaces an
// unfinished copy; one that is there is kept. `onBytes` is told of each piece of the engine's.
// ErrorCode::exhausted when the disk is full: then nothing is left of it.
[[nodiscard]] Status copyEpoch(const provision::Layout& layout, const std::filesystem::path& target,
                               const std::function<void(std::int64_t)>& onBytes);

// Puts what copyEpoch() made back, and what is there now to `aside`, or away when that is empty. May be
// interrupted at any point and done again; without a copy there is nothing to do.
[[nodiscard]] Status restoreEpoch(const provision::Layout& layout, const std::filesystem::path& copy,
                                  const std::filesystem::path& aside);

} // namespace pilothouse::repair
