// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers, durations, sizes and lists as people read them. Thin spaces group digits and part number and unit.
#pragma once

#include "base/clock.h"

#include <QString>
#include <QStringList>

#include <cstdint>

namespace pilothouse::text {

[[nodiscard]] QString count(std::int64_t number);   // "1 204 883"
[[nodiscard]] QString numeral(std::int64_t number); // "three"; over nine "10"
// Two units at most, the smaller only where it says something: "2 h 14 min", "38 s", "0.4 s".
[[nodiscard]] QString duration(Milliseconds duration);
[[nodiscard]] QString bytes(std::int64_t bytes);      // "412.6 GB", "2 TB" (powers of 1000)
[[nodiscard]] QString milliseconds(double ms);        // "1.2 ms", "0.04 ms", "240 ms"
[[nodiscard]] QString timeOfDay(WallTime time);       // local, "13:02:11"
[[nodiscard]] QString minuteOfDay(WallTime time);     // local, "13:02"
[[nodiscard]] QString dayAndTime(WallTime time);      // local, "2026-11-28 13:02:11"
[[nodiscard]] QString list(const QStringList& names); // "reg-1, reg-2 and reg-3"

} // namespace pilothouse::text
