// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the parts of the topology: ring, cards, links, the cut of a partition.
#pragma once

#include "models/cluster_view.h"
#include "ui/theme/tokens.h"
#include "ui/topology/layout.h"

class QPainter;
class QPaintDevice;

namespace pilothouse::ui {

// How one card is shown.
struct CardLook {
    models::Sign sign;
    bool selected = false;
    bool focused = false;
    bool live = true; // false: last known values, dimmed
};

class TopologyPainter {
public:
    TopologyPainter(QPainter& painter, const Tokens& colours) : m_painter(painter), m_colours(colours) {}

    // One segment per voter in the order of the cards, learners as thin arcs outside, the count inside.
    void ring(const TopologyLayout& layout, const QList<const models::ReplicaView*>& voters,
              const QList<const models::ReplicaView*>& learners, const models::ClusterView& cluster);
    void card(const QRectF& box, const models::ReplicaView& replica, const CardLook& look);
    void link(const QPainterPath& path, const models::ReplicaView& follower, bool live);
    // Between the replicas that are cut off and the others; `label` says since when.
    void cut(const TopologyLayout& layout, const QList<const models::ReplicaView*>& voters,
             const QString& label, const QRectF& area);

    // What a card with these words needs at least; two lines of detail if one would be too wide.
    [[nodiscard]] static QSizeF cardSize(const QList<models::ReplicaView>& replicas,
                                         const QPaintDevice* device);

private:
    void segment(const QRectF& ringBox, double from, double span, models::Sign sign);
    void hatchedSegment(const QRectF& ringBox, double from, double span, const QColor& colour);
    void lostSegment(const QRectF& ringBox, double from, double span, models::Sign sign);
    void count(const TopologyLayout& layout, const models::ClusterView& cluster);
    void cutLabel(const QPainterPath& path, const QString& label, const QRectF& area);
    void frame(const QRectF& box, const models::ReplicaView& replica, const CardLook& look);

    QPainter& m_painter;
    const Tokens& m_colours;
};

// The sign of a replica, or a dashed ring when nothing is live.
[[nodiscard]] models::Sign shownSign(const models::ReplicaView& replica, bool live);

} // namespace pilothouse::ui
