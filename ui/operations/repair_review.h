// SPDX-License-Identifier: GPL-3.0-or-later
// What a repair will do: how it is before, during and after it, what may be lost, its steps, the copy by
// which it can be put back, and the command that does the same.
#pragma once

#include "api/repair.h"

#include <QWidget>

class QVBoxLayout;

namespace pilothouse::ui {

class Theme;

// What is known of the cluster besides the plan.
struct RepairWish {
    QString cluster; // name
    int voters = 0;
    int answering = 0; // of them
};

class RepairReview : public QWidget {
    Q_OBJECT
public:
    explicit RepairReview(const Theme& theme, QWidget* parent = nullptr);
    void setPlan(const api::RepairPlan& plan, const RepairWish& wish, const QString& command);

private:
    void addCommand(const QString& heading, const QString& words, const QString& command);

    const Theme& m_theme;
    QVBoxLayout* m_layout;
};

// The command that does the same; one that only looks; one that puts it back. `reason` may be empty.
[[nodiscard]] QString repairCommand(const api::RepairPlan& plan, const QString& cluster,
                                    const QString& reason);
[[nodiscard]] QString repairStatusCommand(const QString& cluster);
[[nodiscard]] QString putBackCommand(const QString& cluster, const QString& reason);
// The same as `plan`'s, of one that was begun.
[[nodiscard]] QString repairCommand(const api::Repair& repair, const QString& cluster);

} // namespace pilothouse::ui
