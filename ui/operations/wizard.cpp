// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/wizard.h"

#include "ui/widgets/focus_frame.h"
#include "ui/widgets/label.h"

#include <QDialog>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace pilothouse::ui {

void layOutWizard(const Theme& theme, QDialog* dialog, QWidget* rail, const WizardParts& parts) {
    auto* right = new QVBoxLayout;
    right->setContentsMargins(32, 24, 24, 24);
    right->setSpacing(6);
    right->addWidget(parts.title);
    right->addWidget(parts.subtitle);
    right->addSpacing(8);
    right->addWidget(parts.pages, 1);
    right->addSpacing(14);
    right->addLayout(parts.buttons);
    auto* layout = new QHBoxLayout(dialog);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(rail);
    layout->addLayout(right, 1);
    new FocusFrame(theme, dialog);
}

QLabel* addPart(QVBoxLayout& layout, const QString& heading, const QString& words) {
    QLabel* told = makeParagraph(TextRole::text, Ink::value, words);
    layout.addWidget(makeLabel(TextRole::caption, Ink::dim, heading));
    layout.addWidget(told);
    layout.addSpacing(6);
    return told;
}

} // namespace pilothouse::ui
