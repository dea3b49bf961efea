// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/sight_matrix_view.h"

#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QGridLayout>
#include <QPainter>

namespace pilothouse::ui {

using models::Sight;

SightCell::SightCell(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SightCell::setSight(const Sight& sight, const QString& from, const QString& to) {
    QString words;
    switch (sight.kind) {
    case Sight::Kind::self:
        words = tr("%1 itself").arg(from);
        break;
    case Sight::Kind::heard:
        words = tr("%1 hears %2, %3").arg(from, to, sight.text);
        break;
    case Sight::Kind::notHeard:
        words = tr("%1 does not hear %2").arg(from, to);
        break;
    case Sight::Kind::unknown:
        words = tr("not known whether %1 hears %2").arg(from, to);
        break;
    }
    if (accessibleName() != words) {
        setAccessibleName(words);
        setToolTip(words);
    }
    if (!(sight == m_sight)) {
        m_sight = sight;
        update();
    }
}

void SightCell::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& colours = m_theme.colours();
    const bool heard = m_sight.kind == Sight::Kind::heard;
    const bool lost = m_sight.kind == Sight::Kind::notHeard;
    painter.setPen(QPen(colours.line, 1));
    painter.setBrush(heard ? colours.goodGround : lost ? colours.badGround : colours.window);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    const QRectF mark(rect().center().x() - 4.5, rect().center().y() - 4.5, 10, 10);
    if (lost) {
        drawSign(painter, mark, {models::Shape::cross, models::Tone::bad}, colours);
    } else if (m_sight.kind == Sight::Kind::unknown) {
        drawSign(painter, mark, {}, colours);
    } else if (heard && m_sight.text.isEmpty()) {
        drawSign(painter, mark, {models::Shape::dot, models::Tone::good}, colours);
    } else {
        painter.setFont(fontFor(TextRole::small));
        painter.setPen(colours.good);
        painter.drawText(rect(), Qt::AlignCenter, m_sight.text);
    }
}

SightMatrixView::SightMatrixView(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_layout(new QGridLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4);
}

void SightMatrixView::setMatrix(const models::SightMatrix& matrix) {
    if (matrix == m_matrix) {
        return;
    }
    const int count = static_cast<int>(matrix.names.size());
    if (matrix.names != m_matrix.names) {
        qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
        m_cells.clear();
        for (int i = 0; i < count; ++i) {
            m_layout->addWidget(makeLabel(TextRole::small, Ink::dim, matrix.names[i]), 0, i + 1,
                                Qt::AlignCenter);
            m_layout->addWidget(makeLabel(TextRole::secondary, Ink::value, matrix.names[i]), i + 1, 0);
            for (int j = 0; j < count; ++j) {
                m_cells.append(new SightCell(m_theme));
                m_layout->addWidget(m_cells.last(), i + 1, j + 1);
            }
        }
    }
    m_matrix = matrix;
    for (int i = 0; i < count; ++i) {
        for (int j = 0; j < count; ++j) {
            m_cells[i * count + j]->setSight(matrix.rows[i][j], matrix.names[i], matrix.names[j]);
        }
    }
}

} // namespace pilothouse::ui
