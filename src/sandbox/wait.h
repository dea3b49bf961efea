// SPDX-License-Identifier: GPL-3.0-or-later
// Waits that end at once when they are to be cancelled, and meanwhile handle the events of their thread:
// where a program catches signals, it is from there that `cancel` is requested.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QEventLoop>

#include <stop_token>

namespace pilothouse::sandbox {

// Runs the loop until it is quit or `cancel` is requested, from whatever thread.
void run(QEventLoop& loop, const std::stop_token& cancel);

// Waits that long, or until `cancel` is requested.
void pause(Milliseconds time, const std::stop_token& cancel = {});

[[nodiscard]] Error cancelled();

} // namespace pilothouse::sandbox
