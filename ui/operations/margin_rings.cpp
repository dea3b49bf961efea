// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/margin_rings.h"

#include "text/format.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/theme/type.h"
#include "ui/widgets/empty_layout.h"
#include "ui/widgets/label.h"

#include <QFontMetricsF>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <cmath>
#include <numbers>

namespace pilothouse::ui {
namespace {

using models::Shape;
using models::Sign;
using models::Tone;
using text::Fate;

constexpr int side = 92;
constexpr double radius = 33;   // of the circle that the marks lie on
constexpr double markSize = 12; // of each
constexpr double outerSize = 22;

} // namespace

MarginRing::MarginRing(const Theme& theme, const text::MarginMoment& moment)
    : m_theme(theme), m_moment(moment) {
    setFixedSize(side, side);
    setAccessibleName(moment.caption);
    setAccessibleDescription(moment.sentence());
}

QList<MarginRing::Dot> MarginRing::dots() const {
    const int voters = static_cast<int>(m_moment.margin.voters);
    const bool fated = m_moment.fate != Fate::none && voters > 0;
    const int others = voters - (fated ? 1 : 0);
    const int othersWell = static_cast<int>(m_moment.margin.well) - (fated && m_moment.fatedWell ? 1 : 0);
    QList<Dot> dots;
    for (int i = 0; i < voters; ++i) {
        const double angle = 2 * std::numbers::pi * i / voters;
        const QPointF middle(side / 2.0 + radius * std::sin(angle), side / 2.0 - radius * std::cos(angle));
        const bool last = fated && i == others;
        const bool well = last ? m_moment.fatedWell : i < othersWell;
        dots.append({QRectF(middle.x() - markSize / 2, middle.y() - markSize / 2, markSize, markSize),
                     well ? Mark::well : Mark::silent, last ? m_moment.fate : Fate::none});
    }
    return dots;
}

void MarginRing::paintEvent(QPaintEvent*) {
    const Tokens& colours = m_theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colours.line, 1.5));
    painter.drawEllipse(QRectF(rect()).center(), radius, radius);
    for (const Dot& dot : dots()) {
        const QPointF middle = dot.box.center();
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours.surface); // the line ends before a mark
        painter.drawEllipse(middle, outerSize / 2, outerSize / 2);
        drawSign(painter, dot.box,
                 dot.mark == Mark::well ? Sign{Shape::dot, Tone::good} : Sign{Shape::cross, Tone::bad},
                 colours);
        if (dot.fate == Fate::leaves) {
            QPen dashed(colours.dim, 1.5, Qt::CustomDashLine, Qt::FlatCap);
            dashed.setDashPattern({2.2, 2.0});
            painter.setPen(dashed);
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(middle, outerSize / 2 - 1, outerSize / 2 - 1);
        } else if (dot.fate == Fate::joins) {
            painter.setPen(QPen(colours.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(middle, outerSize / 2 - 1, outerSize / 2 - 1);
        }
    }
    painter.setFont(fontFor(TextRole::title));
    painter.setPen(m_moment.margin.tolerates > 0 ? colours.ink : colours.attention);
    painter.drawText(QRectF(rect()), Qt::AlignCenter, text::count(m_moment.margin.tolerates));
}

MarginRings::MarginRings(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_layout(new QHBoxLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 8);
    m_layout->setSpacing(20);
}

void MarginRings::setPlan(const api::OperationPlan& plan) {
    emptyLayout(*m_layout);
    for (const text::MarginMoment& moment : text::marginMoments(plan)) {
        auto* column = new QWidget;
        auto* layout = new QVBoxLayout(column);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(2);
        layout->addWidget(makeLabel(TextRole::caption, Ink::dim, moment.caption));
        layout->addWidget(new MarginRing(m_theme, moment));
        layout->addWidget(makeParagraph(
            TextRole::strong, moment.margin.tolerates > 0 ? Ink::value : Ink::attention, moment.loss));
        layout->addWidget(makeParagraph(TextRole::secondary, Ink::dim, moment.words + u'.'));
        layout->addStretch(1);
        m_layout->addWidget(column, 1);
    }
}

} // namespace pilothouse::ui
