// SPDX-License-Identifier: GPL-3.0-or-later
// What a change will do: how many may be lost before, during and after it, its steps, and the command that
// does the same.
#pragma once

#include "api/operations.h"
#include "ui/operations/change_words.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace pilothouse::ui {

class MarginRings;
class Theme;

class ReviewPage : public QWidget {
    Q_OBJECT
public:
    explicit ReviewPage(const Theme& theme, QWidget* parent = nullptr);
    void setPlan(const api::OperationPlan& plan, const ChangeWish& wish, const QString& command);

private:
    const Theme& m_theme;
    QVBoxLayout* m_layout;
    MarginRings* m_rings;
    QLabel* m_steps;
    QLabel* m_goesOn;
    QVBoxLayout* m_command;
};

} // namespace pilothouse::ui
