// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of an operation, or of a repair: how far each is, and since when.
#pragma once

#include "api/operations.h"
#include "api/repair.h"
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
    // Beside each step its state and how long it took, in place of when it ended. Before setOperation().
    void tellDurations() { m_durations = true; }
    // `pace`: of the present step, when that is known.
    void setOperation(const api::Operation& operation, const std::optional<Pace>& pace = {});
    // `heard`: what the survivor says of itself while nothing else is known.
    void setRepair(const api::Repair& repair, const QString& heard);

private:
    struct Row {
        QString title;
        QString waits = {}; // what it is at, under the title; empty: nothing to say
        bool overdue = false;
        bool bar = false; // the bar is under it
        QString note = {};
    };
    void addStep(const api::Operation& operation, const api::OperationStep& step);
    void addRow(const api::OperationStep& step, bool over, const Row& row);
    void showPace(const api::Operation& operation);
    void clear();

    const Theme& m_theme;
    api::Operation m_operation;
    api::Repair m_repair;
    QString m_heard;
    bool m_durations = false;
    std::optional<Pace> m_pace;
    QVBoxLayout* m_layout;
    QWidget* m_paceRow; // stays when the steps are made anew
    QProgressBar* m_bar;
    QLabel* m_paceWords;
};

} // namespace pilothouse::ui
