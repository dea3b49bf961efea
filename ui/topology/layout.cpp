// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/layout.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace pilothouse::ui {
namespace {

constexpr double margin = 11;       // between the cards and the edge of the area
constexpr double gap = 12;          // between two cards
constexpr double ringGap = 12;      // between the ring and the cards above and below it
constexpr double singleGap = 10;    // more, where the card has the ring below it and nothing beside
constexpr double largestRing = 74;  // in the window as designed
constexpr double smallestRing = 48; // the number and two lines of text fit in
constexpr double segmentWidth = 10;
constexpr double widestX = 300; // half axes of the ellipse that the cards' centres lie on
constexpr double tallestY = 181;
constexpr double designedWidth = 764; // of the area for which these are meant
constexpr double designedHeight = 464;
constexpr double mostTimes = 1.8; // as large, where there is more

double radians(double degrees) {
    return degrees * std::numbers::pi / 180;
}

QRectF around(QPointF centre, QSizeF size) {
    return {centre.x() - size.width() / 2, centre.y() - size.height() / 2, size.width(), size.height()};
}

// In a larger area ring and ellipse grow with it; cards keep their size, because their words do.
double scaleOf(const TopologyInput& input) {
    return std::clamp(std::min(input.area.width() / designedWidth, input.area.height() / designedHeight), 1.0,
                      mostTimes);
}

// How far below the centre the lowest card's centre is, in half axes: 1 for an even number, less for an odd
// one.
double lowest(int voters) {
    double most = -1;
    for (int i = 0; i < voters; ++i) {
        most = std::max(most, -std::cos(radians(360.0 * i / voters)));
    }
    return voters < 2 ? 0 : most;
}

// How far beside the centre the outermost card's centre is, in half axes: 1 for four, less where none is
// level.
double widest(int voters) {
    double most = 0;
    for (int i = 0; i < voters; ++i) {
        most = std::max(most, std::abs(std::sin(radians(360.0 * i / voters))));
    }
    return most;
}

// The half axis that keeps neighbours apart sideways where they are level or nearly so.
double narrowestX(QSizeF card, int voters, double ringRadius, double halfY) {
    double narrowest = voters > 2 ? 0 : card.width() / 2;
    for (int i = 0; i < voters; ++i) {
        for (int j = i + 1; j < voters; ++j) {
            const double a = radians(360.0 * i / voters);
            const double b = radians(360.0 * j / voters);
            const double dy = std::abs(std::cos(a) - std::cos(b)) * halfY;
            const double dx = std::abs(std::sin(a) - std::sin(b));
            if (dy < card.height() + gap && dx > 1e-6) {
                narrowest = std::max(narrowest, (card.width() + gap) / dx);
            }
        }
        // Beside the ring a card must leave it free.
        const double a = radians(360.0 * i / voters);
        const double dy = std::abs(std::cos(a)) * halfY;
        if (dy < ringRadius + segmentWidth + card.height() / 2 && std::abs(std::sin(a)) > 1e-6) {
            narrowest = std::max(narrowest, (ringRadius + segmentWidth + ringGap + card.width() / 2) /
                                                std::abs(std::sin(a)));
        }
    }
    return narrowest;
}

double shortestY(QSizeF card, double ringRadius) {
    return ringRadius + segmentWidth / 2 + ringGap + card.height() / 2;
}

double learnerRows(QSizeF card, int learners) {
    return learners > 0 ? card.height() + gap * 2 : 0;
}

QList<QRectF> learnerRow(const TopologyInput& input) {
    QList<QRectF> row;
    const double step = input.card.width() + gap;
    const double left = (input.area.width() - step * input.learners + gap) / 2;
    const double top = input.area.height() - margin - input.card.height();
    for (int i = 0; i < input.learners; ++i) {
        row.append({left + step * i, top, input.card.width(), input.card.height()});
    }
    return row;
}

// What of the height is there for the ellipse, the cards' own included.
double roomY(const TopologyInput& input) {
    return input.area.height() - learnerRows(input.card, input.learners) - 2 * margin;
}

struct Vertical {
    double halfY; // of the ellipse
    double ringRadius;
    double used; // from the top card's upper edge to the lowest point
};

Vertical fitHeight(const TopologyInput& input) {
    const double room = roomY(input);
    const double card = input.card.height();
    const double scale = scaleOf(input);
    if (input.voters <= 1) {
        const double ring = std::clamp((room - card - ringGap - singleGap - segmentWidth) / 2, smallestRing,
                                       largestRing * scale);
        const double halfY = shortestY(input.card, ring) + singleGap;
        return {halfY, ring, card / 2 + halfY + ring + segmentWidth};
    }
    const double below = lowest(input.voters);
    const double halfY = std::min(tallestY * scale, (room - card) / (1 + below));
    const double ring =
        std::clamp(halfY - card / 2 - ringGap - segmentWidth / 2, smallestRing, largestRing * scale);
    return {halfY, ring, card + halfY * (1 + below)};
}

// From the ring's centre to the nearest point of a card.
double nearest(const TopologyLayout& layout) {
    double least = 1e6;
    for (const QRectF& card : layout.voters) {
        const QPointF c = layout.centre;
        const double dx = std::max({card.left() - c.x(), 0.0, c.x() - card.right()});
        const double dy = std::max({card.top() - c.y(), 0.0, c.y() - card.bottom()});
        least = std::min(least, std::hypot(dx, dy));
    }
    return least;
}

} // namespace

