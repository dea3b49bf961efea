// SPDX-License-Identifier: GPL-3.0-or-later
// A command to be copied: its text, selectable, and a button.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace pilothouse::ui {

class Theme;

class CommandField : public QWidget {
    Q_OBJECT
public:
    // With `words` the button says "Copy"; else it is an icon with that name.
    CommandField(const Theme& theme, const QString& command, bool words = false, QWidget* parent = nullptr);
    [[nodiscard]] const QString& command() const { return m_command; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void copy();
    void dress();

    const Theme& m_theme;
    QString m_command;
    QLabel* m_text;
    QPushButton* m_copy;
    bool m_words;
};

} // namespace pilothouse::ui
