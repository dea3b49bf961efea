// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/glyph.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/theme.h"
#include "ui/theme/type.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFontMetricsF>
#include <QImage>
#include <QPainter>

#include <gtest/gtest.h>

namespace pilothouse::ui {
namespace {

using models::Shape;
using models::Sign;
using models::Tone;

QImage drawn(Sign sign, Appearance appearance) {
    QImage image(44, 44, QImage::Format_ARGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    Tokens one = tokens(appearance);
    drawSign(painter, QRectF(4, 4, 36, 36), sign, one);
    return image;
}

TEST(Contrast, IsThatOfWcag) {
    EXPECT_NEAR(contrast(Qt::white, Qt::black), 21, 0.01);
    EXPECT_NEAR(contrast(QColor(0x777777), Qt::white), 4.48, 0.01);
    EXPECT_DOUBLE_EQ(contrast(Qt::red, Qt::white), contrast(Qt::white, Qt::red));
}

TEST(Contrast, EveryPairInUseCanBeRead) {
    for (const Appearance appearance : {Appearance::light, Appearance::dark}) {
        for (const ColourPair& pair : usedPairs()) {
            const double found = contrast(tokens(appearance).*pair.front, tokens(appearance).*pair.ground);
            EXPECT_GE(found, pair.atLeast)
                << (appearance == Appearance::dark ? "dark: " : "light: ") << pair.use;
        }
    }
}

TEST(Palette, TextCanBeReadOnItsGround) {
    using P = QPalette;
    for (const Appearance appearance : {Appearance::light, Appearance::dark}) {
        const QPalette palette = paletteFor(tokens(appearance));
        for (const auto& [text, ground] : {std::pair{P::WindowText, P::Window},
                                           {P::Text, P::Base},
                                           {P::Text, P::AlternateBase},
                                           {P::ButtonText, P::Button},
                                           {P::PlaceholderText, P::Base},
                                           {P::ToolTipText, P::ToolTipBase},
                                           {P::HighlightedText, P::Highlight},
                                           {P::Link, P::Base},
                                           {P::Link, P::Window}}) {
            EXPECT_GE(contrast(palette.color(P::Active, text), palette.color(P::Active, ground)), 4.5)
                << text << " on " << ground;
        }
    }
}

TEST(Palette, DisabledTextCanBeRead) {
    for (const Appearance appearance : {Appearance::light, Appearance::dark}) {
        const QPalette palette = paletteFor(tokens(appearance));
        for (const auto& [text, ground] :
             {std::pair{QPalette::Text, QPalette::Base}, {QPalette::ButtonText, QPalette::Button}}) {
            EXPECT_GE(
                contrast(palette.color(QPalette::Disabled, text), palette.color(QPalette::Disabled, ground)),
                4.5);
        }
    }
}

TEST(StyleSheet, HasNoColourLeftUnnamed) {
    for (const Appearance appearance : {Appearance::light, Appearance::dark}) {
        EXPECT_FALSE(styleSheetFor(tokens(appearance)).contains(QLatin1Char('@')))
            << styleSheetFor(tokens(appearance)).toStdString();
    }
}

TEST(Signs, DifferInShapeNotOnlyInColour) {
    const QList<Shape> shapes{Shape::dot,      Shape::dashedRing, Shape::cross, Shape::triangle,
                              Shape::arrowOut, Shape::arc,        Shape::square};
    for (qsizetype i = 0; i < shapes.size(); ++i) {
        for (qsizetype j = i + 1; j < shapes.size(); ++j) {
            EXPECT_NE(drawn({shapes[i], Tone::neutral}, Appearance::light),
                      drawn({shapes[j], Tone::neutral}, Appearance::light))
                << i << " and " << j;
        }
    }
}

TEST(Type, DigitsKeepTheirPlace) {
    const QFontMetricsF metrics(fontFor(TextRole::small));
    EXPECT_DOUBLE_EQ(tabularWidth(metrics, QStringLiteral("111 ms")),
                     tabularWidth(metrics, QStringLiteral("888 ms")));
}

TEST(Theme, ChangesPaletteAndTellsOnce) {
    Theme theme;
    theme.apply(*qApp, ThemeChoice::light);
    int changes = 0;
    QObject::connect(&theme, &Theme::changed, [&changes] { ++changes; });
    theme.apply(*qApp, ThemeChoice::dark);
    EXPECT_EQ(changes, 1);
    EXPECT_EQ(qApp->palette().color(QPalette::Window), tokens(Appearance::dark).window);
    EXPECT_EQ(theme.appearance(), Appearance::dark);
    theme.apply(*qApp, ThemeChoice::light);
}

TEST(Theme, AsksTheDesktopWithoutWaiting) {
    Theme theme;
    QElapsedTimer timer;
    timer.start();
    theme.apply(*qApp, ThemeChoice::system);
    EXPECT_LT(timer.elapsed(), 500) << "no portal here: nothing may wait for it";
    theme.apply(*qApp, ThemeChoice::light);
}

} // namespace
} // namespace pilothouse::ui
