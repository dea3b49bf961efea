// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/time_span.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace pilothouse::ui {
namespace {

constexpr qint64 minute = 60'000;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(pilothouse::ui::Timeline)
};

} // namespace

qint64 spanFor(const QList<models::Sample>& samples) {
    const qint64 covered = samples.isEmpty() ? 0 : samples.last().atMs - samples.first().atMs;
    for (const qint64 span : {5 * minute, 30 * minute, 60 * minute}) {
        if (covered <= span) {
            return span;
        }
    }
    return 360 * minute;
}

QString titleOf(qint64 spanMs) {
    const auto minutes = static_cast<int>(spanMs / minute);
    if (minutes < 60) {
        return Words::tr("Last %n minutes", nullptr, minutes);
    }
    return minutes == 60 ? Words::tr("Last hour") : Words::tr("Last %n hours", nullptr, minutes / 60);
}

QString phraseOf(qint64 spanMs) {
    const auto minutes = static_cast<int>(spanMs / minute);
    if (minutes < 60) {
        return Words::tr("last %n minutes", nullptr, minutes);
    }
    return minutes == 60 ? Words::tr("last hour") : Words::tr("last %n hours", nullptr, minutes / 60);
}

QList<Gap> gapsOf(const QList<models::Sample>& samples, std::optional<double> models::Sample::*quantity,
                  qint64 longestStepMs, qint64 nowMs) {
    QList<Gap> gaps;
    std::optional<qint64> since; // of the gap that is open
    std::optional<qint64> last;  // sample
    const auto close = [&gaps, &since](qint64 atMs) {
        if (since && atMs > *since) {
            gaps.append({*since, atMs});
        }
        since.reset();
    };
    for (const models::Sample& sample : samples) {
        if (last && sample.atMs - *last > longestStepMs) {
            close(*last);
            last.reset();
        }
        if (sample.*quantity) {
            close(sample.atMs);
        } else if (!since) {
            since = last.value_or(sample.atMs);
        }
        last = sample.atMs;
    }
    if (last) {
        close(nowMs - *last > longestStepMs ? *last : nowMs);
    }
    return gaps;
}

double axisTop(double value, double least) {
    const double wanted = std::max(value, least);
    const double power = std::pow(10, std::floor(std::log10(wanted)));
    for (const double step : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0}) {
        if (step * power >= wanted) {
            return step * power;
        }
    }
    return 10 * power;
}

} // namespace pilothouse::ui
