// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/status/fact_row.h"

#include "ui/widgets/flow_layout.h"
#include "ui/widgets/label.h"

#include <QPushButton>

namespace pilothouse::ui {
namespace {

// Made at once, so that they have their place in the order of the keyboard.
constexpr int usualFacts = 5;
constexpr int gap = 8;

} // namespace

FactRow::FactRow(QWidget* parent) : QWidget(parent), m_layout(new FlowLayout(0, this)) {
    for (int i = 0; i < usualFacts; ++i) {
        addPlace();
    }
}

void FactRow::addPlace() {
    const qsizetype index = m_links.size();
    auto* dot = makeLabel(TextRole::secondary, Ink::dim, QStringLiteral("·"));
    dot->setContentsMargins(gap, 0, gap, 0);
    auto* link = new QPushButton;
    link->setFont(fontFor(TextRole::secondary));
    link->setProperty("kind", QStringLiteral("fact"));
    link->setCursor(Qt::PointingHandCursor);
    link->hide();
    link->ensurePolished();
    dot->setFixedHeight(link->sizeHint().height()); // in the middle of the links' line
    dot->setAlignment(Qt::AlignVCenter);
    dot->hide();
    connect(link, &QPushButton::clicked, this, [this, index] { Q_EMIT pageRequested(m_facts[index].page); });
    m_layout->addWidget(dot); // the first one is never shown
    m_layout->addWidget(link);
    m_dots.append(dot);
    m_links.append(link);
}

void FactRow::setFacts(const QList<models::FactView>& facts) {
    if (facts == m_facts) {
        return;
    }
    m_facts = facts;
    while (m_links.size() < facts.size()) {
        addPlace();
    }
    for (qsizetype i = 0; i < m_links.size(); ++i) {
        const bool shown = i < facts.size();
        if (shown && m_links[i]->text() != facts[i].text) {
            m_links[i]->setText(facts[i].text);
        }
        m_links[i]->setVisible(shown);
        m_dots[i]->setVisible(shown && i > 0);
    }
    setVisible(!facts.isEmpty());
}

} // namespace pilothouse::ui
