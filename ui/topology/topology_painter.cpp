// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/topology_painter.h"

#include "ui/theme/glyph.h"
#include "ui/theme/type.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace pilothouse::ui {
namespace {

using models::ReplicaView;
using models::Shape;
using models::Sign;
using models::Tone;

constexpr double thickness = 10; // of the ring
constexpr double padding = 15;   // inside a card
constexpr double glyphSize = 11;
constexpr double nameLeft = 32;
constexpr double narrowestCard = 184;
constexpr double widestCard = 260;

QString say(const char* text) {
    return QCoreApplication::translate("pilothouse::ui::TopologyView", text);
}

QString leaderWord() {
    return say(QT_TRANSLATE_NOOP("pilothouse::ui::TopologyView", "Leader"));
}

QString learnerWord() {
    return say(QT_TRANSLATE_NOOP("pilothouse::ui::TopologyView", "learner"));
}

QPointF onCircle(QPointF centre, double radius, double degrees) {
    const double a = degrees * std::numbers::pi / 180;
    return centre + QPointF(std::sin(a) * radius, -std::cos(a) * radius);
}

// Qt's arcs start at three o'clock and go counter-clockwise, in sixteenths of a degree; ours at twelve,
// clockwise.
void arc(QPainter& painter, const QRectF& box, double from, double span) {
    painter.drawArc(box, static_cast<int>(std::lround((90 - from - span) * 16)),
                    static_cast<int>(std::lround(span * 16)));
}

double pillWidth(const ReplicaView& replica, const QPaintDevice* device) {
    if (replica.leader) {
        return QFontMetricsF(fontFor(TextRole::caption), device).horizontalAdvance(leaderWord()) + 14 + 10;
    }
    if (replica.role == domain::Role::learner) {
        return QFontMetricsF(fontFor(TextRole::small), device).horizontalAdvance(learnerWord()) + 12;
    }
    return 0;
}

// From the edge of the area between two cards to the ring, along it outside, and out again: no card and no
// segment is crossed. Angles in degrees clockwise from the top.
QPainterPath cutPath(const TopologyLayout& layout, double from, double to, const QRectF& area) {
    const auto outside = [&](double degrees) {
        const QPointF unit = onCircle({}, 1, degrees);
        const double reach = std::min((area.width() / 2 - 20) / std::max(0.05, std::abs(unit.x())),
                                      (area.height() / 2 - 12) / std::max(0.05, std::abs(unit.y())));
        return onCircle(layout.centre, reach, degrees);
    };
    const double radius = layout.ringRadius + thickness / 2 + 8;
    const double turn = std::min(10.0, (to - from) / 4);
    QPainterPath path(outside(from));
    path.lineTo(onCircle(layout.centre, radius + 22, from));
    path.quadTo(onCircle(layout.centre, radius, from), onCircle(layout.centre, radius, from + turn));
    path.arcTo(QRectF(layout.centre - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius)),
               90 - from - turn, -(to - from - 2 * turn));
    path.quadTo(onCircle(layout.centre, radius, to), onCircle(layout.centre, radius + 22, to));
    path.lineTo(outside(to));
    return path;
}

} // namespace

Sign shownSign(const ReplicaView& replica, bool live) {
    return live ? models::signOf(replica.state) : Sign{Shape::dashedRing, Tone::neutral};
}

QSizeF TopologyPainter::cardSize(const QList<ReplicaView>& replicas, const QPaintDevice* device) {
    const QFontMetricsF names(fontFor(TextRole::cardTitle), device);
    const QFontMetricsF details(fontFor(TextRole::small), device);
    double width = narrowestCard;
    bool twoLines = false;
    for (const ReplicaView& replica : replicas) {
        const double first =
            nameLeft + names.horizontalAdvance(replica.name) + pillWidth(replica, device) + padding;
        const double second = padding * 2 + tabularWidth(details, replica.detail) + 4;
        twoLines = twoLines || second > widestCard;
        width = std::max({width, first, std::min(second, widestCard)});
    }
    // Steps of 10: a longer word does not move the cards by a pixel.
    const double height = padding + names.height() + 6 + details.height() * (twoLines ? 2 : 1) + padding - 4;
    return {std::ceil(width / 10) * 10, std::max(62.0, std::ceil(height))};
}

