// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the operations page.
#pragma once

#include <QDir>
#include <QSize>

namespace pilothouse::ui {
class Theme;
}

namespace pilothouse::ui::test {

// `size`: of the main window.
void shootHistory(Theme& theme, const QDir& directory, const QString& look, QSize size);

} // namespace pilothouse::ui::test
