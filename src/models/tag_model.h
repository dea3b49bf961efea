// SPDX-License-Identifier: GPL-3.0-or-later
// The tags of a repository as a table, page by page, those that were pushed last first.
#pragma once

#include "api/repositories.h"
#include "base/clock.h"
#include "models/paged_list.h"

#include <QAbstractTableModel>
#include <QHash>

namespace pilothouse::models {

// Names of replicas by their ids.
using ReplicaNames = QHash<QString, QString>;

// "3 of 3"; "2 of 3 · copying to reg-3"; "2 of 3 · reg-3 is silent".
[[nodiscard]] QString describe(const api::Copies& copies, const ReplicaNames& names);
// "reg-1, reg-2, reg-3": where there are copies.
[[nodiscard]] QString namesOf(const std::vector<std::string>& ids, const ReplicaNames& names);
// "6 min ago by ci-bot through reg-2 · from 10.9.4.21"
[[nodiscard]] QString describe(const api::Push& push, const ReplicaNames& names, WallTime now);
// "6 min ago"
[[nodiscard]] QString ageOf(const api::Push& push, WallTime now);
// "amd64, arm64"
[[nodiscard]] QString describePlatforms(const std::vector<std::string>& platforms);

class TagModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Digest, Size, Platforms, Pushed, Copies, ColumnCount };
    enum DataRole { NameRole = Qt::UserRole, FewCopiesRole };

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    // `now` for all that is shown until the next call.
    void setNow(WallTime now);
    void setReplicas(const ReplicaNames& names);
    // All that is loaded, read anew: at most `mostReplaced` rows.
    static constexpr int mostReplaced = 1000;
    void replace(const api::TagPage& page);
    // The page that was wanted does not come: it may be asked for again.
    void stopWaiting() { m_list.stopWaiting(); }
    void append(const api::TagPage& page);
    [[nodiscard]] QString next() const { return m_list.next(); }
    [[nodiscard]] int rowOf(const QString& name) const { return m_list.rowOf(name); } // -1: not there
    [[nodiscard]] const api::Tag* at(int row) const { return m_list.at(row); }        // null: not there

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void moreWanted();

private:
    [[nodiscard]] RowChanges<api::Tag> changes();
    [[nodiscard]] QString textOf(const api::Tag& tag, int column) const;
    [[nodiscard]] QString tipOf(const api::Tag& tag, int column) const;

    PagedList<api::Tag> m_list;
    ReplicaNames m_names;
    WallTime m_now{};
};

} // namespace pilothouse::models
