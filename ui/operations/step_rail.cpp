// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/step_rail.h"

#include "ui/theme/theme.h"
#include "ui/theme/type.h"

#include <QPainter>

namespace pilothouse::ui {
namespace {

constexpr int leastWidth = 220;
constexpr int inset = 24;
constexpr int firstStep = 92;
constexpr int between = 42;
constexpr int disc = 22;

void drawTick(QPainter& painter, const QRectF& box) {
    const QPointF points[] = {box.topLeft() + QPointF(6, 11.5), box.topLeft() + QPointF(9.7, 15),
                              box.topLeft() + QPointF(16, 7.5)};
    painter.drawPolyline(points, 3);
}

} // namespace

StepRail::StepRail(const Theme& theme, const QString& title, const QString& subtitle,
                   const QStringList& steps, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_title(title), m_subtitle(subtitle), m_steps(steps) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    nameCurrent();
}

QSize StepRail::sizeHint() const {
    int widest = leastWidth;
    const QFontMetrics metrics(fontFor(TextRole::strong));
    for (const QString& step : m_steps) {
        widest = std::max(widest, inset + disc + 12 + metrics.horizontalAdvance(step) + 16);
    }
    return {widest, firstStep + between * static_cast<int>(m_steps.size()) + inset};
}

void StepRail::setCurrent(int step) {
    if (step != m_current) {
        m_current = step;
        nameCurrent();
        update();
    }
}

void StepRail::nameCurrent() {
    const int shown = std::min(m_current, static_cast<int>(m_steps.size()) - 1);
    setAccessibleName(tr("Step %1 of %2: %3").arg(shown + 1).arg(m_steps.size()).arg(m_steps.value(shown)));
}

void StepRail::paintEvent(QPaintEvent*) {
    const Tokens& colours = m_theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), colours.surface);
    painter.fillRect(QRect(rect().right(), 0, 1, height()), colours.line);
    painter.setPen(colours.ink);
    painter.setFont(fontFor(TextRole::title));
    painter.drawText(QRect(inset, 22, rect().width() - inset - 8, 24), Qt::AlignVCenter, m_title);
    painter.setPen(colours.dim);
    painter.setFont(fontFor(TextRole::secondary));
    painter.drawText(QRect(inset, 46, rect().width() - inset - 8, 20), Qt::AlignVCenter, m_subtitle);
    for (int i = 0; i < m_steps.size(); ++i) {
        const QRectF box(inset, firstStep + i * between, disc, disc);
        const bool done = i < m_current;
        const bool present = i == m_current;
        const QColor fill = done ? colours.good : present ? colours.accent : colours.surface;
        painter.setPen(done || present ? QPen(fill, 1) : QPen(colours.idle, 1.5));
        painter.setBrush(fill);
        painter.drawEllipse(box.adjusted(0.75, 0.75, -0.75, -0.75));
        painter.setBrush(Qt::NoBrush);
        painter.setPen(
            QPen(done || present ? colours.onAccent : colours.dim, 1.8, Qt::SolidLine, Qt::RoundCap));
        if (done) {
            drawTick(painter, box);
        } else {
            painter.setFont(fontFor(TextRole::caption));
            painter.drawText(box, Qt::AlignCenter, QString::number(i + 1));
        }
        painter.setPen(present || done ? colours.ink : colours.dim);
        painter.setFont(fontFor(present ? TextRole::strong : TextRole::text));
        painter.drawText(QRectF(inset + disc + 12, box.top(), rect().width() - inset - disc - 16, disc),
                         Qt::AlignVCenter, m_steps[i]);
    }
}

} // namespace pilothouse::ui
