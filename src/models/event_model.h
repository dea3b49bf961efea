// SPDX-License-Identifier: GPL-3.0-or-later
// What happened to one cluster as a table, newest first.
#pragma once

#include "models/cluster_view.h"

#include <QAbstractTableModel>

namespace pilothouse::models {

class EventModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { At, Text, Observer, ColumnCount };
    enum DataRole { SortRole = Qt::UserRole, SignRole, KindRole, RevisionRole };

    using QAbstractTableModel::QAbstractTableModel;

    // In any order; an event is known by its revision.
    void setEvents(QList<EventView> events);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<EventView> m_events;
};

} // namespace pilothouse::models
