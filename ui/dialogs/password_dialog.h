// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for a password or access token: none is kept, or the cluster refused the one that was.
#pragma once

#include <QDialog>

class QCheckBox;
class QLineEdit;

namespace pilothouse::ui {

class Theme;

class PasswordDialog : public QDialog {
    Q_OBJECT
public:
    PasswordDialog(const Theme& theme, const QString& cluster, const QString& user, bool refused,
                   QWidget* parent = nullptr);

Q_SIGNALS:
    void given(const QString& user, const QString& secret, bool keep);

private:
    void onDone();

    QLineEdit* m_user;
    QLineEdit* m_secret;
    QCheckBox* m_keep;
};

} // namespace pilothouse::ui
