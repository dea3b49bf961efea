// SPDX-License-Identifier: GPL-3.0-or-later
// The replicas that could be gone on from, the best first, of which one is chosen.
#pragma once

#include "api/repair.h"

#include <QWidget>

class QButtonGroup;
class QLabel;
class QVBoxLayout;

namespace pilothouse::ui {

class SurvivorPage : public QWidget {
    Q_OBJECT
public:
    explicit SurvivorPage(QWidget* parent = nullptr);

    // `ranked`: the best first; it is chosen unless another one that is still there was. `notes`: why others
    // are not among them. Without any of them `none` is said instead, and `way` under it.
    void setSurvivors(const std::vector<api::Survivor>& ranked, const QStringList& notes, const QString& none,
                      const QString& way);
    [[nodiscard]] QString chosen() const { return m_chosen; } // id; empty: there is none
    [[nodiscard]] QList<QWidget*> choices() const;            // buttons, in order
    [[nodiscard]] QWidget* firstChoice() const;               // the chosen one; null: there is none

Q_SIGNALS:
    void edited();

private:
    void addChoice(const api::Survivor& survivor, bool best);
    void choose(const QString& id);

    std::vector<api::Survivor> m_ranked;
    QString m_chosen;
    QVBoxLayout* m_layout;
    QButtonGroup* m_group;
    QLabel* m_why = nullptr;
};

} // namespace pilothouse::ui
