// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/document_buttons.h"

#include "ui/operations/document_saver.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace pilothouse::ui {

DocumentButtons::DocumentButtons(QWidget* parent)
    : QWidget(parent), m_saver(new DocumentSaver(this)), m_report(new QPushButton(tr("Save report…"))),
      m_runbook(new QPushButton(tr("Save runbook…"))) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    for (QPushButton* button : {m_report, m_runbook}) {
        button->setAutoDefault(false);
        layout->addWidget(button);
    }
    connect(m_saver, &DocumentSaver::told, this, &DocumentButtons::told);
    connect(m_report, &QPushButton::clicked, this, [this] {
        if (m_plan) {
            m_saver->saveReport(*m_plan, m_cluster);
        }
    });
    connect(m_runbook, &QPushButton::clicked, this, [this] {
        if (m_operation) {
            m_saver->saveRunbook(*m_operation, m_cluster);
        } else if (m_plan) {
            m_saver->saveRunbook(*m_plan, m_cluster);
        }
    });
    hide();
}

void DocumentButtons::offer(const std::optional<api::OperationPlan>& report,
                            const std::optional<api::OperationPlan>& runbook, const QString& cluster) {
    m_operation.reset();
    m_plan = report ? report : runbook;
    m_cluster = cluster;
    m_report->setVisible(report.has_value());
    m_runbook->setVisible(runbook.has_value());
    setVisible(m_plan.has_value());
}

void DocumentButtons::offer(const api::Operation& operation, const QString& cluster) {
    m_operation = operation;
    m_cluster = cluster;
    m_report->hide();
    m_runbook->show();
    show();
}

} // namespace pilothouse::ui
