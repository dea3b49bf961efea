// SPDX-License-Identifier: GPL-3.0-or-later
// "Save report…" and "Save runbook…", of a plan or of an operation.
#pragma once

#include "api/operations.h"

#include <QWidget>

#include <optional>

class QPushButton;

namespace pilothouse::ui {

class DocumentSaver;

class DocumentButtons : public QWidget {
    Q_OBJECT
public:
    explicit DocumentButtons(QWidget* parent = nullptr);

    // Nothing: there is no report to save, or no runbook, and the button goes. `cluster`: its name.
    void offer(const std::optional<api::OperationPlan>& report,
               const std::optional<api::OperationPlan>& runbook, const QString& cluster);
    // The runbook of one that is over.
    void offer(const api::Operation& operation, const QString& cluster);
    [[nodiscard]] QPushButton* reportButton() const { return m_report; }
    [[nodiscard]] QPushButton* runbookButton() const { return m_runbook; }
    [[nodiscard]] DocumentSaver* saver() const { return m_saver; }

Q_SIGNALS:
    void told(const QString& sentence, bool failed);

private:
    DocumentSaver* m_saver;
    QPushButton* m_report;
    QPushButton* m_runbook;
    std::optional<api::OperationPlan> m_plan;
    std::optional<api::Operation> m_operation; // stands before the plan
    QString m_cluster;
};

} // namespace pilothouse::ui
