// SPDX-License-Identifier: GPL-3.0-or-later
// Tables as the console shows them: whole rows, no grid, sortable.
#pragma once

#include <QStyledItemDelegate>

class QTableView;

namespace pilothouse::ui {

class Theme;

[[nodiscard]] QTableView* makeTable(const QString& accessibleName);

// Columns as wide as what is in them; the room that is left is shared between them.
void spreadColumns(QTableView& table);

// Draws the sign before the text of cells that have one, under the role given.
class SignDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    SignDelegate(const Theme& theme, int signRole, QObject* parent)
        : QStyledItemDelegate(parent), m_theme(theme), m_signRole(signRole) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
    int m_signRole;
};

} // namespace pilothouse::ui
