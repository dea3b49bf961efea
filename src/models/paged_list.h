// SPDX-License-Identifier: GPL-3.0-or-later
// A list that comes in pages. For item models.
#pragma once

#include "models/list_diff.h"

#include <QList>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace pilothouse::models {

// What is loaded of a list, and whether more was asked for. `Row` has a `name`, by which it is known.
template <typename Row>
class PagedList {
public:
    [[nodiscard]] const QList<Row>& rows() const { return m_rows; }
    [[nodiscard]] int rowOf(const QString& name) const { // -1: not there
        const std::string wanted = name.toStdString();
        const auto found =
            std::find_if(m_rows.cbegin(), m_rows.cend(), [&](const Row& row) { return row.name == wanted; });
        return found == m_rows.cend() ? -1 : static_cast<int>(found - m_rows.cbegin());
    }
    [[nodiscard]] const Row* at(int row) const { // null: not there
        return row >= 0 && row < m_rows.size() ? &m_rows[row] : nullptr;
    }
    // Where the next page begins; empty when all is here.
    [[nodiscard]] QString next() const { return QString::fromStdString(m_next.value_or("")); }
    [[nodiscard]] bool canAsk() const { return m_next.has_value() && !m_asked; }
    void ask() { m_asked = true; }
    void stopWaiting() { m_asked = false; }
    void clear() {
        m_rows.clear();
        m_next.reset();
        m_asked = false;
    }
    // Everything that is loaded, read anew in one page. A page that was on its way does not fit behind it.
    void replace(const std::vector<Row>& page, const std::optional<std::string>& next,
                 const RowChanges<Row>& model) {
        m_next = next;
        m_asked = false;
        follow(
            m_rows, QList<Row>(page.begin(), page.end()),
            [](const Row& a, const Row& b) { return a.name == b.name; }, model);
    }
    // The page after what is loaded.
    void append(const std::vector<Row>& page, const std::optional<std::string>& next,
                const RowChanges<Row>& model) {
        QList<Row> fresh;
        for (const Row& row : page) {
            if (rowOf(QString::fromStdString(row.name)) < 0) {
                fresh.append(row);
            }
        }
        m_next = next;
        m_asked = false;
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
    bool m_asked = false; // for the next page, which has not come yet
};

} // namespace pilothouse::models
