// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/operation_list_model.h"

#include "domain/operation.h"
#include "models/list_diff.h"
#include "text/operation_history.h"
#include "text/operation_words.h"

namespace pilothouse::models {

using domain::OperationPhase;

Sign signOf(const api::Operation& operation) {
    const auto phase = domain::operationPhaseOf(operation.phase);
    if (!phase) {
        return {Shape::dashedRing, Tone::neutral};
    }
    switch (*phase) {
    case OperationPhase::running:
        return operation.waiting && operation.waiting->overdue ? Sign{Shape::triangle, Tone::attention}
                                                               : Sign{Shape::arc, Tone::accent};
    case OperationPhase::undoing:
        return {Shape::arc, Tone::accent};
    case OperationPhase::done:
        return {Shape::dot, Tone::good};
    case OperationPhase::cancelled:
        return {Shape::square, Tone::neutral};
    case OperationPhase::refused:
        break;
    }
    return {Shape::cross, Tone::bad};
}

void OperationListModel::clear() {
    beginResetModel();
    m_operations.clear();
    m_running = false;
    endResetModel();
}

void OperationListModel::setOperations(const api::OperationList& list) {
    QList<api::Operation> wanted;
    if (list.running) {
        wanted.append(*list.running);
    }
    for (const api::Operation& past : list.past) {
        wanted.append(past);
    }
    m_running = list.running.has_value();
    const RowChanges<api::Operation> changes{
        .beginInsert = [this](int first, int last) { beginInsertRows({}, first, last); },
        .endInsert = [this] { endInsertRows(); },
        .beginRemove = [this](int first, int last) { beginRemoveRows({}, first, last); },
        .endRemove = [this] { endRemoveRows(); },
        .beginMove = [this](int from, int to) { beginMoveRows({}, from, from, {}, to); },
        .endMove = [this] { endMoveRows(); },
        .changed = [this](int row) { Q_EMIT dataChanged(index(row), index(row)); }};
    follow(
        m_operations, wanted, [](const auto& a, const auto& b) { return a.id == b.id; }, changes);
}

void OperationListModel::update(const api::Operation& operation) {
    const int row = rowOf(QString::fromStdString(operation.id));
    if (row >= 0 && !(m_operations[row] == operation)) {
        m_operations[row] = operation;
        Q_EMIT dataChanged(index(row), index(row));
    }
}

void OperationListModel::setNow(WallTime now) {
    m_now = now;
    if (running() != nullptr) {
        Q_EMIT dataChanged(index(0), index(0), {DetailRole, Qt::AccessibleTextRole});
    }
}

const api::Operation* OperationListModel::at(int row) const {
    return row >= 0 && row < m_operations.size() ? &m_operations[row] : nullptr;
}

int OperationListModel::rowOf(const QString& id) const {
    for (int row = 0; row < m_operations.size(); ++row) {
        if (QString::fromStdString(m_operations[row].id) == id) {
            return row;
        }
    }
    return -1;
}

const api::Operation* OperationListModel::running() const {
    return m_running ? at(0) : nullptr;
}

int OperationListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_operations.size());
}

QVariant OperationListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const api::Operation& operation = m_operations[index.row()];
    const QString title = text::operationTitle(operation.kind, operation.name);
    switch (role) {
    case Qt::DisplayRole:
        return title;
    case IdRole:
        return QString::fromStdString(operation.id);
    case StateRole:
        return text::operationState(operation);
    case DetailRole:
        return text::operationByline(operation, m_now);
    case SignRole:
        return QVariant::fromValue(signOf(operation));
    case Qt::ToolTipRole: // all of it, where there is no room for it
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2, %3")
            .arg(title, text::operationState(operation), text::operationByline(operation, m_now));
    default:
        return {};
    }
}

} // namespace pilothouse::models
