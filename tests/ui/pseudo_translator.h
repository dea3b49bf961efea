// SPDX-License-Identifier: GPL-3.0-or-later
// A language whose every text is 40 % longer than English, to see whether layouts have room.
#pragma once

#include <QTranslator>

namespace pilothouse::ui::test {

class PseudoTranslator : public QTranslator {
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char* context, const char* text, const char*, int) const override {
        const QByteArray where(context);
        // Not times and formats, nor what Qt itself says.
        if (!where.startsWith("pilothouse") && where != "headline" && where != "part" && where != "fact" &&
            where != "advice") {
            return {};
        }
        const QString source = QString::fromUtf8(text);
        QString longer = source;
        const QString filler = QStringLiteral(" läng");
        while (longer.size() < source.size() * 14 / 10) {
            longer += filler;
        }
        return longer;
    }
};

} // namespace pilothouse::ui::test
