// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/sentence.h"

#include "text/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

namespace pilothouse::text {

QString sentence(const domain::Message& message) {
    for (auto* words : {headlineWords, partWords, factWords, cardWords, adviceWords}) {
        if (auto text = words(message); !text.isEmpty()) {
            return text;
        }
    }
    return {};
}

QStringList sentences(const std::vector<domain::Message>& messages) {
    QStringList texts;
    for (const auto& message : messages) {
        texts += sentence(message);
    }
    return texts;
}

QString join(const std::vector<domain::Message>& messages) {
    return sentences(messages).join(QLatin1Char(' '));
}

QString wholeSentence(const domain::Assessment& assessment) {
    const QString headline = sentence(assessment.headline);
    const QString rest = join(assessment.sentence);
    return rest.isEmpty() ? headline : headline + QStringLiteral(". ") + rest;
}

void installTranslations() {
    auto* app = QCoreApplication::instance();
    const QString folder = QStringLiteral(":/i18n");
    auto* english = new QTranslator(app); // plurals
    if (english->load(QStringLiteral("pilothouse_en"), folder)) {
        QCoreApplication::installTranslator(english);
    }
    auto* own = new QTranslator(app);
    if (own->load(QLocale(), QStringLiteral("pilothouse"), QStringLiteral("_"), folder)) {
        QCoreApplication::installTranslator(own);
    }
}

} // namespace pilothouse::text
