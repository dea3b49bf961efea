// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/sparkline.h"
#include "ui/theme/theme.h"

#include <QImage>

#include <gtest/gtest.h>

namespace pilothouse::ui {
namespace {

constexpr qint64 spanMs = 200'000; // a pixel is a second

QImage drawn(const QList<TimedValue>& values) {
    const Theme theme;
    Sparkline line(theme);
    line.resize(200, 46);
    line.setValues(values, spanMs);
    QImage image(line.size(), QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    line.render(&image, {}, {}, QWidget::DrawChildren);
    return image;
}

// Whether anything but the base line, at the bottom, is drawn between two columns.
bool isDrawn(const QImage& image, int from, int to) {
    for (int x = from; x < to; ++x) {
        for (int y = 0; y < image.height() - 3; ++y) {
            if (qAlpha(image.pixel(x, y)) != 0) {
                return true;
            }
        }
    }
    return false;
}

QList<TimedValue> everyTwoSeconds(qint64 from, qint64 to, std::optional<double> value) {
    QList<TimedValue> values;
    for (qint64 at = from; at <= to; at += 2000) {
        values.append({at, value});
    }
    return values;
}

TEST(Sparkline, DrawsALineOfWhatWasMeasured) {
    const QImage image = drawn(everyTwoSeconds(0, 200'000, 1.0));
    EXPECT_TRUE(isDrawn(image, 10, 60));
    EXPECT_TRUE(isDrawn(image, 140, 190));
}

TEST(Sparkline, ShadesATimeWithoutAnswers) {
    const QImage image =
        drawn(everyTwoSeconds(0, 50'000, 1.0) + everyTwoSeconds(52'000, 148'000, std::nullopt) +
              everyTwoSeconds(150'000, 200'000, 1.0));
    EXPECT_TRUE(isDrawn(image, 60, 140));
}

TEST(Sparkline, DrawsNothingWhereNobodyLooked) {
    const QImage image = drawn(everyTwoSeconds(0, 50'000, 1.0) + everyTwoSeconds(150'000, 200'000, 1.0));
    EXPECT_TRUE(isDrawn(image, 10, 45));
    EXPECT_FALSE(isDrawn(image, 60, 140)) << "neither a line nor a missing answer";
    EXPECT_TRUE(isDrawn(image, 155, 190));
}

TEST(Sparkline, NobodyLookedEndsATimeWithoutAnswers) {
    const QImage image =
        drawn(everyTwoSeconds(0, 50'000, std::nullopt) + everyTwoSeconds(150'000, 200'000, std::nullopt));
    EXPECT_TRUE(isDrawn(image, 10, 45));
    EXPECT_FALSE(isDrawn(image, 60, 140));
    EXPECT_TRUE(isDrawn(image, 155, 190));
}

} // namespace
} // namespace pilothouse::ui
