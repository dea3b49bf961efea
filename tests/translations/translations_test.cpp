// SPDX-License-Identifier: GPL-3.0-or-later
// The translations that are shipped are whole, and are what the programs speak.
#include "domain/message_ids.h"
#include "text/format.h"
#include "text/sentence.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLocale>
#include <QRegularExpression>
#include <QXmlStreamReader>

#include <gtest/gtest.h>

namespace pilothouse::text {
namespace {

// One <message> of a .ts file.
struct Entry {
    QString context;
    QString source;
    QString state;     // "unfinished", "vanished", "obsolete"; empty: done
    QStringList forms; // one, or one for each plural form
    [[nodiscard]] std::string where() const {
        return (context + QStringLiteral(": “") + source + QStringLiteral("”")).toStdString();
    }
};

QList<Entry> read(const QString& name) {
    QFile file(QStringLiteral(TRANSLATIONS_DIR "/") + name);
    QList<Entry> entries;
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << file.fileName().toStdString();
    QXmlStreamReader xml(&file);
    QString context;
    bool plural = false;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement()) {
            continue;
        }
        if (xml.name() == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (xml.name() == QLatin1String("message")) {
            plural = xml.attributes().hasAttribute(QStringLiteral("numerus"));
            entries.append({context, {}, {}, {}});
        } else if (xml.name() == QLatin1String("source")) {
            entries.last().source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            entries.last().state = xml.attributes().value(QStringLiteral("type")).toString();
            if (!plural) {
                entries.last().forms = {xml.readElementText()};
            }
        } else if (xml.name() == QLatin1String("numerusform")) {
            entries.last().forms.append(xml.readElementText());
        }
    }
    EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
    return entries;
}

// "%1", "%2" … in order; "%n" apart, because a singular may do without it.
QStringList places(const QString& text) {
    QStringList found;
    static const QRegularExpression place(QStringLiteral("%[1-9]"));
    for (auto at = place.globalMatch(text); at.hasNext();) {
        found.append(at.next().captured());
    }
    found.sort();
    return found;
}

TEST(German, IsWhole) {
    const QList<Entry> entries = read(QStringLiteral("pilothouse_de.ts"));
    EXPECT_GT(entries.size(), 300);
    for (const Entry& entry : entries) {
        EXPECT_EQ(entry.state.toStdString(), "") << entry.where();
        EXPECT_FALSE(entry.forms.isEmpty()) << entry.where();
        for (const QString& form : entry.forms) {
            EXPECT_FALSE(form.isEmpty()) << entry.where();
        }
    }
}

TEST(German, SaysTheSameOfTheSame) {
    for (const Entry& entry : read(QStringLiteral("pilothouse_de.ts"))) {
        for (const QString& form : entry.forms) {
            EXPECT_EQ(places(form), places(entry.source))
                << entry.where() << " became “" << form.toStdString() << "”";
            EXPECT_EQ(form.startsWith(QLatin1Char(' ')), entry.source.startsWith(QLatin1Char(' ')))
                << entry.where();
            EXPECT_EQ(form.endsWith(QLatin1Char(' ')), entry.source.endsWith(QLatin1Char(' ')))
                << entry.where();
        }
        if (entry.source.contains(QStringLiteral("%n")) && !entry.forms.isEmpty()) {
            EXPECT_TRUE(entry.forms.last().contains(QStringLiteral("%n"))) << entry.where();
        }
    }
}

TEST(English, HasItsPlurals) {
    for (const Entry& entry : read(QStringLiteral("pilothouse_en.ts"))) {
        EXPECT_EQ(entry.state.toStdString(), "") << entry.where();
        EXPECT_EQ(entry.forms.size(), 2) << entry.where();
        EXPECT_EQ(entry.forms.value(1).toStdString(), entry.source.toStdString()) << entry.where();
        EXPECT_EQ(places(entry.forms.value(0)), places(entry.source)) << entry.where();
    }
}

TEST(Programs, SpeakGermanWhereTheUserDoes) {
    int argc = 1;
    char name[] = "test";
    char* argv[] = {name, nullptr};
    QCoreApplication application(argc, argv);
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    installTranslations();
    EXPECT_EQ(sentence({domain::MessageId::headlineHealthy, {}}).toStdString(), "Gesund");
    EXPECT_EQ(sentence({domain::MessageId::listCanLose, {std::int64_t{2}}}).toStdString(), "verkraftet 2");
    EXPECT_EQ(list({QStringLiteral("reg-1"), QStringLiteral("reg-2")}).toStdString(), "reg-1 und reg-2");
    EXPECT_EQ(milliseconds(1.2).toStdString(), "1,2 ms");
    EXPECT_EQ(
        QCoreApplication::translate("pilothouse::ui::Timeline", "Last %n hours", nullptr, 6).toStdString(),
        "Letzte 6 Stunden");
    QLocale::setDefault(before);
}

} // namespace
} // namespace pilothouse::text
