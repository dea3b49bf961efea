// SPDX-License-Identifier: GPL-3.0-or-later
// One-colour SVG icons, recoloured when they are loaded.
#pragma once

#include "ui/theme/tokens.h"

#include <QIcon>

namespace pilothouse::ui {

// `name` without folder and ending: "copy". Sharp at every scale. Make it anew when the theme changes.
[[nodiscard]] QIcon makeIcon(const QString& name, const QColor& colour, const QColor& whenDisabled);

} // namespace pilothouse::ui
