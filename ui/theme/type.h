// SPDX-License-Identifier: GPL-3.0-or-later
// Sizes of type, and digits that keep their place.
#pragma once

#include <QFont>
#include <QPointF>
#include <QString>

class QPainter;
class QFontMetricsF;

namespace pilothouse::ui {

// By use; sizes in CSS pixels at the font resolution of 96 dpi.
enum class TextRole {
    sentence,  // 18 semibold: the headline of the banner
    title,     // 15.5 semibold: panels
    cardTitle, // 14 medium: replicas, clusters
    text,      // 13
    strong,    // 13 semibold
    secondary, // 12
    small,     // 11.5
    caption,   // 11.5 semibold
    count,     // 34 semibold: the number in the ring
    hero,      // 26 semibold: the first page
    code,      // 11, all characters of one width
};

// Inter if it is installed, else the system's font.
[[nodiscard]] QFont fontFor(TextRole role);

// Draws one line from `baseline` with every digit as wide as the widest, so that numbers do not jump when
// they change (Qt 6.4 cannot turn on a font's own tabular digits).
void drawTabular(QPainter& painter, QPointF baseline, const QString& text);
[[nodiscard]] qreal tabularWidth(const QFontMetricsF& metrics, const QString& text);

} // namespace pilothouse::ui
