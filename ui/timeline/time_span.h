// SPDX-License-Identifier: GPL-3.0-or-later
// How much time the timeline shows, and what it calls it. Pure.
#pragma once

#include "models/cluster_view.h"

#include <QList>
#include <QString>

#include <optional>

namespace pilothouse::ui {

// The shortest of 5 and 30 minutes, 1 and 6 hours that holds all samples.
[[nodiscard]] qint64 spanFor(const QList<models::Sample>& samples);
[[nodiscard]] QString titleOf(qint64 spanMs);  // "Last 6 hours"
[[nodiscard]] QString phraseOf(qint64 spanMs); // "last 6 hours", within a sentence

// Between values that are further apart nobody looked: nothing is drawn, and no answer claimed to be missing.
inline constexpr qint64 nobodyLookedMs = 20'000;

// A round number at or above `value` for the top of an axis; at least `least`.
[[nodiscard]] double axisTop(double value, double least);

// A stretch of time, in milliseconds since the epoch.
struct Gap {
    qint64 fromMs = 0;
    qint64 toMs = 0;
    friend bool operator==(const Gap&, const Gap&) = default;
};

// Where `quantity` was looked for and not found: from the last sample that had it to the next. Between
// samples that are further apart than `longestStepMs` nobody looked, which says nothing: no gap reaches into
// that. Oldest first; ends at `nowMs`.
[[nodiscard]] QList<Gap> gapsOf(const QList<models::Sample>& samples,
                                std::optional<double> models::Sample::*quantity, qint64 longestStepMs,
                                qint64 nowMs);

} // namespace pilothouse::ui