void TopologyPainter::frame(const QRectF& box, const ReplicaView& replica, const CardLook& look) {
    const bool loud =
        look.sign.tone == Tone::bad || look.sign.tone == Tone::attention || look.sign.tone == Tone::accent;
    QPen pen(loud ? colourOf(look.sign.tone, m_colours) : m_colours.line, loud ? 1.6 : 1);
    if (replica.state == domain::ReplicaState::unknown ||
        replica.state == domain::ReplicaState::toldByPeers || !look.live) {
        pen = QPen(m_colours.idle, 1, Qt::DashLine);
    }
    m_painter.setPen(pen);
    m_painter.setBrush(look.selected ? m_colours.accentGround : m_colours.raised);
    m_painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 9, 9);
    if (look.focused) {
        m_painter.setPen(QPen(m_colours.accent, 2));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 12, 12);
    }
}

void TopologyPainter::card(const QRectF& box, const ReplicaView& replica, const CardLook& look) {
    frame(box, replica, look);
    const QColor ground = look.selected ? m_colours.accentGround : m_colours.raised;
    const bool dimmed = !look.live || replica.state == domain::ReplicaState::late;

    const QFontMetricsF names(fontFor(TextRole::cardTitle), m_painter.device());
    const double nameMiddle = box.top() + padding - 2 + names.height() / 2;
    const double progress = replica.joinedPercent.value_or(25) / 100.0;
    drawSign(m_painter, QRectF(box.left() + padding - 2, nameMiddle - glyphSize / 2, glyphSize, glyphSize),
             look.sign, m_colours, progress);
    m_painter.setFont(fontFor(TextRole::cardTitle));
    m_painter.setPen(dimmed ? m_colours.dim : m_colours.ink);
    m_painter.drawText(QPointF(box.left() + nameLeft, nameMiddle + (names.ascent() - names.descent()) / 2),
                       replica.name);

    if (replica.leader && look.live) {
        const double width = pillWidth(replica, m_painter.device()) - 10;
        const QRectF pill(box.right() - width - 10, nameMiddle - 10.5, width, 21);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(look.selected ? m_colours.raised : m_colours.accentGround);
        m_painter.drawRoundedRect(pill, 10, 10);
        m_painter.setPen(m_colours.accent);
        m_painter.setFont(fontFor(TextRole::caption));
        m_painter.drawText(pill, Qt::AlignCenter, leaderWord());
    } else if (replica.role == domain::Role::learner) {
        m_painter.setPen(m_colours.dim);
        m_painter.setFont(fontFor(TextRole::small));
        m_painter.drawText(QRectF(box.left(), nameMiddle - 12, box.width() - 12, 24),
                           Qt::AlignRight | Qt::AlignVCenter, learnerWord());
    }

    const QFont detailFont = fontFor(TextRole::small);
    const QFontMetricsF details(detailFont, m_painter.device());
    const double detailTop = box.top() + padding + names.height() + 3;
    m_painter.setFont(detailFont);
    m_painter.setPen(
        readable(dimmed ? m_colours.dim : textColourOf(look.sign.tone, m_colours), ground, m_colours.ink));
    const QRectF room(box.left() + padding + 1, detailTop, box.width() - 2 * padding + 2,
                      box.bottom() - detailTop - 6);
    if (tabularWidth(details, replica.detail) <= room.width()) {
        drawTabular(m_painter, room.topLeft() + QPointF(0, details.ascent()), replica.detail);
    } else {
        m_painter.drawText(room, Qt::TextWordWrap, replica.detail);
    }
    if (replica.joinedPercent && look.live) {
        const QRectF bar(room.left(), box.bottom() - 8, room.width(), 4);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_colours.line);
        m_painter.drawRoundedRect(bar, 2, 2);
        m_painter.setBrush(m_colours.accent);
        m_painter.drawRoundedRect(QRectF(bar.topLeft(), QSizeF(bar.width() * progress, bar.height())), 2, 2);
    }
}

