// SPDX-License-Identifier: GPL-3.0-or-later
// What is to be known once a repair is over: whether it can be put back, what comes next, and the command
// that would have done the same.
#pragma once

#include "api/repair.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace pilothouse::ui {

class Theme;

class RepairEnd : public QWidget {
    Q_OBJECT
public:
    explicit RepairEnd(const Theme& theme, QWidget* parent = nullptr);
    // Empty as long as it is not over. `cluster`: its name.
    void setRepair(const api::Repair& repair, const QString& cluster);

private:
    const Theme& m_theme;
    QVBoxLayout* m_layout;
};

} // namespace pilothouse::ui
