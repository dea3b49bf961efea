// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/connect_dialog.h"

#include "client/addresses.h"
#include "ui/dialogs/trust_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/focus_frame.h"
#include "ui/widgets/label.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace pilothouse::ui {
namespace {

// A field with its name above it.
void addField(QGridLayout& grid, int row, int column, int span, const QString& name, QLineEdit& field) {
    QLabel* label = makeLabel(TextRole::secondary, Ink::value, name);
    label->setBuddy(&field);
    field.setAccessibleName(name);
    grid.addWidget(label, row, column, 1, span);
    grid.addWidget(&field, row + 1, column, 1, span);
}

void setKind(QPushButton& button, const QString& kind) {
    if (button.property("kind").toString() != kind) {
        button.setProperty("kind", kind);
        button.style()->unpolish(&button);
        button.style()->polish(&button);
    }
}

} // namespace

ConnectDialog::ConnectDialog(const Theme& theme, Look look, Known known, QWidget* parent)
    : QDialog(parent), m_theme(theme), m_look(std::move(look)), m_known(std::move(known)),
      m_address(new QLineEdit), m_user(new QLineEdit), m_secret(new QLineEdit),
      m_message(makeParagraph(TextRole::secondary, Ink::bad)), m_trust(new TrustPanel(theme)),
      m_keep(new QCheckBox(tr("Keep the password in the system’s keyring"))),
      m_cancel(new QPushButton(tr("Cancel"))), m_strong(new QPushButton(tr("Look who is there"))) {
    setWindowTitle(tr("Connect to a cluster"));
    setMinimumWidth(680);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(32, 28, 32, 24);
    layout->setSpacing(6);
    layout->addWidget(makeLabel(TextRole::sentence, Ink::value, windowTitle()));
    layout->addWidget(makeParagraph(
        TextRole::secondary, Ink::dim,
        tr("One replica’s address is enough. Not the load balancer’s: each replica is asked by itself.")));
    layout->addSpacing(10);
    buildForm(*layout);
    layout->addSpacing(10);
    layout->addWidget(m_message);
    layout->addWidget(m_trust);
    layout->addSpacing(8);
    layout->addWidget(m_keep);
    layout->addStretch(1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(12);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_strong);
    layout->addSpacing(12);
    layout->addLayout(buttons);

    m_keep->setChecked(true);
    m_strong->setProperty("kind", QStringLiteral("primary"));
    m_strong->setDefault(true);
    m_cancel->setAutoDefault(false);
    m_message->hide();
    m_trust->hide();
    new FocusFrame(theme, this);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_strong, &QPushButton::clicked, this, &ConnectDialog::onStrongButton);
    connect(m_address, &QLineEdit::textEdited, this, &ConnectDialog::backToForm);
    connect(&m_looking, &QFutureWatcherBase::finished, this, &ConnectDialog::onLooked);
}

ConnectDialog::~ConnectDialog() {
    m_looking.disconnect();
    m_looking.cancel();
}

void ConnectDialog::buildForm(QVBoxLayout& layout) {
    m_secret->setEchoMode(QLineEdit::Password);
    m_user->setText(QStringLiteral("admin"));
    m_address->setPlaceholderText(QStringLiteral("reg-1.example.com"));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(5);
    grid->setRowMinimumHeight(2, 8);
    addField(*grid, 0, 0, 2, tr("Address"), *m_address);
    addField(*grid, 3, 0, 1, tr("User"), *m_user);
    addField(*grid, 3, 1, 1, tr("Password or access token"), *m_secret);
    layout.addLayout(grid);
}

void ConnectDialog::onStrongButton() {
    if (!m_seen) {
        startLooking();
        return;
    }
    m_request.user = m_user->text().trimmed();
    m_request.secret = m_secret->text();
    m_request.keepSecret = m_keep->isChecked();
    if (m_request.user.isEmpty() || m_request.secret.isEmpty()) {
        showError(tr("Give a user and a password or access token."));
        (m_request.user.isEmpty() ? m_user : m_secret)->setFocus();
        return;
    }
    Q_EMIT trusted(m_request);
    accept();
}

void ConnectDialog::startLooking() {
    const Result<QUrl> address = client::parseAddress(m_address->text().trimmed());
    if (!address) {
        showError(QString::fromStdString(address.error().text()));
        m_address->setFocus();
        return;
    }
    m_request.address = *address;
    showError({});
    setBusy(true);
    m_looking.setFuture(m_look(*address));
}

void ConnectDialog::onLooked() {
    setBusy(false);
    if (m_looking.isCanceled() || m_looking.future().resultCount() == 0) {
        return;
    }
    const Result<client::PresentedAuthority> seen = m_looking.result();
    if (!seen) {
        showError(QString::fromStdString(seen.error().text()));
        m_address->setFocus();
        return;
    }
    showSeen(*seen);
}

void ConnectDialog::showSeen(const client::PresentedAuthority& seen) {
    const std::optional<KnownCluster> known = m_known ? m_known(m_request.address, seen) : std::nullopt;
    const bool changed = known && known->fingerprint != seen.fingerprint;
    m_request.authority = seen;
    m_request.replaces = known ? known->name : QString();
    m_seen = true;
    m_trust->setAuthority(seen, known.value_or(KnownCluster{}));
    m_trust->show();
    m_strong->setText(!known    ? tr("It is the same, trust it")
                      : changed ? tr("It is right, trust the new one")
                                : tr("Connect"));
    setKind(*m_strong, changed ? QStringLiteral("destructive") : QStringLiteral("primary"));
    // Enter must not trust what nobody has looked at: what is to be compared gets the keyboard.
    m_strong->setDefault(known && !changed);
    m_strong->setAutoDefault(known && !changed);
    if (!known || changed) {
        m_trust->focusFingerprint();
    }
    adjustSize();
}

void ConnectDialog::backToForm() {
    if (m_looking.isRunning()) {
        m_looking.cancel();
        m_looking.setFuture({});
        setBusy(false);
    }
    m_seen = false;
    m_trust->hide();
    m_strong->setText(tr("Look who is there"));
    setKind(*m_strong, QStringLiteral("primary"));
    m_strong->setDefault(true);
    m_strong->setAutoDefault(true);
    showError({});
}

void ConnectDialog::showError(const QString& sentence) {
    m_message->setText(sentence);
    m_message->setVisible(!sentence.isEmpty());
}

void ConnectDialog::setBusy(bool busy) {
    m_strong->setEnabled(!busy);
    m_strong->setText(busy ? tr("Asking…") : tr("Look who is there"));
}

} // namespace pilothouse::ui
