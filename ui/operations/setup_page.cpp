// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/setup_page.h"

#include "ui/theme/theme.h"
#include "ui/widgets/command_field.h"
#include "ui/widgets/label.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace pilothouse::ui {
namespace {

constexpr QLatin1String codeBegin("phsetup1.");
constexpr QLatin1String tokenBegin("phjoin");

// What is wrong with it at first sight; the host looks closer. Empty: nothing.
QString fault(const QString& code) {
    if (code.isEmpty() || (code.startsWith(codeBegin) && code.size() > codeBegin.size())) {
        return {};
    }
    return code.startsWith(tokenBegin)
               ? SetupPage::tr("This is a join token, which the cluster gives. Paste the setup code, which "
                               "the new host shows: it begins with “phsetup1.”.")
               : SetupPage::tr("A setup code begins with “phsetup1.”: copy the whole line that the new host "
                               "shows.");
}

} // namespace

SetupPage::SetupPage(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_code(new QLineEdit),
      m_wrong(makeParagraph(TextRole::secondary, Ink::bad)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 14, 18, 14);
    layout->setSpacing(4);
    const auto add = [&](const QString& heading, const QString& words, const QString& command,
                         const QString& more) {
        layout->addWidget(makeLabel(TextRole::strong, Ink::value, heading));
        layout->addWidget(makeParagraph(TextRole::text, Ink::dim, words));
        layout->addWidget(new CommandField(m_theme, command, true));
        layout->addWidget(makeParagraph(TextRole::secondary, Ink::dim, more));
        layout->addSpacing(14);
    };
    add(tr("1. Let the new host wait"), tr("Run this there. It changes nothing yet."),
        QStringLiteral("pilothouse-replica serve --join-host ADDRESS"),
        tr("ADDRESS is the new host’s own name or address, by which clients and the other replicas reach "
           "it."));
    add(tr("Or, where systemd starts it"),
        tr("Put this line into /etc/pilothouse/pilothouse-replica.conf, and start the service. The code is "
           "then in /var/lib/pilothouse/setup-code."),
        QStringLiteral("join-host = ADDRESS"), {});
    auto* heading = makeLabel(TextRole::strong, Ink::value, tr("2. Paste the setup code that it shows"));
    heading->setBuddy(m_code);
    layout->addWidget(heading);
    layout->addWidget(makeParagraph(
        TextRole::text, Ink::dim,
        tr("One long line that begins with “phsetup1.”. It is a secret, and is not kept here.")));
    layout->addSpacing(4); // for the frame of the focus
    layout->addWidget(m_code);
    layout->addWidget(m_wrong);
    layout->addSpacing(14);
    layout->addWidget(makeLabel(TextRole::strong, Ink::value, tr("What happens then")));
    layout->addWidget(makeParagraph(
        TextRole::text, Ink::dim,
        tr("The cluster asks the host what it is, and tries all ways between it and the replicas. If you "
           "let it join, it copies the state and every blob first, without a vote, and votes once it has "
           "them.")));
    layout->addStretch(1);

    m_code->setEchoMode(QLineEdit::Password);
    m_code->setAccessibleName(tr("Setup code"));
    m_code->setPlaceholderText(tr("setup code"));
    m_wrong->hide();
    connect(m_code, &QLineEdit::textChanged, this, [this] {
        const QString words = fault(code());
        setTextOf(*m_wrong, words);
        m_wrong->setVisible(!words.isEmpty());
        m_code->setAccessibleDescription(words);
        Q_EMIT edited();
    });
    connect(m_code, &QLineEdit::returnPressed, this, &SetupPage::entered);
}

QString SetupPage::code() const {
    return m_code->text().simplified().remove(QLatin1Char(' '));
}

void SetupPage::forgetCode() {
    m_code->clear();
}

QString SetupPage::missing() const {
    if (code().isEmpty()) {
        return tr("Waits for the setup code.");
    }
    return fault(code()).isEmpty() ? QString() : tr("This is no setup code.");
}

} // namespace pilothouse::ui
