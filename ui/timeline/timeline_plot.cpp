// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timeline_plot.h"

#include "models/sample_series.h"
#include "ui/theme/theme.h"
#include "ui/theme/type.h"
#include "ui/timeline/time_span.h"

#include <algorithm>
#include <limits>

namespace pilothouse::ui {
namespace {

using models::Sample;

constexpr int forNumbers = 36; // left of the strips
constexpr int leastLeft = 80;  // names and numbers together
constexpr int forMarks = 30;

constexpr int missedSteps = 4;
constexpr qint64 leastPixels = 4;
constexpr qint64 longestWaitMs = 10'000;

// Changes when what was kept is put before what was seen. 0: nothing is there.
qint64 beginningOf(const QList<Sample>& samples) {
    return samples.isEmpty() ? 0 : samples.first().atMs;
}

} // namespace

TimelinePlot::TimelinePlot(const Theme& theme, QWidget* parent)
    : QCustomPlot(parent), m_theme(theme), m_overlay(new TimelineOverlay(theme, this)) {
    setFocusPolicy(Qt::NoFocus);
    setInteractions(QCP::iNone);
    setNoAntialiasingOnDrag(false);
    setPlottingHints(QCP::phCacheLabels);
    setMinimumHeight(104);
    connect(this, &QCustomPlot::afterReplot, this, &TimelinePlot::placeOverlay);
    build(false);
}

TimelinePlot::Strip TimelinePlot::addStrip(int row, const QString& name, bool timeAxis) {
    Strip strip;
    strip.box = new QCPAxisRect(this, false);
    plotLayout()->addElement(row, 0, strip.box);
    strip.box->setAutoMargins(QCP::msNone);
    strip.box->setMargins(QMargins(m_left, row == 0 ? forMarks : 15, 3, timeAxis ? 22 : 0));
    QCPAxis* x = strip.box->addAxis(QCPAxis::atBottom);
    QCPAxis* y = strip.box->addAxis(QCPAxis::atLeft);
    x->setTickLabels(timeAxis);
    styleAxis(*x);
    styleAxis(*y);
    if (timeAxis) {
        auto ticker = QSharedPointer<QCPAxisTickerDateTime>::create();
        ticker->setDateTimeFormat(QStringLiteral("HH:mm"));
        ticker->setTickCount(6);
        x->setTicker(ticker);
    }
    strip.graph = addGraph(x, y);
    strip.name = new QCPItemText(this);
    strip.name->setClipToAxisRect(false);
    strip.name->position->setTypeX(QCPItemPosition::ptAbsolute);
    strip.name->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    strip.name->position->setAxisRect(strip.box);
    strip.name->position->setCoords(0, 0.5);
    strip.name->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    strip.name->setFont(fontFor(TextRole::small));
    strip.name->setText(name);
    return strip;
}

void TimelinePlot::build(bool spareVotes) {
    m_spare = spareVotes;
    clearItems();
    clearGraphs();
    plotLayout()->clear();
    m_strips.clear();
    plotLayout()->setRowSpacing(0);
    const QFontMetrics metrics(fontFor(TextRole::small));
    m_left = leastLeft;
    for (const QString& name : {tr("spare votes"), tr("writes/s"), tr("p99 ms")}) {
        m_left = std::max(m_left, metrics.horizontalAdvance(name) + forNumbers);
    }
    if (spareVotes) {
        m_strips = {addStrip(0, tr("spare votes"), true)};
    } else {
        m_strips = {addStrip(0, tr("writes/s"), false), addStrip(1, tr("p99 ms"), true)};
        plotLayout()->setRowStretchFactors({1.5, 1.25});
    }
    dress();
}

void TimelinePlot::styleAxis(QCPAxis& axis) const {
    const Tokens& colours = m_theme.colours();
    axis.grid()->setVisible(false);
    axis.setTickLabelFont(fontFor(TextRole::small));
    axis.setTickLabelColor(colours.faint);
    axis.setTickPen(Qt::NoPen);
    axis.setSubTickPen(Qt::NoPen);
    const bool isTime = axis.axisType() == QCPAxis::atBottom;
    axis.setBasePen(isTime ? QPen(colours.line, 1) : QPen(Qt::NoPen));
    axis.setTickLabelPadding(isTime ? 8 : 6);
}

void TimelinePlot::dress() {
    const Tokens& colours = m_theme.colours();
    setBackground(QBrush(colours.surface));
    for (qsizetype i = 0; i < m_strips.size(); ++i) {
        for (QCPAxis* axis : m_strips[i].box->axes()) {
            styleAxis(*axis);
        }
        m_strips[i].name->setColor(colours.dim);
        const bool first = i == 0;
        m_strips[i].graph->setPen(QPen(first ? colours.accent : colours.dim, 1));
        QColor fill = colours.accent;
        fill.setAlphaF(0.13F);
        m_strips[i].graph->setBrush(first && !m_spare ? QBrush(fill) : QBrush(Qt::NoBrush));
        m_strips[i].graph->setLineStyle(m_spare ? QCPGraph::lsStepLeft : QCPGraph::lsLine);
        m_strips[i].graph->setAntialiased(!m_spare);
    }
}

void TimelinePlot::setContent(const QList<Sample>& samples, qint64 nowMs, qint64 spanMs, bool spareVotes) {
    // A few pixels of time more are not worth a drawing.
    const qint64 leastStep = std::min(leastPixels * spanMs / std::max(1, width()), longestWaitMs);
    const bool isStep = nowMs < m_nowMs || nowMs - m_nowMs >= leastStep;
    const bool sameBeginning = beginningOf(samples) == beginningOf(m_samples);
    if (!isStep && sameBeginning && spareVotes == m_spare && spanMs == m_spanMs) {
        return;
    }
    if (spareVotes != m_spare) {
        build(spareVotes);
    }
    m_samples = samples;
    m_nowMs = nowMs;
    m_spanMs = spanMs;
    m_stale = true;
    if (isVisible()) {
        refresh();
    }
}

void TimelinePlot::setEvents(const QList<models::EventView>& events) {
    m_overlay->setEvents(events);
}

// Between samples further apart than this nobody looked.
qint64 TimelinePlot::longestStep() const {
    return std::max(nobodyLookedMs, missedSteps * m_spanMs / std::max(1, width() - m_left));
}

void TimelinePlot::fillStrip(Strip& strip, std::optional<double> Sample::*quantity, double least,
                             const QList<Sample>& points, QList<QList<Gap>>& gaps) {
    QVector<double> times;
    QVector<double> values;
    double most = 0;
    const qint64 longest = longestStep();
    const QList<Gap> missing = gapsOf(points, quantity, longest, m_nowMs);
    for (const Sample& sample : points) {
        const bool afterHole =
            !times.isEmpty() && static_cast<double>(sample.atMs - longest) / 1000 > times.last();
        if (afterHole) {
            times.append(times.last() + 0.001);
            values.append(std::numeric_limits<double>::quiet_NaN());
        }
        times.append(static_cast<double>(sample.atMs) / 1000);
        values.append((sample.*quantity).value_or(std::numeric_limits<double>::quiet_NaN()));
        most = std::max(most, (sample.*quantity).value_or(0));
    }
    gaps.append(missing);
    strip.graph->setData(times, values, true);
    const double top = axisTop(most, least);
    QCPAxis* y = strip.graph->valueAxis();
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    ticker->addTick(0, QStringLiteral("0"));
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    ticker->addTick(top, locale.toString(top, 'g', 6));
    y->setTicker(ticker);
    y->setRange(0, top * 1.08);
}

void TimelinePlot::fillSpareVotes(Strip& strip, const QList<Sample>& points) {
    QVector<double> times;
    QVector<double> values;
    int most = 1;
    qint64 lostSince = 0;
    std::optional<qint64> last;
    for (const Sample& sample : points) {
        if (last && sample.atMs - *last > longestStep()) { // nobody looked: nothing is claimed
            times.append(static_cast<double>(*last) / 1000 + 0.001);
            values.append(std::numeric_limits<double>::quiet_NaN());
            lostSince = 0;
        }
        last = sample.atMs;
        times.append(static_cast<double>(sample.atMs) / 1000);
        values.append(sample.spareVotes ? std::max(-1, *sample.spareVotes)
                                        : std::numeric_limits<double>::quiet_NaN());
        most = std::max(most, sample.spareVotes.value_or(0));
        const bool lost = sample.spareVotes && *sample.spareVotes < 0;
        lostSince = !lost ? 0 : lostSince > 0 ? lostSince : sample.atMs;
    }
    strip.graph->setData(times, values, true);
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    ticker->addTick(-1, tr("none"));
    for (int votes = 0; votes <= most; ++votes) {
        ticker->addTick(votes, QString::number(votes));
    }
    QCPAxis* y = strip.graph->valueAxis();
    y->setTicker(ticker);
    y->setRange(-1.05, most + 0.3);
    y->grid()->setVisible(true);
    y->grid()->setPen(QPen(m_theme.colours().line, 1));
    y->grid()->setZeroLinePen(QPen(m_theme.colours().line, 1));
    strip.name->position->setCoords(0, -0.1);
    strip.graph->setPen(QPen(m_theme.colours().accent, 2)); // a few steps: a wide line costs nothing here
    m_overlay->setLostSince(lostSince);
}

void TimelinePlot::refresh() {
    const qint64 from = m_nowMs - m_spanMs;
    QList<Sample> points;
    std::copy_if(m_samples.begin(), m_samples.end(), std::back_inserter(points),
                 [from](const Sample& sample) { return sample.atMs >= from; });
    const qint64 perPixel = std::max<qint64>(1000, m_spanMs / std::max(1, width() - m_left));
    points = models::merged(points, perPixel);
    QList<QList<Gap>> gaps;
    if (m_spare) {
        fillSpareVotes(m_strips[0], points);
        gaps.append(QList<Gap>());
    } else {
        m_overlay->setLostSince(0);
        fillStrip(m_strips[0], &Sample::writesPerSecond, 4, points, gaps);
        fillStrip(m_strips[1], &Sample::p99Ms, 2, points, gaps);
    }
    for (const Strip& strip : std::as_const(m_strips)) {
        strip.graph->keyAxis()->setRange(static_cast<double>(from) / 1000,
                                         static_cast<double>(m_nowMs) / 1000);
    }
    m_overlay->setGaps(gaps);
    m_stale = false;
    ++m_draws;
    replot(QCustomPlot::rpQueuedReplot);
}

void TimelinePlot::placeOverlay() {
    StripGeometry geometry{.strips = {}, .fromMs = m_nowMs - m_spanMs, .toMs = m_nowMs};
    for (const Strip& strip : std::as_const(m_strips)) {
        geometry.strips.append(QRectF(strip.box->rect()));
    }
    m_overlay->setGeometry(rect());
    m_overlay->setGeometryOf(geometry);
}

void TimelinePlot::resizeEvent(QResizeEvent* event) {
    QCustomPlot::resizeEvent(event);
    if (isVisible() && m_nowMs > 0) {
        refresh();
    }
}

void TimelinePlot::showEvent(QShowEvent* event) {
    QCustomPlot::showEvent(event);
    if (m_stale && m_nowMs > 0) {
        refresh();
    }
}

void TimelinePlot::changeEvent(QEvent* event) {
    QCustomPlot::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        dress();
        m_stale = true;
        if (isVisible() && m_nowMs > 0) {
            refresh();
        }
    }
}

} // namespace pilothouse::ui
