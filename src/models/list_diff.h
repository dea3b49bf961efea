// SPDX-License-Identifier: GPL-3.0-or-later
// Brings a list of values in step with a newer one by the smallest row changes, for item models.
#pragma once

#include <QAbstractItemModel>
#include <QList>

#include <algorithm>
#include <functional>

namespace pilothouse::models {

// Calls the model's row functions around each change of `now`. `same(a, b)`: the two are the same thing,
// however changed. `changed(row)` is called for rows whose value differs.
template <typename T>
struct RowChanges {
    std::function<void(int first, int last)> beginInsert;
    std::function<void()> endInsert;
    std::function<void(int first, int last)> beginRemove;
    std::function<void()> endRemove;
    std::function<void(int from, int to)> beginMove; // `to` as QAbstractItemModel::beginMoveRows counts
    std::function<void()> endMove;
    std::function<void(int row)> changed;
};

template <typename T, typename Same>
void follow(QList<T>& now, const QList<T>& wanted, Same same, const RowChanges<T>& model) {
    const auto find = [&same](const QList<T>& list, const T& value, qsizetype from) {
        return std::find_if(list.begin() + from, list.end(),
                            [&](const T& other) { return same(other, value); });
    };
    for (qsizetype row = now.size() - 1; row >= 0; --row) {
        if (find(wanted, now[row], 0) == wanted.end()) {
            model.beginRemove(static_cast<int>(row), static_cast<int>(row));
            now.removeAt(row);
            model.endRemove();
        }
    }
    for (qsizetype row = 0; row < wanted.size(); ++row) {
        const qsizetype at = find(now, wanted[row], std::min(row, now.size())) - now.begin();
        if (at == now.size()) {
            model.beginInsert(static_cast<int>(row), static_cast<int>(row));
            now.insert(row, wanted[row]);
            model.endInsert();
        } else if (at != row) {
            model.beginMove(static_cast<int>(at), static_cast<int>(row));
            now.move(at, row);
            model.endMove();
        }
        if (!(now[row] == wanted[row])) {
            now[row] = wanted[row];
            model.changed(static_cast<int>(row));
        }
    }
}

} // namespace pilothouse::models
