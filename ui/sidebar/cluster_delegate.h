// SPDX-License-Identifier: GPL-3.0-or-later
// One cluster in the list: sign, name, count, and one word why.
#pragma once

#include <QStyledItemDelegate>

namespace pilothouse::ui {

class Theme;

class ClusterDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit ClusterDelegate(const Theme& theme, QObject* parent = nullptr)
        : QStyledItemDelegate(parent), m_theme(theme) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
};

} // namespace pilothouse::ui
