// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/status/bands.h"

#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace pilothouse::ui {

SandboxBand::SandboxBand(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    QLabel* words =
        makeLabel(TextRole::caption, Ink::dim, tr("Sandbox: real replicas, on this computer only"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 4, 16, 4);
    layout->addStretch(1);
    layout->addWidget(words);
    layout->addStretch(1);
    words->setContentsMargins(10, 1, 10, 1);
    words->setObjectName(QStringLiteral("sandboxWords"));
}

void SandboxBand::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Tokens& colours = m_theme.colours();
    painter.fillRect(rect(), colours.window);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colours.line, 6));
    for (int x = -height(); x < width() + height(); x += 17) {
        painter.drawLine(x, height() + 2, x + height() + 4, -2);
    }
    // The words stand on plain ground.
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.window);
    painter.drawRoundedRect(QRectF(findChild<QLabel*>(QStringLiteral("sandboxWords"))->geometry()), 6, 6);
}

NotLiveBand::NotLiveBand(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_words(makeParagraph(TextRole::strong)),
      m_retry(new QPushButton(tr("Try again now"))) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(44, 8, 12, 8);
    layout->addWidget(m_words, 1, Qt::AlignVCenter);
    layout->addWidget(m_retry);
    connect(m_retry, &QPushButton::clicked, this, &NotLiveBand::retryRequested);
    hide();
}

void NotLiveBand::setWords(const QString& words) {
    setTextOf(*m_words, words);
    setVisible(!words.isEmpty());
}

void NotLiveBand::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& colours = m_theme.colours();
    QPen pen(colours.dim, 1.4, Qt::DashLine);
    painter.setPen(pen);
    painter.setBrush(colours.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 9, 9);
    drawSign(painter, QRectF(18, height() / 2.0 - 7, 14, 14), {}, colours);
}

} // namespace pilothouse::ui
