// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/label.h"

#include <QStyle>

namespace pilothouse::ui {
namespace {

QString nameOf(Ink ink) {
    switch (ink) {
    case Ink::dim:
        return QStringLiteral("dim");
    case Ink::accent:
        return QStringLiteral("accent");
    case Ink::attention:
        return QStringLiteral("attention");
    case Ink::bad:
        return QStringLiteral("bad");
    case Ink::value:
        break;
    }
    return {};
}

} // namespace

QLabel* makeLabel(TextRole role, Ink ink, const QString& text) {
    auto* label = new QLabel(text);
    label->setFont(fontFor(role));
    label->setTextFormat(Qt::PlainText);
    label->setProperty("tone", nameOf(ink));
    return label;
}

QLabel* makeParagraph(TextRole role, Ink ink, const QString& text) {
    QLabel* label = makeLabel(role, ink, text);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    label->setSizePolicy(policy);
    return label;
}

void setInk(QLabel& label, Ink ink) {
    const QString name = nameOf(ink);
    if (label.property("tone").toString() != name) {
        label.setProperty("tone", name);
        label.style()->unpolish(&label);
        label.style()->polish(&label);
    }
}

Ink inkOf(models::Tone tone, Ink plain) {
    switch (tone) {
    case models::Tone::accent:
        return Ink::accent;
    case models::Tone::attention:
        return Ink::attention;
    case models::Tone::bad:
        return Ink::bad;
    case models::Tone::neutral:
    case models::Tone::good:
        break;
    }
    return plain;
}

void setTextOf(QLabel& label, const QString& text) {
    if (label.text() != text) {
        label.setText(text);
    }
}

} // namespace pilothouse::ui
