// SPDX-License-Identifier: GPL-3.0-or-later
// What the wizards of all changes look like.
#pragma once

#include <QString>

class QDialog;
class QLabel;
class QLayout;
class QVBoxLayout;
class QWidget;

namespace pilothouse::ui {

class Theme;

// What stands beside the rail, from top to bottom.
struct WizardParts {
    QWidget* title;
    QWidget* subtitle;
    QWidget* pages;
    QLayout* buttons;
};
// Puts the rail at the side and the parts beside it; `dialog` owns all of it then.
void layOutWizard(const Theme& theme, QDialog* dialog, QWidget* rail, const WizardParts& parts);

// Words under a heading, at the end of `layout`; may be told later.
QLabel* addPart(QVBoxLayout& layout, const QString& heading, const QString& words = {});

} // namespace pilothouse::ui
