// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sign.h"

#include <QWidget>

namespace pilothouse::ui {

class Theme;

// A sign beside the first line of a text that says the same in words.
class SignMark : public QWidget {
public:
    // `margin`: free pixels at its left and right.
    SignMark(const Theme& theme, models::Sign sign, int margin = 0);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    models::Sign m_sign;
    int m_margin;
};

} // namespace pilothouse::ui
