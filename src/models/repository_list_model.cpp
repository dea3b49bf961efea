// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repository_list_model.h"

#include "text/format.h"

namespace pilothouse::models {

RowChanges<api::Repository> RepositoryListModel::changes() {
    return {.beginInsert = [this](int first, int last) { beginInsertRows({}, first, last); },
            .endInsert = [this] { endInsertRows(); },
            .beginRemove = [this](int first, int last) { beginRemoveRows({}, first, last); },
            .endRemove = [this] { endRemoveRows(); },
            .beginMove = [this](int from, int to) { beginMoveRows({}, from, from, {}, to); },
            .endMove = [this] { endMoveRows(); },
            .changed = [this](int row) { Q_EMIT dataChanged(index(row), index(row)); }};
}

void RepositoryListModel::clear() {
    beginResetModel();
    m_list.clear();
    endResetModel();
}

void RepositoryListModel::replace(const api::RepositoryPage& page) {
    m_list.replace(page.repositories, page.next, changes());
}

void RepositoryListModel::append(const api::RepositoryPage& page) {
    m_list.append(page.repositories, page.next, changes());
}

int RepositoryListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_list.rows().size());
}

QVariant RepositoryListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const api::Repository& repository = m_list.rows()[index.row()];
    const QString name = QString::fromStdString(repository.name);
    const QString size = text::bytes(repository.bytes);
    const QString detail = repository.matching_tags
                               ? tr("%n matching tags", nullptr, static_cast<int>(*repository.matching_tags))
                               : tr("%n tags", nullptr, static_cast<int>(repository.tags));
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
    case NameRole:
        return name;
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2, %3").arg(name, detail, size);
    case DetailRole:
        return detail;
    case SizeRole:
        return size;
    default:
        return {};
    }
}

bool RepositoryListModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && m_list.canAsk();
}

void RepositoryListModel::fetchMore(const QModelIndex&) {
    m_list.ask();
    Q_EMIT moreWanted();
}

} // namespace pilothouse::models
