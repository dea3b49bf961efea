// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/password_dialog.h"

#include "ui/theme/theme.h"
#include "ui/widgets/focus_frame.h"
#include "ui/widgets/label.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace pilothouse::ui {

PasswordDialog::PasswordDialog(const Theme& theme, const QString& cluster, const QString& user, bool refused,
                               QWidget* parent)
    : QDialog(parent), m_user(new QLineEdit(user)), m_secret(new QLineEdit),
      m_keep(new QCheckBox(tr("Keep the password in the system’s keyring"))) {
    setWindowTitle(tr("Log in to %1").arg(cluster));
    setMinimumWidth(440);
    m_secret->setEchoMode(QLineEdit::Password);
    m_keep->setChecked(true);
    auto* cancel = new QPushButton(tr("Cancel"));
    auto* strong = new QPushButton(tr("Log in"));
    strong->setProperty("kind", QStringLiteral("primary"));
    strong->setDefault(true);
    cancel->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(strong);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(32, 28, 32, 24);
    layout->setSpacing(6);
    layout->addWidget(makeParagraph(TextRole::sentence, Ink::value, windowTitle()));
    layout->addWidget(makeParagraph(TextRole::secondary, refused ? Ink::bad : Ink::dim,
                                    refused ? tr("The cluster refused this user and password.")
                                            : tr("No password is kept for this cluster.")));
    for (const auto& [name, field] :
         {std::pair{tr("User"), m_user}, {tr("Password or access token"), m_secret}}) {
        QLabel* label = makeLabel(TextRole::secondary, Ink::value, name);
        label->setBuddy(field);
        field->setAccessibleName(name);
        layout->addSpacing(4);
        layout->addWidget(label);
        layout->addWidget(field);
    }
    layout->addSpacing(6);
    layout->addWidget(m_keep);
    layout->addSpacing(10);
    layout->addLayout(buttons);
    m_secret->setFocus();
    new FocusFrame(theme, this);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(strong, &QPushButton::clicked, this, &PasswordDialog::onDone);
}

void PasswordDialog::onDone() {
    if (m_user->text().trimmed().isEmpty() || m_secret->text().isEmpty()) {
        (m_user->text().trimmed().isEmpty() ? m_user : m_secret)->setFocus();
        return;
    }
    Q_EMIT given(m_user->text().trimmed(), m_secret->text(), m_keep->isChecked());
    accept();
}

} // namespace pilothouse::ui
