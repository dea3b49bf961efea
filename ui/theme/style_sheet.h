// SPDX-License-Identifier: GPL-3.0-or-later
// What Fusion and a palette cannot say: radii, lines, paddings.
#pragma once

#include "ui/theme/tokens.h"

#include <QPalette>
#include <QString>

namespace pilothouse::ui {

[[nodiscard]] QPalette paletteFor(const Tokens& colours);

// Widgets choose by dynamic properties: panel (a QFrame on the ground), kind = "primary" or "destructive" or
// "link" (a QPushButton), tone = "dim" (a QLabel that is a label or hint).
[[nodiscard]] QString styleSheetFor(const Tokens& colours);

} // namespace pilothouse::ui
