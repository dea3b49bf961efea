// SPDX-License-Identifier: GPL-3.0-or-later
// What the inspector says of the whole cluster: who sees whom in a partition, and what to do without quorum.
#pragma once

#include "models/cluster_view.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace pilothouse::ui {

class FieldGrid;
class SightMatrixView;
class Theme;

class PartitionInspector : public QWidget {
    Q_OBJECT
public:
    explicit PartitionInspector(const Theme& theme, QWidget* parent = nullptr);
    [[nodiscard]] QSize minimumSizeHint() const override { return {QWidget::minimumSizeHint().width(), 0}; }
    void setCluster(const models::ClusterView& cluster);

private:
    SightMatrixView* m_matrix;
    FieldGrid* m_claims;
    QLabel* m_note;
};

class StepsInspector : public QWidget {
    Q_OBJECT
public:
    explicit StepsInspector(const Theme& theme, QWidget* parent = nullptr);
    [[nodiscard]] QSize minimumSizeHint() const override { return {QWidget::minimumSizeHint().width(), 0}; }
    // `stillWorks`: under the steps; may be empty.
    void setSteps(const QList<models::StepView>& steps, const QString& stillWorks);

private:
    QWidget* makeStep(int number, const models::StepView& step);

    const Theme& m_theme;
    QList<models::StepView> m_steps;
    QVBoxLayout* m_list;
    QLabel* m_stillWorks;
};

} // namespace pilothouse::ui
