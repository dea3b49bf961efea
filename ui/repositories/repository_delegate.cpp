// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/repositories/repository_delegate.h"

#include "models/repository_list_model.h"
#include "ui/theme/theme.h"
#include "ui/theme/type.h"

#include <QFontMetricsF>
#include <QPainter>

namespace pilothouse::ui {

using models::RepositoryListModel;

namespace {

constexpr int side = 16;
constexpr int above = 6;

} // namespace

QSize RepositoryDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    const int names = QFontMetrics(fontFor(TextRole::cardTitle)).height();
    const int details = QFontMetrics(fontFor(TextRole::secondary)).height();
    const int width = option.widget != nullptr ? option.widget->width() : 300;
    return {width, above * 2 + names + details + 2};
}

void RepositoryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const {
    const Tokens& colours = m_theme.colours();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QRect row = option.rect;
    const QFontMetrics names(fontFor(TextRole::cardTitle));
    const QFontMetricsF sizes(fontFor(TextRole::secondary));
    const QString size = index.data(RepositoryListModel::SizeRole).toString();
    const double sizeWidth = tabularWidth(sizes, size);
    const int room = row.width() - side * 3 - static_cast<int>(sizeWidth);

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? colours.accentGround : colours.window);
        painter->drawRoundedRect(QRectF(row).adjusted(2, 1, -2, -1), 6, 6);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(QPen(colours.accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), 7, 7);
    }
    painter->setFont(fontFor(TextRole::cardTitle));
    painter->setPen(colours.ink);
    painter->drawText(QRectF(row.left() + side, row.top() + above, room, names.height()), Qt::AlignVCenter,
                      names.elidedText(index.data().toString(), Qt::ElideMiddle, room));
    painter->setFont(fontFor(TextRole::secondary));
    painter->setPen(colours.dim);
    painter->drawText(QRectF(row.left() + side, row.top() + above + names.height() + 2, room, sizes.height()),
                      Qt::AlignVCenter, index.data(RepositoryListModel::DetailRole).toString());
    const double middle = row.top() + row.height() / 2.0;
    drawTabular(*painter,
                QPointF(row.right() - side - sizeWidth, middle + (sizes.ascent() - sizes.descent()) / 2),
                size);
    painter->restore();
}

} // namespace pilothouse::ui
