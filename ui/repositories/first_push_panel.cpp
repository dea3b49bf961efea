// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/repositories/first_push_panel.h"

#include "text/registry_lines.h"
#include "ui/widgets/command_field.h"
#include "ui/widgets/empty_layout.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

namespace pilothouse::ui {

FirstPushPanel::FirstPushPanel(const Theme& theme, QWidget* parent)
    : Panel(tr("First push"), parent), m_theme(theme), m_lines(new QVBoxLayout) {
    auto* column = new QWidget;
    column->setMaximumWidth(760);
    auto* inner = new QVBoxLayout(column);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(6);
    inner->addWidget(makeLabel(TextRole::sentence, Ink::value, tr("Nothing has been pushed yet")));
    inner->addWidget(
        makeParagraph(TextRole::text, Ink::dim,
                      tr("These lines push an image through one replica and pull it through another.")));
    inner->addSpacing(10);
    m_lines->setSpacing(4);
    inner->addLayout(m_lines);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(32, 28, 32, 28);
    layout->addWidget(column, 1, Qt::AlignTop);
    layout->addStretch(0);
}

void FirstPushPanel::setLines(const std::vector<domain::RegistryLine>& lines, const QString& cluster) {
    if (lines == m_shown && m_lines->count() > 0) {
        return;
    }
    m_shown = lines;
    emptyLayout(*m_lines);
    const auto add = [this](const QString& words, const QString& command) {
        m_lines->addWidget(makeParagraph(TextRole::secondary, Ink::dim, words));
        m_lines->addWidget(new CommandField(m_theme, command, true));
        m_lines->addWidget(makeLabel(TextRole::small));
    };
    const QString trust = QStringLiteral("pilothousectl trust %1 --install")
                              .arg(QString::fromStdString(domain::shellWord(cluster.toStdString())));
    add(tr("Once: let this computer's clients trust the cluster"), trust);
    for (const domain::RegistryLine& line : lines) {
        add(text::explanation(line.step), QString::fromStdString(line.command));
    }
}

} // namespace pilothouse::ui
