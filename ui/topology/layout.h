// SPDX-License-Identifier: GPL-3.0-or-later
// Where the ring, the cards and the links of a cluster go. Pure: sizes in, rectangles out.
#pragma once

#include <QLineF>
#include <QList>
#include <QPainterPath>
#include <QRectF>
#include <QSizeF>

#include <optional>

namespace pilothouse::ui {

struct TopologyInput {
    QSizeF area;      // what there is to draw in
    QSizeF card;      // size of every card
    int voters = 0;   // 1 to 7 are laid out on the ring, clockwise from the top; more take a wider ring
    int learners = 0; // in a row below
};

struct TopologyLayout {
    QPointF centre;        // of the ring
    double ringRadius = 0; // to the middle of a segment
    QList<QRectF> voters;  // clockwise, the first on top
    QList<double> angles;  // of each voter's segment, in degrees clockwise from the top
    QList<QRectF> learners;
};

[[nodiscard]] TopologyLayout layOut(const TopologyInput& input);

// The smallest area in which nothing overlaps.
[[nodiscard]] QSizeF smallestArea(QSizeF card, int voters, int learners);

// From the leader's card to a follower's, around the ring and never through it.
[[nodiscard]] QPainterPath linkPath(const TopologyLayout& layout, const QRectF& from, const QRectF& to);

} // namespace pilothouse::ui
