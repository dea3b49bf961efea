// SPDX-License-Identifier: GPL-3.0-or-later
// What the inspector says of the whole cluster: who sees whom in a partition, and what to do without quorum.
#pragma once

#include "models/cluster_view.h"
#include "ui/session/verb.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace pilothouse::ui {

class FieldGrid;
class SightMatrixView;
class Theme;

// Steps below each other, each with its number, its words and its commands. `after`: below the step that a
// repair is the way of; may be null.
void fillWithSteps(QVBoxLayout& list, const Theme& theme, const QList<models::StepView>& steps,
                   QWidget* after);

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
    void setRepair(const Verb& verb);

Q_SIGNALS:
    void triggered(const pilothouse::ui::Verb& verb);

private:
    const Theme& m_theme;
    QList<models::StepView> m_steps;
    Verb m_repair;
    QVBoxLayout* m_list;
    QPushButton* m_button; // in the step that it is the way of
    QLabel* m_why;         // why it is off
    QLabel* m_stillWorks;
};

} // namespace pilothouse::ui
