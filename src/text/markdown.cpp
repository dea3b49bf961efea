// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/markdown.h"

#include <QRegularExpression>

namespace pilothouse::text::markdown {
namespace {

bool isControl(QChar character) {
    return character.category() == QChar::Other_Control || character.category() == QChar::Other_Format;
}

} // namespace

QString plain(const QString& text) {
    QString out;
    for (const QChar character : text) {
        if (isControl(character)) {
            out += u' ';
            continue;
        }
        if (QStringView(u"|\\`*_<>[]#").contains(character)) {
            out += u'\\';
        }
        out += character;
    }
    return out;
}

QString heading(int level, const QString& text) {
    return QString(level, u'#') + u' ' + plain(text) + QStringLiteral("\n\n");
}

QString paragraph(const QString& text) {
    return text.isEmpty() ? QString() : plain(text) + QStringLiteral("\n\n");
}

QString item(const QString& text) {
    return QStringLiteral("- ") + plain(text) + u'\n';
}

QString row(const QStringList& cells) {
    QStringList escaped;
    for (const QString& cell : cells) {
        escaped += plain(cell);
    }
    return QStringLiteral("| ") + escaped.join(QStringLiteral(" | ")) + QStringLiteral(" |\n");
}

QString tableHead(const QStringList& names) {
    return row(names) + QStringLiteral("|---").repeated(names.size()) + QStringLiteral("|\n");
}

QString commands(const QStringList& lines) {
    if (lines.isEmpty()) {
        return {};
    }
    QString text;
    for (QString line : lines) {
        for (QChar& character : line) {
            character = isControl(character) ? QChar(u' ') : character;
        }
        text += QStringLiteral("    ") + line + u'\n'; // indented: nothing in it can end it
    }
    return text + u'\n';
}

QString shellWord(const QString& word) {
    static const QRegularExpression harmless(QStringLiteral("^[A-Za-z0-9._:@%+/-]+$"));
    if (harmless.match(word).hasMatch()) {
        return word;
    }
    QString quoted = word;
    return u'\'' + quoted.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

} // namespace pilothouse::text::markdown
