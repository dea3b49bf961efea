// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timeline_overlay.h"

#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/theme/type.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <iterator>

namespace pilothouse::ui {

constexpr double markSize = 11;
constexpr double wordsGap = 6;

double StripGeometry::xOf(qint64 atMs) const {
    const QRectF strip = strips.isEmpty() ? QRectF() : strips.first();
    return strip.left() +
           strip.width() * static_cast<double>(atMs - fromMs) / static_cast<double>(toMs - fromMs);
}

TimelineOverlay::TimelineOverlay(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
}

void TimelineOverlay::setGeometryOf(const StripGeometry& geometry) {
    m_geometry = geometry;
    update();
}

void TimelineOverlay::setGaps(const QList<QList<Gap>>& gaps) {
    if (gaps != m_gaps) {
        m_gaps = gaps;
        update();
    }
}

void TimelineOverlay::setEvents(const QList<models::EventView>& events) {
    if (events != m_events) {
        m_events = events;
        update();
    }
}

void TimelineOverlay::setLostSince(qint64 atMs) {
    if (atMs != m_lostSince) {
        m_lostSince = atMs;
        update();
    }
}

// Higher is worse: what a group of events is marked with.
static int weightOf(models::Tone tone) {
    switch (tone) {
    case models::Tone::bad:
        return 4;
    case models::Tone::attention:
        return 3;
    case models::Tone::good:
        return 2;
    case models::Tone::accent:
        return 1;
    case models::Tone::neutral:
        break;
    }
    return 0;
}

QList<TimelineOverlay::Mark> TimelineOverlay::grouped() const {
    QList<models::EventView> events;
    std::copy_if(
        m_events.begin(), m_events.end(), std::back_inserter(events), [this](const models::EventView& event) {
            return event.atMs >= m_geometry.fromMs && event.atMs <= m_geometry.toMs && !event.label.isEmpty();
        });
    std::stable_sort(events.begin(), events.end(),
                     [](const auto& a, const auto& b) { return a.atMs < b.atMs; });
    QList<Mark> marks;
    QStringList labels; // of the mark that is being made
    for (const models::EventView& event : std::as_const(events)) {
        const double x = m_geometry.xOf(event.atMs);
        const models::Sign sign = models::signOfEvent(event.kind);
        if (marks.isEmpty() || x - marks.last().x > markSize + 2) {
            labels = {event.label};
            marks.append({sign, event.label, x, {}});
            continue;
        }
        labels.removeAll(event.label);
        labels.append(event.label);
        Mark& mark = marks.last();
        if (weightOf(sign.tone) > weightOf(mark.sign.tone)) {
            mark.sign = sign;
        }
        // The last two say how it ended.
        const qsizetype more = labels.size() - 2;
        mark.label = labels.mid(std::max<qsizetype>(0, more)).join(QStringLiteral(" · "));
        if (more > 0) {
            mark.label = tr("%1 (+%2)").arg(mark.label).arg(more);
        }
    }
    return marks;
}

QList<TimelineOverlay::Mark> TimelineOverlay::marks() const {
    if (m_geometry.strips.isEmpty()) {
        return {};
    }
    QList<Mark> marks = grouped();
    const QRectF strip = m_geometry.strips.first();
    const QFontMetricsF metrics(fontFor(TextRole::small), this);
    std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.x > b.x; });
    // The newest get their words first; to the right of the mark if there is room, else to its left.
    QList<QRectF> taken;
    for (const Mark& mark : std::as_const(marks)) {
        taken.append(QRectF(mark.x - markSize / 2 - 1, 0, markSize + 2, 20));
    }
    for (qsizetype i = 0; i < marks.size(); ++i) {
        const double width = metrics.horizontalAdvance(marks[i].label) + 2;
        const double right = marks[i].x + markSize / 2 + wordsGap;
        const double left = marks[i].x - markSize / 2 - wordsGap - width;
        for (const double at : {right, left}) {
            const QRectF words(at, 0, width, 20);
            const bool inside = words.left() >= strip.left() - 70 && words.right() <= strip.right() + 4;
            const bool free = std::none_of(taken.begin(), taken.end(), [&words](const QRectF& other) {
                return other.intersects(words.adjusted(-3, 0, 3, 0));
            });
            if (inside && free) {
                marks[i].words = words.translated(0, strip.top() - 25);
                taken.append(words);
                break;
            }
        }
    }
    return marks;
}

void TimelineOverlay::paintGaps(QPainter& painter) const {
    const Tokens& colours = m_theme.colours();
    const QString words = tr("no answer");
    painter.setFont(fontFor(TextRole::small));
    const double wordsWidth = painter.fontMetrics().horizontalAdvance(words) + 12;
    for (qsizetype i = 0; i < std::min(m_gaps.size(), m_geometry.strips.size()); ++i) {
        const QRectF strip = m_geometry.strips[i];
        for (const Gap& gap : m_gaps[i]) {
            const double left = std::max(strip.left(), m_geometry.xOf(gap.fromMs));
            const double right = std::min(strip.right(), m_geometry.xOf(gap.toMs));
            if (right - left < 1) {
                continue;
            }
            const QRectF box(left, strip.top(), right - left, strip.height());
            painter.fillRect(box, colours.window);
            painter.fillRect(box, QBrush(colours.line, Qt::BDiagPattern));
            if (box.width() > wordsWidth) {
                const QRectF plate(box.center().x() - wordsWidth / 2, box.center().y() - 9, wordsWidth, 18);
                painter.fillRect(plate, colours.window);
                painter.setPen(colours.dim);
                painter.drawText(plate, Qt::AlignCenter, words);
            }
        }
    }
}

void TimelineOverlay::paintMark(QPainter& painter, const Mark& mark) const {
    const Tokens& colours = m_theme.colours();
    const models::Sign sign = mark.sign;
    const double top = m_geometry.strips.first().top() - 15;
    QPen pen(colourOf(sign.tone, colours), 1.4, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({1.4, 2.2});
    painter.setPen(pen);
    painter.drawLine(QPointF(mark.x, top + 8), QPointF(mark.x, m_geometry.strips.last().bottom()));
    drawSign(painter, QRectF(mark.x - markSize / 2, top - markSize / 2, markSize, markSize), sign, colours);
    if (!mark.words.isEmpty()) {
        painter.setPen(colours.ink);
        painter.setFont(fontFor(TextRole::small));
        painter.drawText(mark.words, Qt::AlignVCenter | Qt::AlignLeft, mark.label);
    }
}

void TimelineOverlay::paintEvent(QPaintEvent*) {
    if (m_geometry.strips.isEmpty()) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& colours = m_theme.colours();
    const QRectF first = m_geometry.strips.first();
    const QRectF last = m_geometry.strips.last();
    if (m_lostSince > 0) {
        const double left = std::max(first.left(), m_geometry.xOf(m_lostSince));
        QColor ground = colours.bad;
        ground.setAlphaF(0.12F);
        painter.fillRect(QRectF(left, first.top(), first.right() - left, last.bottom() - first.top()),
                         ground);
    }
    paintGaps(painter);
    for (const Mark& mark : marks()) {
        paintMark(painter, mark);
    }
    painter.setPen(QPen(colours.ink, 2));
    painter.drawLine(QPointF(first.right(), first.top() - 6), QPointF(first.right(), last.bottom()));
}

} // namespace pilothouse::ui
