// SPDX-License-Identifier: GPL-3.0-or-later
// Where a replica program's log goes: one line each on standard error, for people or as JSON.
#pragma once

#include "base/log.h"

namespace pilothouse::program {

enum class LogFormat { text, json };

// Writes whole lines; may be called from any thread. Times are left out where the journal adds its own
// ($JOURNAL_STREAM, see systemd.exec(5)).
[[nodiscard]] LogSink makeLogSink(LogFormat format);

} // namespace pilothouse::program
