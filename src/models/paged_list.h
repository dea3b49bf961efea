// SPDX-License-Identifier: GPL-3.0-or-later
// A list that comes in pages. For item models.
#pragma once

#include "models/list_diff.h"

#include <QList>
#include <QString>

#include <optional>
#include <string>

namespace pilothouse::models {

// What is loaded of a list. `Row` has a `name`, by which it is known.
template <typename Row>
class PagedList {
public:
    [[nodiscard]] const QList<Row>& rows() const { return m_rows; }
    [[nodiscard]] const std::optional<std::string>& next() const { return m_next; }
    void clear() {
        m_rows.clear();
        m_next.reset();
    }
    // Everything that is loaded, read anew in one page.
    void replace(const QList<Row>& page, const std::optional<std::string>& next,
                 const RowChanges<Row>& model) {
        m_next = next;
        follow(
            m_rows, page, [](const Row& a, const Row& b) { return a.name == b.name; }, model);
    }
    // The page after what is loaded.
    void append(const QList<Row>& page, const std::optional<std::string>& next,
                const RowChanges<Row>& model) {
        QList<Row> fresh;
        for (const Row& row : page) {
            const bool known = std::any_of(m_rows.cbegin(), m_rows.cend(),
                                           [&](const Row& other) { return other.name == row.name; });
            if (!known) {
                fresh.append(row);
            }
        }
        m_next = next;
        if (!fresh.isEmpty()) {
            const auto first = static_cast<int>(m_rows.size());
            model.beginInsert(first, first + static_cast<int>(fresh.size()) - 1);
            m_rows.append(fresh);
            model.endInsert();
        }
    }

private:
    QList<Row> m_rows;
    std::optional<std::string> m_next;
};

} // namespace pilothouse::models
