// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/trust_panel.h"

#include "ui/dialogs/connect_dialog.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_field.h"
#include "ui/widgets/label.h"

#include <QGridLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace pilothouse::ui {

constexpr int pairsInALine = 16;

TrustPanel::TrustPanel(const Theme& theme, QWidget* parent)
    : QFrame(parent), m_theme(theme), m_title(makeParagraph(TextRole::strong)),
      m_words(makeParagraph(TextRole::secondary, Ink::dim)),
      m_about(makeParagraph(TextRole::secondary, Ink::dim)) {
    m_title->setContentsMargins(18, 0, 0, 0);
    auto* fingerprints = new QGridLayout;
    fingerprints->setHorizontalSpacing(16);
    fingerprints->setVerticalSpacing(10);
    fingerprints->setColumnStretch(1, 1);
    m_old = addFingerprint(*fingerprints, m_oldKind);
    m_fingerprint = addFingerprint(*fingerprints, m_kind);
    m_oldKind->setText(tr("Trusted"));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 16, 18);
    layout->setSpacing(6);
    layout->addWidget(m_title);
    layout->addWidget(m_words);
    layout->addWidget(new CommandField(theme, QStringLiteral("sudo pilothouse-replica fingerprint"), true));
    layout->addSpacing(8);
    layout->addLayout(fingerprints);
    layout->addSpacing(6);
    layout->addWidget(m_about);
}

QLabel* TrustPanel::addFingerprint(QGridLayout& grid, QLabel*& kind) {
    kind = makeLabel(TextRole::code);
    QLabel* value = makeLabel(TextRole::code);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setFocusPolicy(Qt::StrongFocus);
    kind->setBuddy(value);
    const int row = grid.rowCount();
    grid.addWidget(kind, row, 0, Qt::AlignTop);
    grid.addWidget(value, row, 1);
    return value;
}

void TrustPanel::focusFingerprint() {
    m_fingerprint->setFocus(Qt::OtherFocusReason);
}

QString TrustPanel::inTwoLines(const QString& fingerprint) {
    const QStringList pairs = fingerprint.split(QLatin1Char(':'));
    if (pairs.size() <= pairsInALine) {
        return fingerprint;
    }
    return pairs.mid(0, pairsInALine).join(QLatin1Char(':')) + QLatin1Char('\n') +
           pairs.mid(pairsInALine).join(QLatin1Char(':'));
}

void TrustPanel::setAuthority(const client::PresentedAuthority& authority, const KnownCluster& known) {
    const bool isNew = known.name.isEmpty();
    const bool changed = !isNew && known.fingerprint != authority.fingerprint;
    if (isNew) {
        m_sign = {models::Shape::triangle, models::Tone::attention};
        m_title->setText(tr("This cluster’s certificate authority is new to you"));
        m_words->setText(tr("Compare it with what the replica prints on its own host before you trust it:"));
    } else if (changed) {
        m_sign = {models::Shape::cross, models::Tone::bad};
        m_title->setText(tr("This is not the certificate authority that %1 had").arg(known.name));
        m_words->setText(
            tr("Either the cluster was made anew, or somebody else answers in its place. Trust it "
               "only if the replica prints the new one on its own host:"));
    } else {
        m_sign = {models::Shape::dot, models::Tone::good};
        m_title->setText(tr("This is the certificate authority of %1, which you trust").arg(known.name));
        m_words->setText(tr("Connecting again changes its user and password. The replica prints it with:"));
    }
    setAccessibleName(m_title->text());
    m_fingerprint->setAccessibleDescription(m_title->text() + QStringLiteral(". ") + m_words->text());
    m_old->setText(inTwoLines(known.fingerprint));
    m_old->setVisible(changed);
    m_oldKind->setVisible(changed);
    m_kind->setText(changed ? tr("Now") : QStringLiteral("SHA-256"));
    m_fingerprint->setText(inTwoLines(authority.fingerprint));
    const QString format = QStringLiteral("yyyy-MM-dd");
    m_about->setText(tr("%1, made %2, valid to %3 · replica %4 is signed by it")
                         .arg(authority.name, authority.madeAt.toString(format),
                              authority.validTo.toString(format),
                              QString::fromStdString(authority.replica.replica.str())));
    update();
}

void TrustPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& colours = m_theme.colours();
    painter.setPen(QPen(colourOf(m_sign.tone, colours), 1.6));
    painter.setBrush(colours.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 10, 10);
    drawSign(painter, QRectF(18, 19, 12, 12), m_sign, colours);
}

} // namespace pilothouse::ui
