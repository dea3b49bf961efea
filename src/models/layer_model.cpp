// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/layer_model.h"

#include "text/format.h"
#include "text/registry_words.h"

namespace pilothouse::models {
namespace {

QString toText(const std::string& text) {
    return QString::fromStdString(text);
}

} // namespace

void LayerModel::clear() {
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void LayerModel::setDetails(const api::ManifestDetails& details, const ReplicaNames& names) {
    QList<Row> rows;
    for (const api::RelatedManifest& image : details.manifests) {
        const QString kind = text::counted(text::kindOf(image), 1);
        rows.append({toText(image.digest),
                     text::bytes(image.bytes),
                     image.platform ? text::shortPlatform(toText(*image.platform)) : kind,
                     {}});
    }
    for (const api::Layer& layer : details.layers) {
        QStringList uses;
        for (const api::Use& use : layer.also_used) {
            const QString count = tr("%n manifests", nullptr, static_cast<int>(use.manifests));
            uses << (use.repository == details.repository
                         ? count
                         : QStringLiteral("%1, %2").arg(toText(use.repository), count));
        }
        rows.append({toText(layer.digest), text::bytes(layer.bytes), namesOf(layer.copies.on, names),
                     uses.isEmpty() ? tr("only here") : uses.join(QStringLiteral("; "))});
    }
    const bool index = !details.manifests.empty();
    const QString platform = index ? QString() : describePlatforms(details.platforms);
    if (rows == m_rows && index == m_index && platform == m_platform) {
        return;
    }
    beginResetModel();
    m_rows = rows;
    m_index = index;
    m_platform = platform;
    endResetModel();
}

int LayerModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LayerModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : m_index ? int(AlsoUsed) : int(ColumnCount);
}

QString LayerModel::cell(const Row& row, int column) {
    switch (column) {
    case Digest:
        return text::shortDigest(row.digest);
    case Size:
        return row.size;
    case On:
        return row.on;
    default:
        return row.used;
    }
}

QVariant LayerModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Row& row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return cell(row, index.column());
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return index.column() == Digest ? row.digest : cell(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant((index.column() == Size ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant LayerModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant((section == Size ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Digest:
        return m_index ? tr("Image") : m_platform.isEmpty() ? tr("Layer") : tr("Layer (%1)").arg(m_platform);
    case Size:
        return tr("Size");
    case On:
        return m_index ? tr("Platform") : tr("On");
    default:
        return tr("Also used by");
    }
}

} // namespace pilothouse::models
