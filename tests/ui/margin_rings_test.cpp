// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripted_operations.h"
#include "ui/operations/margin_rings.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QImage>
#include <QLabel>

#include <gtest/gtest.h>

namespace pilothouse::ui {
namespace {

using text::Fate;

// Voters from the top on: o is well, x is not; ( ) leaves, [ ] joins.
std::string drawn(const MarginRing& ring) {
    std::string text;
    for (const MarginRing::Dot& dot : ring.dots()) {
        const std::string mark = dot.mark == MarginRing::Mark::well ? "o" : "x";
        text += dot.fate == Fate::leaves  ? "(" + mark + ")"
                : dot.fate == Fate::joins ? "[" + mark + "]"
                                          : mark;
    }
    return text;
}

class MarginRingsTest : public testing::Test {
protected:
    MarginRingsTest() { theme.apply(*qApp, ThemeChoice::light); }
    std::vector<std::string> ringsOf(const api::OperationPlan& plan) {
        rings.setPlan(plan);
        std::vector<std::string> all;
        for (const QWidget* widget : rings.findChildren<QWidget*>()) {
            if (const auto* ring = dynamic_cast<const MarginRing*>(widget)) {
                all.push_back(drawn(*ring));
                EXPECT_EQ(ring->accessibleDescription(), ring->moment().sentence());
                EXPECT_FALSE(ring->accessibleName().isEmpty());
            }
        }
        return all;
    }
    [[nodiscard]] bool says(const QString& words) const {
        for (const QLabel* label : rings.findChildren<QLabel*>()) {
            if (label->text().contains(words)) {
                return true;
            }
        }
        return false;
    }

    Theme theme;
    MarginRings rings{theme};
};

using Drawn = std::vector<std::string>;

TEST_F(MarginRingsTest, MarkWhoLeavesWhoJoinsAndWhoIsNotWell) {
    EXPECT_EQ(ringsOf(test::removalOfFive()), (Drawn{"oooo(o)", "oooo", "oooo"}));
    EXPECT_TRUE(says(QStringLiteral("reg-5.dc3 leaves")));
    EXPECT_TRUE(says(QStringLiteral("can lose 1")));
    EXPECT_EQ(ringsOf(test::joinOfSix()), (Drawn{"ooooo", "ooooo", "ooooo[o]"}));
    EXPECT_TRUE(says(QStringLiteral("can lose 2, never fewer than now")));
    EXPECT_EQ(ringsOf(test::replacementOfTwo()), (Drawn{"oooo(x)", "oooo", "oooo[o]"}));
    EXPECT_TRUE(says(QStringLiteral("can lose 1 until reg-6.dc3 votes")));
    EXPECT_EQ(ringsOf(test::forgettingTheLastCopy()), (Drawn{"oo(x)", "oo(x)", "oo"}));
    EXPECT_TRUE(says(QStringLiteral("can lose 0")));
    // Of a newer version.
    api::OperationPlan plan = test::removalOfFive();
    plan.kind = "rolling-something";
    plan.before = plan.after = {3, 3, 1};
    plan.worst = {3, 2, 0};
    EXPECT_EQ(ringsOf(plan), (Drawn{"ooo", "oox", "ooo"}));
    // Of nobody.
    plan.before = plan.worst = plan.after = {};
    EXPECT_EQ(ringsOf(plan), (Drawn{"", "", ""}));
}

TEST_F(MarginRingsTest, EachMarkHasAShapeOfItsOwn) {
    const auto pictureOf = [this](std::int64_t well, Fate fate) {
        text::MarginMoment moment{QStringLiteral("Now"), {1, well, 0}, fate, well == 1, {}, {}};
        MarginRing ring(theme, moment);
        QImage image = ring.grab().toImage().convertToFormat(QImage::Format_Grayscale8);
        image.setColorSpace({});
        return image;
    };
    QList<QImage> pictures;
    for (const std::int64_t well : {0, 1}) {
        for (const Fate fate : {Fate::none, Fate::leaves, Fate::joins}) {
            pictures.append(pictureOf(well, fate));
        }
    }
    for (int i = 0; i < pictures.size(); ++i) {
        for (int j = 0; j < i; ++j) {
            EXPECT_NE(pictures[i], pictures[j]) << i << " and " << j << " look the same without colour";
        }
    }
}

TEST_F(MarginRingsTest, MarksLieWithinTheRingAndApart) {
    for (int voters = 1; voters <= 7; ++voters) {
        text::MarginMoment moment{{}, {voters, voters, 0}, Fate::joins, true, {}, {}};
        const MarginRing ring(theme, moment);
        const auto dots = ring.dots();
        ASSERT_EQ(dots.size(), voters);
        for (int i = 0; i < voters; ++i) {
            EXPECT_TRUE(QRectF(ring.rect()).contains(dots[i].box.adjusted(-4, -4, 4, 4)));
            for (int j = 0; j < i; ++j) {
                EXPECT_FALSE(dots[i].box.intersects(dots[j].box)) << i << " and " << j << " of " << voters;
            }
        }
    }
}

} // namespace
} // namespace pilothouse::ui
