// SPDX-License-Identifier: GPL-3.0-or-later
// Draws a repository in the list: name, how many tags, how large.
#pragma once

#include <QStyledItemDelegate>

namespace pilothouse::ui {

class Theme;

class RepositoryDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit RepositoryDelegate(const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent), m_theme(theme) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
};

} // namespace pilothouse::ui
