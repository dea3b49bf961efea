// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of an operation: how far each is, and since when.
#pragma once

#include "api/operations.h"

#include <QWidget>

class QVBoxLayout;

namespace pilothouse::ui {

class Theme;

class StepList : public QWidget {
    Q_OBJECT
public:
    explicit StepList(const Theme& theme, QWidget* parent = nullptr);
    void setOperation(const api::Operation& operation);

private:
    void addStep(const api::Operation& operation, const api::OperationStep& step);

    const Theme& m_theme;
    api::Operation m_operation;
    QVBoxLayout* m_layout;
};

} // namespace pilothouse::ui
