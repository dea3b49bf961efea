// SPDX-License-Identifier: GPL-3.0-or-later
// Draws an operation in the list: what, how far it is, and below who, when and how long.
#pragma once

#include <QStyledItemDelegate>

namespace pilothouse::ui {

class Theme;

class OperationDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit OperationDelegate(const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent), m_theme(theme) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
};

} // namespace pilothouse::ui
