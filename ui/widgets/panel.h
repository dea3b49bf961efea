// SPDX-License-Identifier: GPL-3.0-or-later
// A part of the window with a line around it, that F6 can go to.
#pragma once

#include <QFrame>

namespace pilothouse::ui {

class Panel : public QFrame {
    Q_OBJECT
public:
    // `name` is what a screen reader calls it.
    explicit Panel(const QString& name, QWidget* parent = nullptr);
};

// A panel of that name in which `content`, as high as its words, scrolls.
[[nodiscard]] QWidget* scrollingPanel(QWidget* content, const QString& name);

} // namespace pilothouse::ui