TopologyLayout layOut(const TopologyInput& input) {
    TopologyLayout layout;
    const auto [halfY, ringRadius, used] = fitHeight(input);
    const double roomX =
        ((input.area.width() - input.card.width()) / 2 - margin) / std::max(0.1, widest(input.voters));
    const double scale = scaleOf(input);
    const double wishedX = (input.voters == 3 ? 242 : 222) * scale;
    const double halfX =
        std::clamp(std::max(wishedX, narrowestX(input.card, input.voters, ringRadius, halfY)), 0.0,
                   std::max(0.0, std::min(roomX, std::max(widestX * scale, input.card.width() * 1.6))));

    // What is used of the height is centred in it.
    const double top = margin + input.card.height() / 2 + std::max(0.0, (roomY(input) - used) / 2);
    layout.centre = QPointF(input.area.width() / 2, top + halfY);
    for (int i = 0; i < input.voters; ++i) {
        const double angle = 360.0 * i / input.voters;
        layout.angles.append(angle);
        layout.voters.append(around(
            layout.centre + QPointF(std::sin(radians(angle)) * halfX, -std::cos(radians(angle)) * halfY),
            input.card));
    }
    layout.ringRadius = std::clamp(nearest(layout) - ringGap / 2 - segmentWidth, smallestRing, ringRadius);
    layout.learners = learnerRow(input);
    return layout;
}

QSizeF smallestArea(QSizeF card, int voters, int learners) {
    // Flatter still would be possible, but the cards would have to go further apart than most windows are
    // wide.
    const double halfY = voters > 1
                             ? std::max(shortestY(card, smallestRing), voters > 3 ? card.height() + 56 : 0)
                             : shortestY(card, smallestRing) + singleGap;
    const double halfX = voters > 2 ? narrowestX(card, voters, smallestRing, halfY) : 0;
    const double learnersWidth = learners * (card.width() + gap);
    const double width =
        std::max({2 * halfX * widest(voters) + card.width(), learnersWidth, 4 * smallestRing}) + 2 * margin;
    const double down = voters > 1 ? halfY * lowest(voters) + card.height() / 2 : smallestRing + segmentWidth;
    return {width, card.height() / 2 + halfY + down + 2 * margin + learnerRows(card, learners)};
}

QPainterPath linkPath(const TopologyLayout& layout, const QRectF& from, const QRectF& to) {
    const double side = to.center().x() < layout.centre.x() - 1 ? -1 : 1;
    const bool leaderOnTop = from.center().y() < layout.centre.y() - 1;
    const double reach = std::clamp((std::abs(to.center().x() - from.center().x())) * 0.15, 14.0, 46.0);
    const QPointF start(from.center().x() + side * reach, leaderOnTop ? from.bottom() : from.center().y());
    QPainterPath path(start);
    const bool beyondRing = to.center().y() > layout.centre.y() + 1;
    if (beyondRing) {
        const QPointF end(to.center().x(), to.top());
        const double out = std::max(layout.ringRadius + 66, std::abs(end.x() - layout.centre.x()));
        path.cubicTo(QPointF(layout.centre.x() + side * out, layout.centre.y() - layout.ringRadius * 0.7),
                     QPointF(layout.centre.x() + side * out, layout.centre.y() + layout.ringRadius * 0.4),
                     end);
    } else {
        const QPointF end(to.center().x() - side * to.width() * 0.3, to.top());
        path.quadTo((start + end) / 2 + QPointF(side * 8, -4), end);
    }
    return path;
}

} // namespace pilothouse::ui