void TopologyPainter::link(const QPainterPath& path, const ReplicaView& follower, bool live) {
    QPen pen(m_colours.dim, 1.1);
    if (!follower.replicates || !live) {
        const Tone tone = shownSign(follower, live).tone;
        pen = QPen(tone == Tone::good ? m_colours.dim : colourOf(tone, m_colours), 1.2, Qt::CustomDashLine,
                   Qt::FlatCap);
        pen.setDashPattern({4, 4});
    }
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(pen);
    m_painter.drawPath(path);
}

void TopologyPainter::hatchedSegment(const QRectF& ringBox, double from, double span, const QColor& colour) {
    const double radius = ringBox.width() / 2;
    const int ticks = std::max(3, static_cast<int>(span * std::numbers::pi / 180 * radius / 6.4));
    m_painter.setPen(QPen(colour, 3.2, Qt::SolidLine, Qt::FlatCap));
    for (int i = 0; i < ticks; ++i) {
        const double at = from + span * (i + 0.5) / ticks;
        m_painter.drawLine(onCircle(ringBox.center(), radius - thickness / 2, at),
                           onCircle(ringBox.center(), radius + thickness / 2, at));
    }
}

void TopologyPainter::lostSegment(const QRectF& ringBox, double from, double span, Sign sign) {
    m_painter.setPen(QPen(m_colours.idle, 1.2));
    const double half = thickness / 2;
    arc(m_painter, ringBox.adjusted(-half, -half, half, half), from, span);
    arc(m_painter, ringBox.adjusted(half, half, -half, -half), from, span);
    const QPointF middle = onCircle(ringBox.center(), ringBox.width() / 2, from + span / 2);
    drawSign(m_painter, QRectF(middle - QPointF(5.5, 5.5), QSizeF(11, 11)), sign, m_colours);
}

