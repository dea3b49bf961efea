// SPDX-License-Identifier: GPL-3.0-or-later
// The colours of the console. Each has one meaning and says nothing else; `usedPairs` lists what is drawn on
// what.
#pragma once

#include <QColor>

#include <vector>

namespace pilothouse::ui {

enum class Appearance { light, dark };

// One palette. Grounds first, then what lies on them.
struct Tokens {
    QColor window, surface, raised; // ground, panels, cards
    QColor line, idle;              // borders; absent or lost
    QColor ink, dim, faint;         // values; labels; hints (faint on surface only)
    QColor accent, accentGround, onAccent;
    QColor good, goodGround;
    QColor attention, attentionGround;
    QColor bad, badGround;
};

[[nodiscard]] const Tokens& tokens(Appearance appearance);

// Contrast of two opaque colours, 1 to 21 (WCAG 2.1, "contrast ratio").
[[nodiscard]] double contrast(const QColor& one, const QColor& other);

// `wanted` if text in it can be read on `ground` (4.5:1), else `otherwise`.
[[nodiscard]] QColor readable(const QColor& wanted, const QColor& ground, const QColor& otherwise);

// A colour that is drawn on a ground somewhere in the console.
struct ColourPair {
    const char* use;
    QColor Tokens::*front;
    QColor Tokens::*ground;
    double atLeast; // 4.5 for text, 3 for parts that carry meaning
};

[[nodiscard]] const std::vector<ColourPair>& usedPairs();

} // namespace pilothouse::ui
