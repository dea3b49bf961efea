// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/table_page.h"

#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/table.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace pilothouse::ui {

constexpr int frame = 24; // of the panel around the table, left and right

TablePage::TablePage(const Theme& theme, const QString& name, QAbstractItemModel& model,
                     const Columns& columns, QWidget* parent)
    : QWidget(parent), m_columns(columns), m_sorted(new QSortFilterProxyModel(this)),
      m_table(makeTable(name)), m_empty(makeParagraph(TextRole::text, Ink::dim, columns.empty)) {
    m_sorted->setSortRole(columns.sortRole);
    m_sorted->setSourceModel(&model);
    m_table->setModel(m_sorted);
    m_table->setProperty("ownFocus", true);
    m_table->horizontalHeader()->setResizeContentsPrecision(100); // rows that are measured
    m_table->setItemDelegateForColumn(columns.signColumn, new SignDelegate(theme, columns.signRole, m_table));
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(columns.sortColumn, columns.order);

    auto* panel = new Panel(name);
    auto* inner = new QVBoxLayout(panel);
    inner->setContentsMargins(11, 9, 11, 9);
    inner->addWidget(m_table, 1);
    m_empty->setAlignment(Qt::AlignCenter);
    inner->addWidget(m_empty, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(panel);
    connect(m_sorted, &QAbstractItemModel::rowsInserted, this, &TablePage::showOrHide);
    connect(m_sorted, &QAbstractItemModel::rowsRemoved, this, &TablePage::showOrHide);
    connect(m_sorted, &QAbstractItemModel::modelReset, this, &TablePage::showOrHide);
    showOrHide();
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT activated(m_sorted->mapToSource(index)); });
}

void TablePage::showOrHide() {
    const bool any = m_sorted->rowCount() > 0 || m_columns.empty.isEmpty();
    const bool first = any && m_table->isHidden();
    m_table->setVisible(any);
    m_empty->setVisible(!any);
    if (first && isVisible()) {
        fit();
    }
}

// To what is there now: columns that followed every change would never be at rest. Where they don't fit, the
// table scrolls: nothing is squeezed.
void TablePage::fit() {
    QHeaderView* header = m_table->horizontalHeader();
    const int wide = m_columns.wideColumn >= 0 ? m_columns.wideColumn : header->count() - 1;
    header->setSectionResizeMode(wide, QHeaderView::Interactive);
    m_table->resizeColumnsToContents();
    const int room = width() - frame - m_table->verticalScrollBar()->sizeHint().width();
    header->setSectionResizeMode(wide,
                                 header->length() <= room ? QHeaderView::Stretch : QHeaderView::Interactive);
}

void TablePage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (isVisible()) {
        fit();
    }
}

void TablePage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    fit();
}

} // namespace pilothouse::ui
