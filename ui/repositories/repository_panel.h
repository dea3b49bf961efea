// SPDX-License-Identifier: GPL-3.0-or-later
// The repositories at the left: a field to find one or a tag, the list, and how much all are together.
#pragma once

#include "models/repository_list_model.h"
#include "ui/widgets/panel.h"

#include <QTimer>

class QLabel;
class QLineEdit;
class QListView;

namespace pilothouse::ui {

class Theme;

class RepositoryPanel : public Panel {
    Q_OBJECT
public:
    RepositoryPanel(const Theme& theme, models::RepositoryListModel& model, QWidget* parent = nullptr);

    [[nodiscard]] QString search() const;
    [[nodiscard]] QString selected() const; // name; empty: none
    void select(const QString& name);       // nothing happens when it is not there
    void setTotals(const api::RepositoryPage& page);
    // What is said instead of a list; empty: the list.
    void setNote(const QString& note);
    void clearSearch();
    [[nodiscard]] QLineEdit* field() const { return m_field; }
    [[nodiscard]] QListView* list() const { return m_list; }

Q_SIGNALS:
    void searched(); // a moment after the last key
    void chosen(const QString& name);

private:
    models::RepositoryListModel& m_model;
    QLineEdit* m_field;
    QListView* m_list;
    QLabel* m_note;
    QLabel* m_totals;
    QTimer m_typing;
};

} // namespace pilothouse::ui
