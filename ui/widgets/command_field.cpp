// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/command_field.h"

#include "ui/theme/theme.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/label.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolTip>

namespace pilothouse::ui {

// A long command in two or more lines, so that it can still be pasted whole: the shell goes on after a
// backslash.
static QString inShortLines(const QString& command, bool wide) {
    const qsizetype fits = wide ? 84 : 36;
    return command.size() <= fits
               ? command
               : QString(command).replace(QLatin1String(" --"), QLatin1String(" \\\n  --"));
}

CommandField::CommandField(const Theme& theme, const QString& command, bool words, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_command(command),
      m_text(makeParagraph(TextRole::code, Ink::value, inShortLines(command, words))),
      m_copy(new QPushButton), m_words(words) {
    m_text->setProperty("kind", QStringLiteral("command"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFocusPolicy(Qt::ClickFocus); // the button is the tab stop
    m_copy->setAccessibleName(tr("Copy “%1”").arg(command));
    if (words) {
        m_copy->setText(tr("Copy"));
    } else {
        m_copy->setProperty("kind", QStringLiteral("icon"));
        m_copy->setToolTip(tr("Copy"));
    }
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_copy, 0, Qt::AlignTop);
    connect(m_copy, &QPushButton::clicked, this, &CommandField::copy);
    dress();
}

void CommandField::copy() {
    QGuiApplication::clipboard()->setText(m_command);
    QToolTip::showText(m_copy->mapToGlobal(QPoint(0, m_copy->height())), tr("Copied"), m_copy);
}

void CommandField::dress() {
    if (!m_words) {
        m_copy->setIcon(makeIcon(QStringLiteral("copy"), m_theme.colours().ink, m_theme.colours().faint));
    }
}

void CommandField::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        dress();
    }
}

} // namespace pilothouse::ui
