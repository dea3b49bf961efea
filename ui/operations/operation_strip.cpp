// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/operation_strip.h"

#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace pilothouse::ui {

OperationStrip::OperationStrip(QWidget* parent)
    : QFrame(parent), m_title(makeParagraph(TextRole::strong)),
      m_detail(makeParagraph(TextRole::secondary, Ink::dim)), m_show(new QPushButton(tr("Show…"))) {
    setProperty("strip", true);
    setAccessibleName(tr("The change that is under way"));
    m_show->setAccessibleName(tr("Show the change that is under way"));
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_detail);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(18, 9, 12, 9);
    layout->setSpacing(12);
    layout->addLayout(words, 1);
    layout->addWidget(m_show);
    connect(m_show, &QPushButton::clicked, this, &OperationStrip::showRequested);
    hide();
}

void OperationStrip::setOperation(const std::optional<models::OperationView>& operation) {
    if (operation) {
        setTextOf(*m_title, operation->title);
        setTextOf(*m_detail, operation->detail);
        setInk(*m_detail, operation->overdue ? Ink::attention : Ink::dim);
    }
    setVisible(operation.has_value());
}

} // namespace pilothouse::ui
