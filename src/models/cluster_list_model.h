// SPDX-License-Identifier: GPL-3.0-or-later
// The clusters that this console watches, for the list at the side.
#pragma once

#include "models/cluster_view.h"

#include <QAbstractListModel>

namespace pilothouse::models {

class ClusterListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum DataRole { KeyRole = Qt::UserRole, SignRole, CountRole, WordRole, SandboxRole };

    using QAbstractListModel::QAbstractListModel;

    // Adds the cluster or brings its row up to date.
    void put(const ClusterView& cluster);
    void remove(const QString& key);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] int rowOf(const QString& key) const; // -1: not there

private:
    // Only what a row shows, so that a list that looks the same does not repaint.
    struct Row {
        QString key, name, count, word;
        Sign sign;
        bool sandbox = false;
        friend bool operator==(const Row&, const Row&) = default;
    };
    QList<Row> m_rows;
};

} // namespace pilothouse::models
