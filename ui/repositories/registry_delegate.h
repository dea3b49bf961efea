// SPDX-License-Identifier: GPL-3.0-or-later
// Cells of the tables of tags and layers: what matters in ink, the rest dim, digests in one width.
#pragma once

#include <QStyledItemDelegate>

#include <utility>
#include <vector>

namespace pilothouse::ui {

class Theme;

class RegistryDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    // `dim`: columns of less weight; `digest`: the one with digests.
    RegistryDelegate(const Theme& theme, std::vector<int> dim, int digest, QObject* parent)
        : QStyledItemDelegate(parent), m_theme(theme), m_dim(std::move(dim)), m_digest(digest) {}

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
    std::vector<int> m_dim;
    int m_digest;
};

} // namespace pilothouse::ui
