// SPDX-License-Identifier: GPL-3.0-or-later
// How many replicas can be lost before a change, at its worst moment and afterwards: who is there then, in
// words and as what is to be drawn.
#pragma once

#include "api/operations.h"

#include <QString>

#include <array>

namespace pilothouse::text {

// What becomes of one of the voters of a moment.
enum class Fate { none, leaves, joins };

struct MarginMoment {
    QString caption; // "Worst moment"
    api::Margin margin;
    Fate fate = Fate::none; // of one of the voters
    bool fatedWell = false; // that one is well
    // "can lose 2"; at the worst moment with how long: "can lose 1 until reg-6 votes"
    QString loss;
    QString words;                          // "5 of 5 voting replicas are well; reg-5 leaves"
    [[nodiscard]] QString sentence() const; // "Now: can lose 1. 3 of 3 voting replicas are well."
};

// Before, at the worst moment, afterwards.
[[nodiscard]] std::array<MarginMoment, 3> marginMoments(const api::OperationPlan& plan);

} // namespace pilothouse::text
