// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/table.h"

#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/theme/type.h"

#include <QHeaderView>
#include <QPainter>
#include <QTableView>

namespace pilothouse::ui {

constexpr int signLeft = 11; // as the style insets words
constexpr int signRoom = 18;

QTableView* makeTable(const QString& accessibleName) {
    auto* table = new QTableView;
    table->setAccessibleName(accessibleName);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false); // Tab leaves the table
    table->setWordWrap(false);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setFrameShape(QFrame::NoFrame);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(34);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setFont(fontFor(TextRole::caption));
    table->horizontalHeader()->setStretchLastSection(true);
    return table;
}

void spreadColumns(QTableView& table) {
    QHeaderView* header = table.horizontalHeader();
    header->setStretchLastSection(false);
    table.resizeColumnsToContents();
    const int columns = header->count();
    const int room = table.viewport()->width() - header->length();
    for (int column = 0; room > 0 && column + 1 < columns; ++column) {
        header->resizeSection(column, header->sectionSize(column) + room / columns);
    }
    header->setStretchLastSection(room > 0);
}

void SignDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const QVariant sign = index.data(m_signRole);
    if (!sign.isValid()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    const Tokens& colours = m_theme.colours();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->fillRect(option.rect, selected ? colours.accentGround : colours.surface);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colours.line);
    const double middle = option.rect.center().y() + 0.5;
    drawSign(*painter, QRectF(option.rect.left() + signLeft, middle - 5.5, 11, 11),
             sign.value<models::Sign>(), colours);
    painter->setPen(colours.ink);
    painter->setFont(option.font);
    painter->drawText(option.rect.adjusted(signLeft + signRoom, 0, -4, 0), Qt::AlignVCenter | Qt::AlignLeft,
                      index.data().toString());
    painter->restore();
}

QSize SignDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QSize plain = QStyledItemDelegate::sizeHint(option, index);
    return index.data(m_signRole).isValid() ? plain + QSize(signRoom + 4, 0) : plain;
}

} // namespace pilothouse::ui
