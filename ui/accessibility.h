// SPDX-License-Identifier: GPL-3.0-or-later
// Teaches Qt what the console's own widgets are to a screen reader, and Enter to press buttons.
#pragma once

namespace pilothouse::ui {

// Once per program that has its QApplication, before the first window: topology, plots, matrix cells and messages get roles of their
// own.
void installAccessibility();

} // namespace pilothouse::ui
