// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/layout.h"

#include <gtest/gtest.h>

#include <cmath>

namespace pilothouse::ui {
namespace {

std::string text(const QRectF& box) {
    return "(" + std::to_string(box.x()) + ", " + std::to_string(box.y()) + ", " +
           std::to_string(box.width()) + " x " + std::to_string(box.height()) + ")";
}

// Nothing overlaps and nothing leaves the area.
void expectSound(const TopologyInput& input, const char* where) {
    const TopologyLayout layout = layOut(input);
    ASSERT_EQ(layout.voters.size(), input.voters) << where;
    ASSERT_EQ(layout.learners.size(), input.learners) << where;
    const QRectF area = QRectF(QPointF(), input.area).adjusted(-0.5, -0.5, 0.5, 0.5);
    const QList<QRectF> cards = layout.voters + layout.learners;
    const double reach = layout.ringRadius + 6;
    for (qsizetype i = 0; i < cards.size(); ++i) {
        EXPECT_TRUE(area.contains(cards[i])) << where << ": card " << i << " " << text(cards[i]);
        for (qsizetype j = i + 1; j < cards.size(); ++j) {
            EXPECT_FALSE(cards[i].intersects(cards[j]))
                << where << ": cards " << i << text(cards[i]) << " and " << j << text(cards[j]);
        }
        // The point of the card that is nearest to the ring's centre.
        const double dx =
            std::max({cards[i].left() - layout.centre.x(), 0.0, layout.centre.x() - cards[i].right()});
        const double dy =
            std::max({cards[i].top() - layout.centre.y(), 0.0, layout.centre.y() - cards[i].bottom()});
        EXPECT_GE(std::hypot(dx, dy), reach)
            << where << ": card " << i << " " << text(cards[i]) << " lies on the ring";
    }
}

class EveryCount : public testing::TestWithParam<int> {};

TEST_P(EveryCount, IsSoundInTheWindowAsDesigned) {
    expectSound({.area = {764, 464}, .card = {190, 62}, .voters = GetParam(), .learners = 0}, "764 x 464");
}

TEST_P(EveryCount, IsSoundInTheSmallestArea) {
    for (const QSizeF card : {QSizeF(190, 62), QSizeF(260, 78)}) {
        for (const int learners : {0, 1, 2}) {
            expectSound({.area = smallestArea(card, GetParam(), learners),
                         .card = card,
                         .voters = GetParam(),
                         .learners = learners},
                        "smallest");
        }
    }
}

TEST_P(EveryCount, IsSoundInAreasOfAllShapes) {
    const QSizeF least = smallestArea({190, 62}, GetParam(), 0);
    for (double wide = 0; wide <= 800; wide += 50) {
        for (double tall = 0; tall <= 600; tall += 50) {
            expectSound({.area = {least.width() + wide, least.height() + tall},
                         .card = {190, 62},
                         .voters = GetParam(),
                         .learners = 0},
                        "larger");
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Voters, EveryCount, testing::Range(1, 8));

TEST(TopologyLayout, TheFirstIsOnTopAndTheOthersFollowClockwise) {
    const TopologyLayout layout = layOut({.area = {764, 464}, .card = {190, 62}, .voters = 5});
    EXPECT_NEAR(layout.voters[0].center().x(), layout.centre.x(), 0.01);
    EXPECT_LT(layout.voters[0].center().y(), layout.centre.y());
    EXPECT_GT(layout.voters[1].center().x(), layout.centre.x());
    EXPECT_GT(layout.voters[2].center().x(), layout.centre.x());
    EXPECT_LT(layout.voters[3].center().x(), layout.centre.x());
    EXPECT_EQ(layout.angles, (QList<double>{0, 72, 144, 216, 288}));
}

TEST(TopologyLayout, TheSameInputGivesTheSamePlaces) {
    const TopologyInput input{.area = {900, 500}, .card = {200, 62}, .voters = 3, .learners = 1};
    EXPECT_EQ(layOut(input).voters, layOut(input).voters);
}

TEST(TopologyLayout, FiveFitOnASmallScreen) {
    for (const int voters : {1, 2, 3, 5}) {
        const QSizeF least = smallestArea({184, 62}, voters, 0);
        EXPECT_LE(least.width(), 544) << voters;
        EXPECT_LE(least.height(), 304) << voters;
    }
}

TEST(TopologyLayout, GrowsWithALargeScreen) {
    for (int voters = 1; voters <= 7; ++voters) {
        const TopologyInput usual{.area = {764, 464}, .card = {190, 62}, .voters = voters};
        const TopologyInput large{.area = {1880, 990}, .card = {190, 62}, .voters = voters};
        EXPECT_GT(layOut(large).ringRadius, layOut(usual).ringRadius * 1.3) << voters;
        expectSound(large, "large");
    }
}

TEST(TopologyLayout, LinksStayOffTheRing) {
    for (int voters = 2; voters <= 7; ++voters) {
        const TopologyLayout layout = layOut({.area = {764, 464}, .card = {190, 62}, .voters = voters});
        for (int i = 1; i < voters; ++i) {
            const QPainterPath path = linkPath(layout, layout.voters[0], layout.voters[i]);
            for (double t = 0; t <= 1; t += 0.02) {
                const QPointF from = path.pointAtPercent(t) - layout.centre;
                EXPECT_GT(std::hypot(from.x(), from.y()), layout.ringRadius + 6)
                    << voters << " voters, link to " << i << " at " << t;
            }
        }
    }
}

} // namespace
} // namespace pilothouse::ui
