// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sidebar/cluster_delegate.h"

#include "models/cluster_list_model.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/theme/type.h"

#include <QFontMetricsF>
#include <QPainter>

namespace pilothouse::ui {

using models::ClusterListModel;

constexpr int textLeft = 34;
constexpr int side = 10;
constexpr int above = 7;

// A long word why goes on a second line rather than being cut short.
static QRect wordRoom(const QRect& row, int nameHeight) {
    return row.adjusted(textLeft, above + nameHeight + 1, -side, -above + 1);
}

QSize ClusterDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QFontMetrics names(fontFor(TextRole::cardTitle));
    const QFontMetrics words(fontFor(TextRole::small));
    const int width = option.widget != nullptr ? option.widget->width() : 230;
    const QRect room = wordRoom(QRect(0, 0, width, 1000), names.height());
    const int wordHeight =
        words.boundingRect(room, Qt::TextWordWrap, index.data(ClusterListModel::WordRole).toString())
            .height();
    return {width, above * 2 + names.height() + wordHeight};
}

void ClusterDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const Tokens& colours = m_theme.colours();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    const QColor ground = selected ? colours.accentGround : colours.surface;
    const auto sign = index.data(ClusterListModel::SignRole).value<models::Sign>();
    const QString count = index.data(ClusterListModel::CountRole).toString();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? ground : colours.window);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(2, 1, -2, -1), 6, 6);
    }
    if (focused) {
        painter->setPen(QPen(colours.accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 7, 7);
    }
    const QRect row = option.rect;
    const QFontMetrics names(fontFor(TextRole::cardTitle));
    const QFontMetricsF counts(fontFor(TextRole::secondary));
    const double middle = row.top() + above + names.height() / 2.0;
    drawSign(*painter, QRectF(row.left() + 13, middle - 5.5, 11, 11), sign, colours);

    const double countWidth = tabularWidth(counts, count);
    painter->setFont(fontFor(TextRole::secondary));
    painter->setPen(colours.dim);
    drawTabular(*painter,
                QPointF(row.right() - side - countWidth, middle + (counts.ascent() - counts.descent()) / 2),
                count);

    painter->setFont(fontFor(TextRole::cardTitle));
    painter->setPen(colours.ink);
    const int room = row.width() - textLeft - side * 2 - static_cast<int>(countWidth);
    painter->drawText(QRectF(row.left() + textLeft, row.top() + above, room, names.height()),
                      Qt::AlignVCenter, names.elidedText(index.data().toString(), Qt::ElideMiddle, room));

    painter->setFont(fontFor(TextRole::small));
    painter->setPen(readable(textColourOf(sign.tone, colours), ground, colours.ink));
    painter->drawText(wordRoom(row, names.height()), Qt::TextWordWrap,
                      index.data(ClusterListModel::WordRole).toString());
    painter->restore();
}

} // namespace pilothouse::ui
