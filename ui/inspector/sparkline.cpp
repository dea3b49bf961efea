// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/sparkline.h"

#include "ui/theme/theme.h"
#include "ui/theme/type.h"
#include "ui/timeline/time_span.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace pilothouse::ui {

Sparkline::Sparkline(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(sizeHint().height());
}

void Sparkline::setValues(const QList<TimedValue>& values, qint64 spanMs) {
    if (values == m_values && spanMs == m_spanMs) {
        return;
    }
    m_values = values;
    m_spanMs = std::max<qint64>(1, spanMs);
    const auto words = [](const TimedValue* value) {
        return value != nullptr && value->value ? number(*value->value) : tr("no answer");
    };
    const auto most =
        std::max_element(values.begin(), values.end(), [](const TimedValue& a, const TimedValue& b) {
            return a.value < b.value; // absent is less than any number
        });
    setAccessibleDescription(tr("now %1, most %2")
                                 .arg(words(values.isEmpty() ? nullptr : &values.last()),
                                      words(most == values.end() ? nullptr : &*most)));
    update();
}

QString Sparkline::number(double value) {
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(value, 'f', value < 99.5 ? 1 : 0);
}

std::optional<double> Sparkline::most() const {
    std::optional<double> most;
    for (const TimedValue& value : m_values) {
        if (value.value) {
            most = std::max(most.value_or(*value.value), *value.value);
        }
    }
    return most;
}

double Sparkline::xOf(qint64 atMs, qint64 from) const {
    return static_cast<double>(atMs - from) / static_cast<double>(m_spanMs) * width();
}

// Whether nobody looked between the value before and this one.
bool Sparkline::isHole(qsizetype index) const {
    return index > 0 && m_values[index].atMs - m_values[index - 1].atMs > nobodyLookedMs;
}

void Sparkline::paintGaps(QPainter& painter, qint64 from) const {
    const Tokens& colours = m_theme.colours();
    qsizetype i = 0;
    while (i < m_values.size()) {
        if (m_values[i].value) {
            ++i;
            continue;
        }
        qsizetype end = i + 1;
        while (end < m_values.size() && !m_values[end].value && !isHole(end)) {
            ++end;
        }
        const double left = xOf(m_values[i].atMs, from);
        const double right = end == m_values.size() ? width()
                             : isHole(end)          ? xOf(m_values[end - 1].atMs, from)
                                                    : xOf(m_values[end].atMs, from);
        const QRectF gap(left, 0, right - left, height() - 1);
        painter.fillRect(gap, colours.window);
        painter.fillRect(gap, QBrush(colours.line, Qt::BDiagPattern));
        painter.setFont(fontFor(TextRole::small));
        const QString words = tr("no answer");
        if (gap.width() > painter.fontMetrics().horizontalAdvance(words) + 12) {
            painter.setPen(colours.dim);
            painter.drawText(gap, Qt::AlignCenter, words);
        }
        i = end;
    }
}

void Sparkline::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Tokens& colours = m_theme.colours();
    if (!m_values.isEmpty()) {
        const qint64 from = m_values.last().atMs - m_spanMs;
        paintGaps(painter, from);
        const double top = std::max(0.1, most().value_or(1));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colours.dim, 1));
        QPolygonF line;
        for (qsizetype i = 0; i < m_values.size(); ++i) {
            const TimedValue& value = m_values[i];
            const bool drawn = value.value && value.atMs >= from;
            if (!drawn || isHole(i)) {
                painter.drawPolyline(line);
                line.clear();
            }
            if (drawn) {
                line.append({xOf(value.atMs, from), height() - 4 - *value.value / top * (height() - 10)});
            }
        }
        painter.drawPolyline(line);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(0, height() - 1, width(), 1, colours.line);
}

} // namespace pilothouse::ui
