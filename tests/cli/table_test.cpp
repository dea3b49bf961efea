// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.h"
#include "cli/table.h"

#include <gtest/gtest.h>

namespace pilothouse::cli {
namespace {

using Align = Table::Align;
using Squeeze = Table::Squeeze;

TEST(DisplayWidth, CountsTheCellsOfATerminal) {
    EXPECT_EQ(displayWidth(QStringLiteral("reg-1")), 5);
    EXPECT_EQ(displayWidth(QStringLiteral("größer – …")), 10);
    EXPECT_EQ(displayWidth(QStringLiteral("登録所")), 6);
    EXPECT_EQ(displayWidth(QStringLiteral("e\u0301a\u200B")), 2)
        << "combining and invisible ones take no cell";
    EXPECT_EQ(displayWidth(QStringLiteral("🙂")), 2) << "beyond the basic plane";
    EXPECT_EQ(displayWidth({}), 0);
}

TEST(Elided, CutsToCellsAndNeverHalfACharacter) {
    EXPECT_EQ(elided(QStringLiteral("reg-1"), 5), QStringLiteral("reg-1"));
    EXPECT_EQ(elided(QStringLiteral("refused · 4 min"), 9), QStringLiteral("refused…"));
    EXPECT_EQ(elided(QStringLiteral("登録所"), 4), QStringLiteral("登…"));
    EXPECT_EQ(elided(QStringLiteral("🙂🙂"), 3), QStringLiteral("🙂…"));
}

TEST(Wrapped, BreaksAtBlanksAndKeepsLongWordsWhole) {
    EXPECT_EQ(wrapped(QStringLiteral("one two three"), 7), QStringLiteral("one two\nthree"));
    EXPECT_EQ(wrapped(QStringLiteral("a longestwordofall b"), 6), QStringLiteral("a\nlongestwordofall\nb"));
    EXPECT_EQ(wrapped(QStringLiteral("short"), 80), QStringLiteral("short"));
}

TEST(Table, AlignsByCellsNotByCharacters) {
    Table table({{QStringLiteral("NAME")}, {QStringLiteral("N"), Align::right}, {QStringLiteral("STATE")}});
    table.add({QStringLiteral("登録"), QStringLiteral("1"), QStringLiteral("up")});
    table.add({QStringLiteral("reg"), QStringLiteral("204"), QString()});
    EXPECT_EQ(table.text(), QStringLiteral("NAME    N  STATE\n"
                                           "登録    1  up\n"
                                           "reg   204"));
}

TEST(Table, KeepsACellOnItsLineAndATerminalSafe) {
    Table table({{QStringLiteral("NAME")}});
    table.add({QStringLiteral("two\nlines \033[31mred\007")});
    EXPECT_EQ(table.text(), QStringLiteral("NAME\ntwo lines \uFFFD[31mred\uFFFD"));
}

Table wide() {
    Table table({{QStringLiteral("REPLICA")},
                 {QStringLiteral("STATE"), Align::left, Squeeze::elide},
                 {QStringLiteral("ADDRESS"), Align::left, Squeeze::drop},
                 {QStringLiteral("ID"), Align::left, Squeeze::drop}});
    table.add({QStringLiteral("reg-1"), QStringLiteral("0 entries behind · 11.2 ms"),
               QStringLiteral("https://127.0.0.1:20012"), QStringLiteral("602ee6f33e6f")});
    return table;
}

int widest(const QString& text) {
    int width = 0;
    for (const auto& line : text.split(u'\n')) {
        width = std::max(width, displayWidth(line));
    }
    return width;
}

TEST(Table, DropsAndCutsColumnsToFitANarrowTerminal) {
    EXPECT_EQ(widest(wide().text()), 7 + 2 + 26 + 2 + 23 + 2 + 12);
    EXPECT_EQ(widest(wide().text(74)), 74);
    EXPECT_EQ(wide().text(73).split(u'\n').first().simplified(), QStringLiteral("REPLICA STATE ADDRESS"));
    EXPECT_EQ(wide().text(40).split(u'\n').first().simplified(), QStringLiteral("REPLICA STATE"));
    for (int width = 20; width < 80; ++width) {
        EXPECT_LE(widest(wide().text(width)), width);
    }
    EXPECT_TRUE(wide().text(30).contains(QStringLiteral("…"))) << wide().text(30).toStdString();
    EXPECT_TRUE(wide().text(3).contains(QStringLiteral("reg-1"))) << "what matters stays, however narrow";
}

TEST(Harmless, PassesTextOnAndNothingThatATerminalActsOn) {
    EXPECT_EQ(harmless(QStringLiteral("größer\n登録")), QStringLiteral("größer\n登録"));
    EXPECT_EQ(harmless(QStringLiteral("a\tb\r\033]0;x\007\u009B2J")),
              QStringLiteral("a b\uFFFD\uFFFD]0;x\uFFFD\uFFFD2J"));
}

} // namespace
} // namespace pilothouse::cli