void TopologyPainter::segment(const QRectF& ringBox, double from, double span, Sign sign) {
    const QColor colour = colourOf(sign.tone, m_colours);
    m_painter.setBrush(Qt::NoBrush);
    if (sign.tone == Tone::good) {
        // Round ends reach half the thickness further.
        const double cap = thickness / ringBox.width() * 180 / std::numbers::pi;
        m_painter.setPen(QPen(colour, thickness, Qt::SolidLine, Qt::RoundCap));
        arc(m_painter, ringBox, from + cap, span - 2 * cap);
    } else if (sign.tone == Tone::attention) {
        hatchedSegment(ringBox, from, span, colour);
    } else if (sign.shape == Shape::cross || sign.shape == Shape::square) {
        lostSegment(ringBox, from, span, sign);
    } else {
        QPen pen(colour, 2, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({3, 2.6});
        m_painter.setPen(pen);
        arc(m_painter, ringBox, from, span);
    }
}

void TopologyPainter::count(const TopologyLayout& layout, const models::ClusterView& cluster) {
    const bool live = cluster.notLive.isEmpty();
    const bool known = live && cluster.verdict != domain::Verdict::unreachable &&
                       cluster.verdict != domain::Verdict::starting;
    const bool lost = cluster.verdict == domain::Verdict::noQuorum;
    const double scale = layout.ringRadius / 74;
    QFont number = fontFor(TextRole::count);
    number.setPointSizeF(number.pointSizeF() * scale);
    const QFontMetricsF metrics(number, m_painter.device());
    const QString text = known ? QString::number(cluster.voting) : QStringLiteral("–");
    m_painter.setFont(number);
    m_painter.setPen(lost ? m_colours.bad : known ? m_colours.ink : m_colours.dim);
    const QPointF c = layout.centre;
    m_painter.drawText(QPointF(c.x() - metrics.horizontalAdvance(text) / 2, c.y() - 6 * scale), text);
    QFont words = fontFor(TextRole::secondary);
    const double wordScale = std::clamp(scale, 1.0, 1.3);
    words.setPointSizeF(words.pointSizeF() * wordScale);
    m_painter.setFont(words);
    m_painter.setPen(m_colours.dim);
    const auto line = [&](double y, const QString& said) {
        m_painter.drawText(QRectF(c.x() - 100, c.y() + y - 12, 200, 24), Qt::AlignCenter, said);
    };
    const double first = std::clamp(12 * scale, 9.0, 17.0);
    line(first,
         QCoreApplication::translate("pilothouse::ui::TopologyView", "of %1 voting").arg(cluster.voters));
    line(first + std::clamp(19 * scale, 15.0, 19.0) * wordScale,
         QCoreApplication::translate("pilothouse::ui::TopologyView", "quorum %1").arg(cluster.quorum));
}

void TopologyPainter::ring(const TopologyLayout& layout, const QList<const ReplicaView*>& voters,
                           const QList<const ReplicaView*>& learners, const models::ClusterView& cluster) {
    const bool live = cluster.notLive.isEmpty();
    const double r = layout.ringRadius;
    const QRectF box(layout.centre - QPointF(r, r), QSizeF(2 * r, 2 * r));
    const double part = voters.isEmpty() ? 360 : 360.0 / static_cast<double>(voters.size());
    const double space = voters.size() > 1 ? std::min(9.0, part / 5) : 0;
    for (qsizetype i = 0; i < voters.size(); ++i) {
        segment(box, layout.angles[i] - part / 2 + space / 2, part - space, shownSign(*voters[i], live));
    }
    // Learners: thin arcs below, in the order of their cards (left to right is counter-clockwise down there).
    const double out = thickness / 2 + 9;
    for (qsizetype i = 0; i < learners.size(); ++i) {
        if (learners[i]->leftBehind) {
            continue; // it will not be promoted
        }
        const double span = std::min(50.0, 120.0 / static_cast<double>(learners.size()));
        const double from =
            180 + span * (static_cast<double>(learners.size()) / 2 - static_cast<double>(i) - 1) + 3;
        const double done = (span - 6) * learners[i]->joinedPercent.value_or(0) / 100.0;
        m_painter.setPen(QPen(m_colours.line, 4, Qt::SolidLine, Qt::RoundCap));
        arc(m_painter, box.adjusted(-out, -out, out, out), from, span - 6);
        if (done > 0) {
            m_painter.setPen(QPen(m_colours.accent, 4, Qt::SolidLine, Qt::RoundCap));
            arc(m_painter, box.adjusted(-out, -out, out, out), from + (span - 6) - done, done);
        }
    }
    count(layout, cluster);
}

void TopologyPainter::cut(const TopologyLayout& layout, const QList<const ReplicaView*>& voters,
                          const QString& label, const QRectF& area) {
    const qsizetype count = voters.size();
    bool labelled = false;
    for (qsizetype first = 0; first < count; ++first) {
        if (!voters[first]->cutOff || voters[(first + count - 1) % count]->cutOff) {
            continue; // no run of neighbours that are cut off begins here
        }
        qsizetype length = 1;
        while (voters[(first + length) % count]->cutOff) {
            ++length;
        }
        const double part = 360.0 / static_cast<double>(count);
        const double from = layout.angles[first] - part / 2;
        const QPainterPath path = cutPath(layout, from, from + part * static_cast<double>(length), area);
        QPen pen(m_colours.attention, 1.8, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({4, 3});
        m_painter.setPen(pen);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawPath(path);
        if (!std::exchange(labelled, true)) {
            cutLabel(path, label, area);
        }
    }
}

void TopologyPainter::cutLabel(const QPainterPath& path, const QString& label, const QRectF& area) {
    const QFontMetricsF metrics(fontFor(TextRole::secondary), m_painter.device());
    const QPointF start = path.pointAtPercent(0);
    const QPointF end = path.pointAtPercent(1);
    const QPointF anchor = end.y() < start.y() ? end : start;
    const double width = metrics.horizontalAdvance(label);
    // Beside the line, on the outer side of it.
    const bool leftOfIt = anchor.x() < area.center().x() + 1;
    const double left = std::clamp(leftOfIt ? anchor.x() - width - 8 : anchor.x() + 8, area.left() + 16,
                                   area.right() - width - 16);
    const double top = std::clamp(anchor.y(), area.top() + 12, area.bottom() - metrics.height() - 8);
    m_painter.setFont(fontFor(TextRole::secondary));
    m_painter.fillRect(QRectF(left - 4, top - 2, width + 8, metrics.height() + 4), m_colours.surface);
    m_painter.setPen(m_colours.attention);
    m_painter.drawText(QPointF(left, top + metrics.ascent()), label);
}

} // namespace pilothouse::ui
