// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/panel.h"

namespace pilothouse::ui {

Panel::Panel(const QString& name, QWidget* parent) : QFrame(parent) {
    setProperty("panel", true);
    setAccessibleName(name);
}

} // namespace pilothouse::ui
