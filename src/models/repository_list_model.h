// SPDX-License-Identifier: GPL-3.0-or-later
// The repositories of a cluster, page by page, in the order of their names.
#pragma once

#include "api/repositories.h"
#include "models/paged_list.h"

#include <QAbstractListModel>

namespace pilothouse::models {

class RepositoryListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum DataRole { NameRole = Qt::UserRole, DetailRole, SizeRole };

    using QAbstractListModel::QAbstractListModel;

    void clear();
    // All that is loaded, read anew: at most `mostReplaced` rows.
    static constexpr int mostReplaced = 1000;
    void replace(const api::RepositoryPage& page);
    // The page that was wanted does not come: it may be asked for again.
    void stopWaiting() { m_list.stopWaiting(); }
    void append(const api::RepositoryPage& page);
    // Where the next page begins; empty when all is here.
    [[nodiscard]] QString next() const { return m_list.next(); }
    [[nodiscard]] int rowOf(const QString& name) const { return m_list.rowOf(name); } // -1: not there
    [[nodiscard]] const api::Repository* at(int row) const { return m_list.at(row); } // null: not there

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void moreWanted(); // the page at next()

private:
    [[nodiscard]] RowChanges<api::Repository> changes();

    PagedList<api::Repository> m_list;
};

} // namespace pilothouse::models
