// SPDX-License-Identifier: GPL-3.0-or-later
// The words for operations that run or are over, in lists: how far, who, when and how long.
#pragma once

#include "api/operations.h"
#include "base/clock.h"

#include <QString>

#include <optional>
#include <string>

namespace pilothouse::text {

// Local, with the day: "2026-11-28 13:02:11"; what cannot be read as a time stays as it is.
[[nodiscard]] QString localTime(const std::string& at);
// Of an operation or a step; until `now` when it has not ended. Nothing when a time cannot be read.
[[nodiscard]] std::optional<Milliseconds> lasted(const std::optional<std::string>& began,
                                                 const std::optional<std::string>& ended, WallTime now);

// Whether it goes on no more.
[[nodiscard]] bool hasEnded(const api::Operation& operation);
// "done", "cancelled"; of a running one "step 5 of 7".
[[nodiscard]] QString operationState(const api::Operation& operation);
// "anna · 2026-11-28 13:02:11 · took 3 min", "… · 3 min so far"
[[nodiscard]] QString operationByline(const api::Operation& operation, WallTime now);
// "done · 2.1 s", "running since 13:02:11", "skipped", "taken back", "not begun"
[[nodiscard]] QString stepNote(const api::OperationStep& step, const api::Operation& operation);

} // namespace pilothouse::text
