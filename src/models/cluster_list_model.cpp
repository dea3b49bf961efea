// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cluster_list_model.h"

namespace pilothouse::models {

void ClusterListModel::put(const ClusterView& cluster) {
    const bool live = cluster.notLive.isEmpty();
    const Row row{cluster.key,
                  cluster.name,
                  cluster.count,
                  live ? cluster.listWord : tr("not live"),
                  live ? signOf(cluster.verdict) : Sign{},
                  cluster.sandbox};
    const int at = rowOf(cluster.key);
    if (at < 0) {
        const int last = rowCount();
        beginInsertRows({}, last, last);
        m_rows.append(row);
        endInsertRows();
    } else if (!(m_rows[at] == row)) {
        m_rows[at] = row;
        Q_EMIT dataChanged(index(at), index(at));
    }
}

void ClusterListModel::remove(const QString& key) {
    const int at = rowOf(key);
    if (at >= 0) {
        beginRemoveRows({}, at, at);
        m_rows.removeAt(at);
        endRemoveRows();
    }
}

int ClusterListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ClusterListModel::rowOf(const QString& key) const {
    for (int row = 0; row < rowCount(); ++row) {
        if (m_rows[row].key == key) {
            return row;
        }
    }
    return -1;
}

QVariant ClusterListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Row& row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return row.name;
    case Qt::AccessibleTextRole:
        return tr("%1, %2 replicas, %3").arg(row.name, row.count, row.word);
    case KeyRole:
        return row.key;
    case SignRole:
        return QVariant::fromValue(row.sign);
    case CountRole:
        return row.count;
    case WordRole:
        return row.word;
    case SandboxRole:
        return row.sandbox;
    default:
        return {};
    }
}

} // namespace pilothouse::models
