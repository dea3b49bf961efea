// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tag_model.h"

#include "text/format.h"
#include "text/registry_words.h"

#include <QCoreApplication>

namespace pilothouse::models {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(pilothouse::models::TagModel)
};

QString toText(const std::string& text) {
    return QString::fromStdString(text);
}

} // namespace

QString namesOf(const std::vector<std::string>& ids, const ReplicaNames& names) {
    QStringList list;
    for (const std::string& id : ids) {
        list << names.value(toText(id), toText(id));
    }
    list.sort();
    return list.join(QStringLiteral(", "));
}

QString describe(const api::Copies& copies, const ReplicaNames& names) {
    const auto all = copies.on.size() + copies.copying_to.size() + copies.silent.size();
    QString words = Words::tr("%1 of %2", "copies").arg(copies.on.size()).arg(all);
    if (!copies.copying_to.empty()) {
        words += QStringLiteral(" · ") + Words::tr("copying to %1").arg(namesOf(copies.copying_to, names));
    }
    if (!copies.silent.empty()) {
        words += QStringLiteral(" · ") + Words::tr("%1 silent").arg(namesOf(copies.silent, names));
    }
    return words;
}

QString ageOf(const api::Push& push, WallTime now) {
    const auto at = parseRfc3339(push.at);
    return at ? text::ago(std::chrono::duration_cast<Milliseconds>(now - *at)) : toText(push.at);
}

QString describe(const api::Push& push, const ReplicaNames& names, WallTime now) {
    const QString through = names.value(toText(push.through), toText(push.through));
    QString words = push.by.empty()
                        ? Words::tr("%1 through %2").arg(ageOf(push, now), through)
                        : Words::tr("%1 by %2 through %3").arg(ageOf(push, now), toText(push.by), through);
    return push.from ? words + QStringLiteral(" · ") + Words::tr("from %1").arg(toText(*push.from)) : words;
}

QString describePlatforms(const std::vector<std::string>& platforms) {
    QStringList list;
    for (const std::string& platform : platforms) {
        list << text::shortPlatform(toText(platform));
    }
    return list.join(QStringLiteral(", "));
}

RowChanges<api::Tag> TagModel::changes() {
    return {.beginInsert = [this](int first, int last) { beginInsertRows({}, first, last); },
            .endInsert = [this] { endInsertRows(); },
            .beginRemove = [this](int first, int last) { beginRemoveRows({}, first, last); },
            .endRemove = [this] { endRemoveRows(); },
            .beginMove = [this](int from, int to) { beginMoveRows({}, from, from, {}, to); },
            .endMove = [this] { endMoveRows(); },
            .changed = [this](int row) { Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1)); }};
}

void TagModel::clear() {
    beginResetModel();
    m_list.clear();
    endResetModel();
}

void TagModel::setNow(WallTime now) {
    m_now = now;
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, Pushed), index(rowCount() - 1, Pushed));
    }
}

void TagModel::setReplicas(const ReplicaNames& names) {
    if (names != m_names) {
        m_names = names;
        if (rowCount() > 0) {
            Q_EMIT dataChanged(index(0, Copies), index(rowCount() - 1, Copies));
        }
    }
}

void TagModel::replace(const api::TagPage& page) {
    m_list.replace(page.tags, page.next, changes());
}

void TagModel::append(const api::TagPage& page) {
    m_list.append(page.tags, page.next, changes());
}

int TagModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_list.rows().size());
}

int TagModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString TagModel::textOf(const api::Tag& tag, int column) const {
    switch (column) {
    case Name:
        return toText(tag.name);
    case Digest:
        return text::shortDigest(toText(tag.digest));
    case Size:
        return text::bytes(tag.bytes);
    case Platforms:
        return describePlatforms(tag.platforms);
    case Pushed:
        return ageOf(tag.push, m_now);
    default:
        return describe(tag.copies, m_names);
    }
}

QString TagModel::tipOf(const api::Tag& tag, int column) const {
    switch (column) {
    case Digest:
        return toText(tag.digest);
    case Size:
        return tr("Of all platforms together; a layer that they share counts once");
    case Pushed:
        return describe(tag.push, m_names, m_now);
    case Copies:
        return tr("On %1").arg(namesOf(tag.copies.on, m_names));
    default:
        return textOf(tag, column);
    }
}

QVariant TagModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const api::Tag& tag = m_list.rows()[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return textOf(tag, column);
    case Qt::AccessibleTextRole:
        return column == Digest ? toText(tag.digest) : textOf(tag, column);
    case Qt::ToolTipRole:
        return tipOf(tag, column);
    case Qt::TextAlignmentRole:
        return QVariant((column == Size ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case NameRole:
        return toText(tag.name);
    case FewCopiesRole:
        return column == Copies && !(tag.copies.copying_to.empty() && tag.copies.silent.empty());
    default:
        return {};
    }
}

QVariant TagModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant((section == Size ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Tag");
    case Digest:
        return tr("Digest");
    case Size:
        return tr("Size");
    case Platforms:
        return tr("Platforms");
    case Pushed:
        return tr("Pushed");
    default:
        return tr("Copies");
    }
}

bool TagModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && m_list.canAsk();
}

void TagModel::fetchMore(const QModelIndex&) {
    m_list.ask();
    Q_EMIT moreWanted();
}

} // namespace pilothouse::models
