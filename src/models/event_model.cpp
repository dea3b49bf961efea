// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/event_model.h"

#include "models/list_diff.h"

#include <QDateTime>
#include <QLocale>

namespace pilothouse::models {

void EventModel::setEvents(QList<EventView> events) {
    std::sort(events.begin(), events.end(),
              [](const EventView& a, const EventView& b) { return a.revision > b.revision; });
    const RowChanges<EventView> changes{
        .beginInsert = [this](int first, int last) { beginInsertRows({}, first, last); },
        .endInsert = [this] { endInsertRows(); },
        .beginRemove = [this](int first, int last) { beginRemoveRows({}, first, last); },
        .endRemove = [this] { endRemoveRows(); },
        .beginMove = [this](int from, int to) { beginMoveRows({}, from, from, {}, to); },
        .endMove = [this] { endMoveRows(); },
        .changed = [this](int row) { Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1)); },
    };
    follow(
        m_events, events, [](const EventView& a, const EventView& b) { return a.revision == b.revision; },
        changes);
}

int EventModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

int EventModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EventModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const EventView& event = m_events[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (index.column()) {
        case At:
            return QLocale().toString(QDateTime::fromMSecsSinceEpoch(event.atMs),
                                      QStringLiteral("yyyy-MM-dd HH:mm:ss"));
        case Text:
            return event.text;
        default:
            return event.observer;
        }
    case SortRole:
        return index.column() == At ? QVariant(event.atMs) : data(index, Qt::DisplayRole);
    case SignRole:
        return index.column() == Text ? QVariant::fromValue(signOfEvent(event.kind)) : QVariant();
    case KindRole:
        return event.kind;
    case RevisionRole:
        return event.revision;
    default:
        return {};
    }
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case At:
        return tr("Time (local)");
    case Text:
        return tr("What happened");
    default:
        return tr("Seen by");
    }
}

} // namespace pilothouse::models
