// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/repositories/registry_delegate.h"

#include "models/tag_model.h"
#include "ui/theme/theme.h"
#include "ui/theme/type.h"

#include <algorithm>

namespace pilothouse::ui {

void RegistryDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
    QStyledItemDelegate::initStyleOption(option, index);
    const Tokens& colours = m_theme.colours();
    const bool selected = option->state.testFlag(QStyle::State_Selected);
    const QColor ground = selected ? colours.accentGround : colours.surface;
    if (index.column() == m_digest) {
        option->font = fontFor(TextRole::code);
    }
    QColor colour = colours.ink;
    if (index.data(models::TagModel::FewCopiesRole).toBool()) {
        colour = readable(colours.accent, ground, colours.ink);
    } else if (std::find(m_dim.begin(), m_dim.end(), index.column()) != m_dim.end()) {
        colour = readable(colours.dim, ground, colours.ink);
    }
    option->palette.setColor(QPalette::Text, colour);
    option->palette.setColor(QPalette::HighlightedText, colour);
}

} // namespace pilothouse::ui
