// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/operation_delegate.h"

#include "models/operation_list_model.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/theme/type.h"

#include <QFontMetricsF>
#include <QPainter>

namespace pilothouse::ui {

using models::OperationListModel;

namespace {

constexpr int side = 16;
constexpr int above = 6;
constexpr int signSize = 12;
constexpr int signRoom = 22; // with what is free at its right

} // namespace

QSize OperationDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    const int titles = QFontMetrics(fontFor(TextRole::cardTitle)).height();
    const int details = QFontMetrics(fontFor(TextRole::secondary)).height();
    const int width = option.widget != nullptr ? option.widget->width() : 300;
    return {width, above * 2 + titles + details + 2};
}

void OperationDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    const Tokens& colours = m_theme.colours();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QRect row = option.rect;
    const QFontMetricsF titles(fontFor(TextRole::cardTitle));
    const QFontMetricsF details(fontFor(TextRole::secondary));
    const QString state = index.data(OperationListModel::StateRole).toString();
    const double stateWidth = tabularWidth(details, state);
    const double left = row.left() + side + signRoom;
    const double room = row.right() - side - left;

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
    const auto sign = index.data(OperationListModel::SignRole).value<models::Sign>();
    const double top = row.top() + above;
    drawSign(*painter, QRectF(row.left() + side, top + (titles.height() - signSize) / 2, signSize, signSize),
             sign, colours);
    painter->setFont(fontFor(TextRole::cardTitle));
    painter->setPen(colours.ink);
    const double titleRoom = room - stateWidth - 12;
    painter->drawText(QRectF(left, top, titleRoom, titles.height()), Qt::AlignVCenter,
                      titles.elidedText(index.data().toString(), Qt::ElideMiddle, titleRoom));
    painter->setFont(fontFor(TextRole::secondary));
    painter->setPen(textColourOf(sign.tone, colours));
    drawTabular(*painter,
                QPointF(row.right() - side - stateWidth,
                        top + titles.height() / 2 + (details.ascent() - details.descent()) / 2),
                state);
    painter->setPen(colours.dim);
    const QString detail = index.data(OperationListModel::DetailRole).toString();
    drawTabular(*painter, QPointF(left, top + titles.height() + 2 + details.ascent()),
                details.elidedText(detail, Qt::ElideRight, room));
    painter->restore();
}

} // namespace pilothouse::ui
