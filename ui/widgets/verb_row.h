// SPDX-License-Identifier: GPL-3.0-or-later
// Buttons for verbs, in as many rows as they need. Buttons that stay keep their focus when the others change.
#pragma once

#include "ui/session/verb.h"

#include <QWidget>

class QPushButton;

namespace pilothouse::ui {

class FlowLayout;

class VerbRow : public QWidget {
    Q_OBJECT
public:
    explicit VerbRow(QWidget* parent = nullptr);
    void setVerbs(const Verbs& verbs);
    [[nodiscard]] const Verbs& verbs() const { return m_verbs; }

Q_SIGNALS:
    void triggered(const pilothouse::ui::Verb& verb);

private:
    void addButton();
    void dress(QPushButton& button, const Verb& verb);

    Verbs m_verbs;
    QList<QPushButton*> m_buttons;
    FlowLayout* m_layout;
};

} // namespace pilothouse::ui
