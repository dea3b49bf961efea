// SPDX-License-Identifier: GPL-3.0-or-later
// How a button is dressed, as the style sheet names it.
#pragma once

#include <QPushButton>
#include <QStyle>

namespace pilothouse::ui {

// "primary", "destructive", "link"; empty: plain.
inline void setKind(QPushButton& button, const QString& kind) {
    if (button.property("kind").toString() != kind) {
        button.setProperty("kind", kind);
        button.style()->unpolish(&button);
        button.style()->polish(&button);
    }
}

} // namespace pilothouse::ui
