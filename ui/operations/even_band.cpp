// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/even_band.h"

#include "domain/check.h"
#include "domain/quorum.h"
#include "text/format.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

#include <algorithm>

namespace pilothouse::ui {

EvenBand::EvenBand(QWidget* parent) : QFrame(parent), m_title(makeParagraph(TextRole::strong)) {
    setProperty("strip", QStringLiteral("attention"));
    setAccessibleName(tr("An even number of replicas"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 9, 18, 9);
    layout->setSpacing(2);
    layout->addWidget(m_title);
    layout->addWidget(
        makeParagraph(TextRole::secondary, Ink::dim,
                      tr("An even number adds work but no safety. Add another soon, or replace one.")));
    hide();
}

void EvenBand::takeFrom(std::vector<api::Finding>& findings) {
    const auto said = std::find_if(findings.begin(), findings.end(), [](const api::Finding& finding) {
        return finding.check == nameOf(domain::CheckId::voterCount) &&
               finding.severity == nameOf(domain::Severity::information) && !finding.numbers.empty();
    });
    setVisible(said != findings.end());
    if (said == findings.end()) {
        return;
    }
    const auto voters = said->numbers.front();
    setTextOf(*m_title,
              tr("%1 replicas can lose %2, the same as %3.")
                  .arg(text::count(voters), text::count(domain::toleranceOf(static_cast<int>(voters))),
                       text::count(voters - 1)));
    findings.erase(said);
}

} // namespace pilothouse::ui
