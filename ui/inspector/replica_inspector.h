// SPDX-License-Identifier: GPL-3.0-or-later
// "How is this one?"
#pragma once

#include "models/cluster_view.h"
#include "ui/inspector/sparkline.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace pilothouse::ui {

class FieldGrid;

class ReplicaInspector : public QWidget {
    Q_OBJECT
public:
    explicit ReplicaInspector(const Theme& theme, QWidget* parent = nullptr);

    // As high as its words at the width that it gets: what they could need at another is no reason to scroll.
    [[nodiscard]] QSize minimumSizeHint() const override { return {QWidget::minimumSizeHint().width(), 0}; }

    // `live` false: the last known values, dimmed.
    void setReplica(const models::ReplicaView& replica, bool live);
    void setAnswerTimes(const QList<TimedValue>& values, qint64 spanMs, const QString& spanWords);
    // A way back to what concerns the whole cluster; empty: there is nothing of that kind.
    void setBack(const QString& words);

Q_SIGNALS:
    void backRequested();

private:
    void showSteps(const QList<models::StepView>& steps);

    const Theme& m_theme;
    QPushButton* m_back;
    QLabel* m_name;
    QLabel* m_where;
    FieldGrid* m_fields;
    QWidget* m_whatToDo;
    QVBoxLayout* m_stepList;
    QList<models::StepView> m_steps;
    QLabel* m_chartTitle;
    QLabel* m_chartMost;
    Sparkline* m_chart;
};

} // namespace pilothouse::ui
