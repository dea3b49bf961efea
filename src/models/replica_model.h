// SPDX-License-Identifier: GPL-3.0-or-later
// The replicas of one cluster as a table, in the cluster's order.
#pragma once

#include "models/cluster_view.h"

#include <QAbstractTableModel>

namespace pilothouse::models {

// Follows snapshots by id: rows are inserted, removed and changed, never reset, so that selection and scroll
// position stay. A cell's DisplayRole is for people, SortRole is the raw value.
class ReplicaModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, State, Role, Lag, AnswerTime, LeaderClaim, Observer, Seen, Address, ColumnCount };
    enum DataRole {
        SortRole = Qt::UserRole,
        IdRole,       // QString
        SignRole,     // Sign; on Name and State
        ToneRole,     // int of Tone; of the text
        ReasonRole,   // QString: the card's second line
        ObserverRole, // QString
        AgeRole,      // qint64 milliseconds; invalid when nothing is known
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setReplicas(const QList<ReplicaView>& replicas, bool live);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] const ReplicaView& replica(int row) const { return m_replicas[row]; }
    [[nodiscard]] int rowOf(const QString& replicaId) const; // -1: not there

private:
    [[nodiscard]] static QString display(const ReplicaView& replica, int column);
    [[nodiscard]] static QVariant sortValue(const ReplicaView& replica, int column);
    [[nodiscard]] Sign sign(const ReplicaView& replica) const;

    QList<ReplicaView> m_replicas;
    bool m_live = true;
};

} // namespace pilothouse::models
