// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/review_page.h"

#include "text/operation_words.h"
#include "ui/operations/margin_rings.h"
#include "ui/operations/wizard.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_field.h"
#include "ui/widgets/empty_layout.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

namespace pilothouse::ui {

ReviewPage::ReviewPage(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_layout(new QVBoxLayout(this)), m_rings(new MarginRings(theme)) {
    m_layout->setContentsMargins(18, 14, 18, 14);
    m_layout->setSpacing(4);
    m_layout->addWidget(m_rings);
    m_steps = addPart(*m_layout, tr("In this order"));
    m_goesOn = addPart(*m_layout, tr("If this computer stops"));
    m_command = new QVBoxLayout;
    m_command->setSpacing(4);
    m_layout->addLayout(m_command);
    m_layout->addStretch(1);
}

void ReviewPage::setPlan(const api::OperationPlan& plan, const ChangeWish& wish, const QString& command) {
    m_rings->setPlan(plan);
    QStringList steps;
    for (std::size_t at = 0; at < plan.steps.size(); ++at) {
        steps << QStringLiteral("%1. %2").arg(at + 1).arg(text::stepTitle(plan, at));
    }
    setTextOf(*m_steps, steps.join(QLatin1Char('\n')));
    setTextOf(*m_goesOn, goesOnWords(wish));
    emptyLayout(*m_command);
    if (const QString leaves = cancelledWords(wish); !leaves.isEmpty()) {
        addPart(*m_command, tr("If it is cancelled"), leaves);
    }
    m_command->addWidget(makeLabel(TextRole::caption, Ink::dim, tr("The same as a command")));
    m_command->addWidget(new CommandField(m_theme, command));
    if (const QString note = commandNote(wish); !note.isEmpty()) {
        m_command->addWidget(makeParagraph(TextRole::secondary, Ink::dim, note));
    }
}

} // namespace pilothouse::ui
