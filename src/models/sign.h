// SPDX-License-Identifier: GPL-3.0-or-later
// How a state is marked: a shape and what its colour means. Shape, colour and word always go together.
#pragma once

#include "domain/assessment.h"

#include <QMetaType>
#include <QString>

namespace pilothouse::models {

enum class Shape { dot, dashedRing, cross, triangle, arrowOut, arc, square };
enum class Tone { neutral, good, attention, bad, accent };

struct Sign {
    Shape shape = Shape::dashedRing;
    Tone tone = Tone::neutral;
    friend bool operator==(const Sign&, const Sign&) = default;
};

[[nodiscard]] Sign signOf(domain::ReplicaState state);
[[nodiscard]] Sign signOf(domain::Verdict verdict);
// An event by its kind (api::event names); unknown kinds are neutral.
[[nodiscard]] Sign signOfEvent(const QString& kind);

// The word that stands beside the sign: "healthy", "not answering", …
[[nodiscard]] QString wordFor(domain::ReplicaState state);
[[nodiscard]] QString wordFor(domain::Verdict verdict);
[[nodiscard]] QString wordFor(domain::Role role);

} // namespace pilothouse::models

Q_DECLARE_METATYPE(pilothouse::models::Sign)
