// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/verb_row.h"

#include "ui/widgets/flow_layout.h"

#include <QPushButton>
#include <QStyle>

namespace pilothouse::ui {

namespace {

// Made at once, so that they have their place in the order of the keyboard.
constexpr int usualVerbs = 7;

} // namespace

VerbRow::VerbRow(QWidget* parent) : QWidget(parent), m_layout(new FlowLayout(8, this)) {
    for (int i = 0; i < usualVerbs; ++i) {
        addButton();
    }
}

void VerbRow::addButton() {
    auto* button = new QPushButton;
    const qsizetype index = m_buttons.size();
    connect(button, &QPushButton::clicked, this, [this, index] { Q_EMIT triggered(m_verbs[index]); });
    button->hide();
    m_layout->addWidget(button);
    m_buttons.append(button);
}

void VerbRow::setVerbs(const Verbs& verbs) {
    if (verbs == m_verbs) {
        return;
    }
    m_verbs = verbs;
    while (m_buttons.size() < verbs.size()) {
        addButton();
    }
    for (qsizetype i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i]->setVisible(i < verbs.size());
        if (i < verbs.size()) {
            dress(*m_buttons[i], verbs[i]);
        }
    }
    setVisible(!verbs.isEmpty());
}

void VerbRow::dress(QPushButton& button, const Verb& verb) {
    const QString kind = verb.strong ? QStringLiteral("primary")
                         : verb.kind == VerbKind::kill || verb.kind == VerbKind::putBack
                             ? QStringLiteral("destructive")
                             : QString();
    button.setText(verb.label);
    button.setEnabled(verb.why.isEmpty());
    button.setToolTip(verb.why);
    button.setAccessibleDescription(verb.why);
    if (button.property("kind").toString() != kind) {
        button.setProperty("kind", kind);
        button.style()->unpolish(&button);
        button.style()->polish(&button);
    }
}

} // namespace pilothouse::ui
