// SPDX-License-Identifier: GPL-3.0-or-later
// Where F6 goes: from panel to panel in reading order.
#pragma once

#include <QList>

class QWidget;

namespace pilothouse::ui {

// Gives the keyboard to the first part of `panel` that takes it, or to itself. False if nothing there does.
bool focusPanel(QWidget* panel);

// The panel after (or before) the one that has the keyboard; those that take none are passed over.
void focusNextPanel(const QList<QWidget*>& panels, bool backwards);

} // namespace pilothouse::ui
