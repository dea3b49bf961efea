// SPDX-License-Identifier: GPL-3.0-or-later
// Labels in the console's type and tones. A label's accessible name is its text, so none is set.
#pragma once

#include "models/sign.h"
#include "ui/theme/type.h"

#include <QLabel>

namespace pilothouse::ui {

enum class Ink { value, dim, accent, attention, bad };

[[nodiscard]] QLabel* makeLabel(TextRole role, Ink ink = Ink::value, const QString& text = {});
// The same, breaking lines and growing downwards as it needs.
[[nodiscard]] QLabel* makeParagraph(TextRole role, Ink ink = Ink::value, const QString& text = {});
void setInk(QLabel& label, Ink ink);
// Neutral and good are shown as `plain`.
[[nodiscard]] Ink inkOf(models::Tone tone, Ink plain = Ink::value);
// Changes the text only if it differs, so that nothing is laid out or repainted for nothing.
void setTextOf(QLabel& label, const QString& text);

} // namespace pilothouse::ui
