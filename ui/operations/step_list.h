// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of an operation: how far each is, and since when.
#pragma once

#include "api/operations.h"
#include "ui/operations/catch_up.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QVBoxLayout;

namespace pilothouse::ui {

class Theme;

class StepList : public QWidget {
    Q_OBJECT
public:
    explicit StepList(const Theme& theme, QWidget* parent = nullptr);
    // `pace`: of the present step, when that is known.
    void setOperation(const api::Operation& operation, const std::optional<Pace>& pace = {});

private:
    void addStep(const api::Operation& operation, const api::OperationStep& step);
    void showPace(const api::Operation& operation);

    const Theme& m_theme;
    api::Operation m_operation;
    std::optional<Pace> m_pace;
    QVBoxLayout* m_layout;
    QWidget* m_paceRow; // stays when the steps are made anew
    QProgressBar* m_bar;
    QLabel* m_paceWords;
};

} // namespace pilothouse::ui
