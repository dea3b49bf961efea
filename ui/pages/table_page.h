// SPDX-License-Identifier: GPL-3.0-or-later
// A page that is one table: the replicas, or the events.
#pragma once

#include <QWidget>

class QAbstractItemModel;
class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace pilothouse::ui {

class Theme;

class TablePage : public QWidget {
    Q_OBJECT
public:
    struct Columns {
        int sortRole = 0;
        int signRole = 0;
        int signColumn = 0;
        int wideColumn = -1; // takes the room that is left; -1: the last
        int sortColumn = -1; // at first; -1: as the model has it
        Qt::SortOrder order = Qt::AscendingOrder;
        QString empty = {}; // what to say instead of a table without rows
    };
    TablePage(const Theme& theme, const QString& name, QAbstractItemModel& model, const Columns& columns,
              QWidget* parent = nullptr);

    [[nodiscard]] QTableView* table() const { return m_table; }

Q_SIGNALS:
    void activated(const QModelIndex& sourceIndex); // Enter or double click

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    void showOrHide();

    Columns m_columns;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_table;
    QLabel* m_empty;
};

} // namespace pilothouse::ui
