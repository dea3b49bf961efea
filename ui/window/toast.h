// SPDX-License-Identifier: GPL-3.0-or-later
// Short messages: seen at the window's lower edge, or only heard through a screen reader.
#pragma once

#include "ui/theme/theme.h"

#include <QLabel>
#include <QTimer>

namespace pilothouse::ui {

// To assistive technology an alert that appears; its name is the message. Never takes the keyboard.
class Toast : public QLabel {
    Q_OBJECT
public:
    Toast(const Theme& theme, QWidget* window);

    void tell(const QString& sentence, bool failed); // seen and heard
    void announce(const QString& sentence);          // heard only; after what is to be seen

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void appear(const QString& sentence, bool visibly);
    void place();

    const Theme& m_theme;
    QTimer m_timer;    // runs only while something is shown
    QString m_waiting; // to be announced when what is seen goes
    bool m_visibly = false;
    bool m_failed = false;
};

} // namespace pilothouse::ui
