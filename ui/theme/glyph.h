// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the shape of a state: dot, dashed ring, cross, triangle, arrow out, arc, square.
#pragma once

#include "models/sign.h"
#include "ui/theme/tokens.h"

#include <QRectF>

class QPainter;

namespace pilothouse::ui {

[[nodiscard]] QColor colourOf(models::Tone tone, const Tokens& colours);
[[nodiscard]] QColor groundOf(models::Tone tone, const Tokens& colours);
// For words in that tone: neutral is `dim`, good too, because green words say nothing that the dot does not.
[[nodiscard]] QColor textColourOf(models::Tone tone, const Tokens& colours);

// Fills the square `box` with the sign. `progress` is the part of an arc that is done, 0 to 1.
void drawSign(QPainter& painter, const QRectF& box, models::Sign sign, const Tokens& colours,
              double progress = 0.25);

// The banner's mark: a filled disc with a tick, an exclamation mark, a cross, or a dashed ring.
void drawBigSign(QPainter& painter, const QRectF& box, models::Sign sign, const Tokens& colours);

} // namespace pilothouse::ui
