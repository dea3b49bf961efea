// SPDX-License-Identifier: GPL-3.0-or-later
// What an image is made of: its layers, or the images of an index, as a table.
#pragma once

#include "models/tag_model.h"

#include <QAbstractTableModel>

namespace pilothouse::models {

class LayerModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Digest, Size, On, AlsoUsed, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    void setDetails(const api::ManifestDetails& details, const ReplicaNames& names);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QString digest;
        QString size;
        QString on;   // of a layer: the replicas; of an image in an index: its platform
        QString used; // only layers
        friend bool operator==(const Row&, const Row&) = default;
    };
    [[nodiscard]] static QString cell(const Row& row, int column);

    QList<Row> m_rows;
    bool m_index = false; // rows are images
    QString m_platform;
};

} // namespace pilothouse::models
