// SPDX-License-Identifier: GPL-3.0-or-later
// Shows where the keyboard is: a frame of 2 pixels outside the focused button, field or tab bar.
#pragma once

#include "ui/theme/theme.h"

#include <QPointer>
#include <QWidget>

namespace pilothouse::ui {

// One per window; follows the focus there. Widgets that draw their own focus (lists, topology) have the
// dynamic property "ownFocus".
class FocusFrame : public QWidget {
    Q_OBJECT
public:
    FocusFrame(const Theme& theme, QWidget* window);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow(QWidget* target);
    void place();

    const Theme& m_theme;
    QPointer<QWidget> m_target;
};

} // namespace pilothouse::ui
