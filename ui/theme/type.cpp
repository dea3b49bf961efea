// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/type.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace pilothouse::ui {
namespace {

struct Size {
    double pixels;
    QFont::Weight weight;
};

Size sizeOf(TextRole role) {
    switch (role) {
    // Inter's semibold looks like its medium at these sizes: what is meant to be semibold takes one step
    // more.
    case TextRole::sentence:
        return {18, QFont::Bold};
    case TextRole::title:
        return {15.5, QFont::Bold};
    case TextRole::cardTitle:
        return {14, QFont::Medium};
    case TextRole::text:
        return {13, QFont::Normal};
    case TextRole::strong:
        return {13, QFont::DemiBold};
    case TextRole::secondary:
        return {12, QFont::Normal}; // 12.5 would become 13 at 96 dpi, as large as the text
    case TextRole::small:
        return {11.5, QFont::Normal};
    case TextRole::caption:
        return {11.5, QFont::DemiBold};
    case TextRole::count:
        return {34, QFont::Bold};
    case TextRole::hero:
        return {26, QFont::Bold};
    case TextRole::code:
        return {11, QFont::Normal};
    }
    return {13, QFont::Normal};
}

qreal widestDigit(const QFontMetricsF& metrics) {
    qreal widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit) {
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    }
    return widest;
}

// Calls `piece(text, width)` for each digit and each run of other characters.
template <typename Piece>
void eachPiece(const QFontMetricsF& metrics, const QString& text, Piece piece) {
    const qreal digitWidth = widestDigit(metrics);
    qsizetype start = 0;
    while (start < text.size()) {
        qsizetype end = start + 1;
        const bool digit = text[start].isDigit();
        while (!digit && end < text.size() && !text[end].isDigit()) {
            ++end;
        }
        const QString part = text.mid(start, end - start);
        piece(part, digit ? digitWidth : metrics.horizontalAdvance(part), digit);
        start = end;
    }
}

} // namespace

QFont fontFor(TextRole role) {
    // Looked up once: the set of families does not change while the console runs.
    static const bool hasInter = QFontDatabase::hasFamily(QStringLiteral("Inter"));
    const Size size = sizeOf(role);
    QFont font = role == TextRole::code ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : QFont();
    if (hasInter && role != TextRole::code) {
        font.setFamily(QStringLiteral("Inter"));
    }
    font.setPointSizeF(size.pixels * 72 / 96); // points, so that the desktop's font resolution applies
    font.setWeight(size.weight);
    return font;
}

void drawTabular(QPainter& painter, QPointF baseline, const QString& text) {
    const QFontMetricsF metrics(painter.font(), painter.device());
    eachPiece(metrics, text, [&](const QString& part, qreal width, bool digit) {
        const qreal inset = digit ? (width - metrics.horizontalAdvance(part)) / 2 : 0;
        painter.drawText(baseline + QPointF(inset, 0), part);
        baseline.rx() += width;
    });
}

qreal tabularWidth(const QFontMetricsF& metrics, const QString& text) {
    qreal total = 0;
    eachPiece(metrics, text, [&total](const QString&, qreal width, bool) { total += width; });
    return total;
}

} // namespace pilothouse::ui
