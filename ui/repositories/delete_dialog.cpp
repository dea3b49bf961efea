// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/repositories/delete_dialog.h"

#include "text/format.h"
#include "text/registry_words.h"
#include "ui/widgets/focus_frame.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace pilothouse::ui {

namespace {

constexpr std::size_t mostNamed = 8;

} // namespace

DeleteDialog::DeleteDialog(const Theme& theme, const api::Deletion& would, const QString& what,
                           QWidget* parent)
    : QDialog(parent), m_delete(new QPushButton(tr("Delete"))) {
    setWindowTitle(tr("Delete %1?").arg(what));
    setMinimumWidth(520);
    auto* cancel = new QPushButton(tr("Keep it"));
    m_delete->setProperty("kind", QStringLiteral("destructive"));
    m_delete->setAutoDefault(false);
    cancel->setDefault(true);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(32, 28, 32, 24);
    layout->setSpacing(8);
    auto* title = makeParagraph(TextRole::sentence, Ink::value, windowTitle());
    layout->addWidget(title);
    layout->addWidget(makeParagraph(TextRole::text, Ink::value, text::whatGoes(would)));
    QStringList lines;
    for (const api::RelatedManifest& manifest : would.manifests) {
        if (static_cast<std::size_t>(lines.size()) == mostNamed) {
            lines << tr("and %n more", nullptr, static_cast<int>(would.manifests.size() - mostNamed));
            break;
        }
        lines << QStringLiteral("%1 · %2 · %3")
                     .arg(text::shortDigest(QString::fromStdString(manifest.digest)),
                          text::counted(text::kindOf(manifest), 1), text::bytes(manifest.bytes));
    }
    if (!lines.isEmpty()) {
        layout->addWidget(makeParagraph(TextRole::secondary, Ink::dim, lines.join(QLatin1Char('\n'))));
    }
    layout->addWidget(
        makeParagraph(TextRole::secondary, Ink::dim, tr("It goes on every replica. There is no way back.")));
    if (would.whole_repository) {
        m_name = new QLineEdit;
        m_name->setAccessibleName(tr("Type %1 to delete it").arg(what));
        layout->addSpacing(6);
        layout->addWidget(
            makeParagraph(TextRole::secondary, Ink::value, tr("Type %1 to delete it").arg(what)));
        layout->addWidget(m_name);
        m_delete->setEnabled(false);
        connect(m_name, &QLineEdit::textChanged, this,
                [this, what](const QString& typed) { m_delete->setEnabled(typed == what); });
    }
    layout->addSpacing(10);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(12);
    buttons->addStretch(1);
    buttons->addWidget(m_delete);
    buttons->addWidget(cancel);
    layout->addLayout(buttons);
    new FocusFrame(theme, this);
    if (m_name == nullptr) {
        cancel->setFocus();
    }
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_delete, &QPushButton::clicked, this, &QDialog::accept);
}

} // namespace pilothouse::ui
