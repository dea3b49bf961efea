// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sign_mark.h"

#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace pilothouse::ui {
namespace {

constexpr int side = 12;
constexpr int lineHeight = 18;

} // namespace

SignMark::SignMark(const Theme& theme, models::Sign sign, int margin)
    : m_theme(theme), m_sign(sign), m_margin(margin) {
    setFixedSize(side + 2 * margin, lineHeight);
}

void SignMark::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    drawSign(painter, QRectF(m_margin, (lineHeight - side) / 2.0, side, side), m_sign, m_theme.colours());
}

} // namespace pilothouse::ui
