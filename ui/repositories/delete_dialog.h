// SPDX-License-Identifier: GPL-3.0-or-later
// Says what a deletion takes away, and deletes when the person wants it. A whole repository goes only when
// its name is typed.
#pragma once

#include "api/repositories.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace pilothouse::ui {

class Theme;

class DeleteDialog : public QDialog {
    Q_OBJECT
public:
    // `would`: what a look found; `what`: the name of it, "team/app:v1".
    DeleteDialog(const Theme& theme, const api::Deletion& would, const QString& what, QWidget* parent);

    [[nodiscard]] QPushButton* deleteButton() const { return m_delete; }
    [[nodiscard]] QLineEdit* nameField() const { return m_name; } // null: nothing is to be typed

private:
    QLineEdit* m_name = nullptr;
    QPushButton* m_delete;
};

} // namespace pilothouse::ui
