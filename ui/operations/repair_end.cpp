// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/repair_end.h"

#include "domain/repair.h"
#include "text/format.h"
#include "text/repair_words.h"
#include "ui/operations/repair_review.h"
#include "ui/operations/wizard.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_field.h"
#include "ui/widgets/empty_layout.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

namespace pilothouse::ui {
namespace {

// Who may come back and join again: those that were not said to be destroyed.
QStringList mayReturn(const api::Repair& repair) {
    QStringList names;
    for (const api::SilentMember& each : repair.silent) {
        if (each.statement != nameOf(domain::Statement::destroyed)) {
            names += QString::fromStdString(each.name.empty() ? each.replica : each.name);
        }
    }
    return names;
}

} // namespace

RepairEnd::RepairEnd(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_layout(new QVBoxLayout(this)) {
    m_layout->setContentsMargins(18, 0, 18, 14);
    m_layout->setSpacing(4);
}

void RepairEnd::setRepair(const api::Repair& repair, const QString& cluster) {
    emptyLayout(*m_layout);
    if (domain::repairPhaseOf(repair.phase) != domain::RepairPhase::done) {
        return;
    }
    QString next = tr("The loss of this one replica would lose the cluster: add two replicas. Once the "
                      "second has joined the repair cannot be put back.");
    if (const QStringList names = mayReturn(repair); !names.isEmpty()) {
        next += u' ' + tr("%1 may join again like new hosts, once their data is copied aside and their "
                          "folders are emptied.",
                          nullptr, static_cast<int>(names.size()))
                           .arg(text::list(names));
    }
    addPart(*m_layout, tr("Next"), next);
    addPart(*m_layout, tr("The way back"),
            tr("The engine’s data of before is in %1.").arg(QString::fromStdString(repair.copy_path)) + u' ' +
                text::putBackWords(repair));
    m_layout->addWidget(makeLabel(TextRole::caption, Ink::dim, tr("The same as a command")));
    m_layout->addWidget(new CommandField(m_theme, repairCommand(repair, cluster)));
    m_layout->addStretch(1);
}

} // namespace pilothouse::ui
