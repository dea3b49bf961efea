// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/replica_model.h"

#include "models/list_diff.h"
#include "text/format.h"

namespace pilothouse::models {

void ReplicaModel::setReplicas(const QList<ReplicaView>& replicas, bool live) {
    const RowChanges<ReplicaView> changes{
        .beginInsert = [this](int first, int last) { beginInsertRows({}, first, last); },
        .endInsert = [this] { endInsertRows(); },
        .beginRemove = [this](int first, int last) { beginRemoveRows({}, first, last); },
        .endRemove = [this] { endRemoveRows(); },
        .beginMove = [this](int from, int to) { beginMoveRows({}, from, from, {}, to); },
        .endMove = [this] { endMoveRows(); },
        .changed = [this](int row) { Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1)); },
    };
    const bool liveChanged = live != m_live;
    m_live = live;
    follow(
        m_replicas, replicas, [](const ReplicaView& a, const ReplicaView& b) { return a.id == b.id; },
        changes);
    if (liveChanged && !m_replicas.isEmpty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

int ReplicaModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_replicas.size());
}

int ReplicaModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

int ReplicaModel::rowOf(const QString& replicaId) const {
    for (int row = 0; row < rowCount(); ++row) {
        if (m_replicas[row].id == replicaId) {
            return row;
        }
    }
    return -1;
}

QString ReplicaModel::display(const ReplicaView& replica, int column) {
    switch (column) {
    case Name:
        return replica.name;
    case State:
        return replica.stateWord;
    case Role:
        return replica.role == domain::Role::unknown ? QString() : wordFor(replica.role);
    case Lag:
        return replica.lagEntries ? text::count(*replica.lagEntries) : QString();
    case AnswerTime:
        return replica.roundTripMs ? text::milliseconds(*replica.roundTripMs) : QString();
    case LeaderClaim:
        return replica.leaderClaim;
    case Observer:
        return replica.observer;
    case Seen:
        return replica.ageMs ? tr("%1 ago").arg(text::duration(Milliseconds(*replica.ageMs))) : QString();
    case Address:
        return replica.address;
    default:
        return {};
    }
}

QVariant ReplicaModel::sortValue(const ReplicaView& replica, int column) {
    switch (column) {
    case State:
        return static_cast<int>(replica.state);
    case Role:
        return static_cast<int>(replica.role);
    case Lag:
        return replica.lagEntries.value_or(-1);
    case AnswerTime:
        return replica.roundTripMs.value_or(-1);
    case Seen:
        return replica.ageMs.value_or(-1);
    default:
        return display(replica, column);
    }
}

Sign ReplicaModel::sign(const ReplicaView& replica) const {
    return m_live ? signOf(replica.state) : Sign{};
}

QVariant ReplicaModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const ReplicaView& replica = m_replicas[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return display(replica, column);
    case Qt::TextAlignmentRole:
        return column == Lag || column == AnswerTime ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                                     : QVariant();
    case Qt::ToolTipRole:
        return replica.description;
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                                display(replica, column));
    case SortRole:
        return sortValue(replica, column);
    case IdRole:
        return replica.id;
    case SignRole:
        return column == State ? QVariant::fromValue(sign(replica)) : QVariant();
    case ToneRole:
        return column == State ? static_cast<int>(sign(replica).tone) : static_cast<int>(Tone::neutral);
    case ReasonRole:
        return replica.detail;
    case ObserverRole:
        return replica.observer;
    case AgeRole:
        return replica.ageMs ? QVariant(*replica.ageMs) : QVariant();
    default:
        return {};
    }
}

QVariant ReplicaModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool number = section == Lag || section == AnswerTime;
        return QVariant((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Replica");
    case State:
        return tr("State");
    case Role:
        return tr("Role");
    case Lag:
        return tr("Entries behind");
    case AnswerTime:
        return tr("Answer time");
    case LeaderClaim:
        return tr("Takes for leader");
    case Observer:
        return tr("Told by");
    case Seen:
        return tr("Seen");
    default:
        return tr("Address");
    }
}

} // namespace pilothouse::models
