// SPDX-License-Identifier: GPL-3.0-or-later
// How a new host is made to wait for the cluster, and the field for the setup code that it shows then.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace pilothouse::ui {

class Theme;

class SetupPage : public QWidget {
    Q_OBJECT
public:
    explicit SetupPage(const Theme& theme, QWidget* parent = nullptr);

    // A secret. Without the white space that a terminal puts into a long line.
    [[nodiscard]] QString code() const;
    void forgetCode();
    // What has to be done here before one may go on; empty: nothing.
    [[nodiscard]] QString missing() const;
    [[nodiscard]] QLineEdit* field() const { return m_code; }

Q_SIGNALS:
    void edited();
    void entered(); // the person wants to go on

private:
    const Theme& m_theme;
    QLineEdit* m_code;
    QLabel* m_wrong;
};

} // namespace pilothouse::ui
