// SPDX-License-Identifier: GPL-3.0-or-later
// The operations of a cluster: the one that runs, then those that are over, the newest first.
#pragma once

#include "api/operations.h"
#include "base/clock.h"
#include "models/sign.h"

#include <QAbstractListModel>

namespace pilothouse::models {

[[nodiscard]] Sign signOf(const api::Operation& operation);

class OperationListModel : public QAbstractListModel {
    Q_OBJECT
public:
    // `StateRole`: "done", "step 5 of 7"; `DetailRole`: who, when and how long; `SignRole`: a Sign.
    enum DataRole { IdRole = Qt::UserRole, StateRole, DetailRole, SignRole };

    using QAbstractListModel::QAbstractListModel;

    void clear();
    void setOperations(const api::OperationList& list);
    // One that is in the list, as it is now.
    void update(const api::Operation& operation);
    // For how long a running one has run.
    void setNow(WallTime now);
    [[nodiscard]] const api::Operation* at(int row) const; // null: not there
    [[nodiscard]] int rowOf(const QString& id) const;      // -1: not there
    [[nodiscard]] const api::Operation* running() const;   // null: none
    [[nodiscard]] WallTime now() const { return m_now; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    QList<api::Operation> m_operations;
    bool m_running = false; // the first one does
    WallTime m_now{};
};

} // namespace pilothouse::models
