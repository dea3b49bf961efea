// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sample_series.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace pilothouse::models {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(pilothouse::models)
};

QString number(double value) {
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(value, 'f', std::abs(value) < 10 ? 1 : 0);
}

// Of one quantity over all samples that have it.
QString summary(const QList<Sample>& samples, std::optional<double> Sample::*quantity) {
    std::optional<double> least;
    std::optional<double> most;
    double early = 0;
    double late = 0;
    int earlyCount = 0;
    int lateCount = 0;
    for (qsizetype i = 0; i < samples.size(); ++i) {
        const std::optional<double>& value = samples[i].*quantity;
        if (!value) {
            continue;
        }
        least = std::min(least.value_or(*value), *value);
        most = std::max(most.value_or(*value), *value);
        const bool inFirstHalf = i < samples.size() / 2;
        (inFirstHalf ? early : late) += *value;
        ++(inFirstHalf ? earlyCount : lateCount);
    }
    if (!least) {
        return Words::tr("no answer");
    }
    const std::optional<double>& last = samples.last().*quantity;
    const double before = earlyCount > 0 ? early / earlyCount : 0;
    const double after = lateCount > 0 ? late / lateCount : before;
    const double tolerance = 0.15 * std::max(std::abs(before), std::abs(after));
    const QString trend = after > before + tolerance   ? Words::tr("rising")
                          : after < before - tolerance ? Words::tr("falling")
                                                       : Words::tr("steady");
    return Words::tr("now %1, least %2, most %3, %4")
        .arg(last ? number(*last) : Words::tr("no answer"), number(*least), number(*most), trend);
}

void mergeInto(Sample& into, const Sample& other, int count) {
    if (other.writesPerSecond) {
        into.writesPerSecond =
            into.writesPerSecond
                ? *into.writesPerSecond + (*other.writesPerSecond - *into.writesPerSecond) / count
                : *other.writesPerSecond;
    }
    if (other.p99Ms) {
        into.p99Ms = std::max(into.p99Ms.value_or(0), *other.p99Ms);
    }
    if (other.spareVotes) {
        into.spareVotes = std::min(into.spareVotes.value_or(*other.spareVotes), *other.spareVotes);
    }
}

} // namespace

QList<Sample> merged(const QList<Sample>& samples, qint64 stepMs) {
    QList<Sample> out;
    int count = 0;
    for (const Sample& sample : samples) {
        const qint64 slot = sample.atMs - sample.atMs % stepMs;
        if (out.isEmpty() || out.last().atMs != slot) {
            out.append(sample);
            out.last().atMs = slot;
            count = 1;
        } else {
            mergeInto(out.last(), sample, ++count);
        }
    }
    return out;
}

void SampleSeries::add(const Sample& sample) {
    if (!m_samples.isEmpty() && sample.atMs - m_samples.last().atMs < m_stepMs) {
        const qint64 at = m_samples.last().atMs;
        mergeInto(m_samples.last(), sample, 2);
        m_samples.last().atMs = at;
    } else {
        m_samples.append(sample);
    }
    const auto keep = std::find_if(m_samples.begin(), m_samples.end(),
                                   [&](const Sample& old) { return sample.atMs - old.atMs <= m_reachMs; });
    // In larger pieces: removing one at the front of thousands each time would be waste.
    if (keep - m_samples.begin() > 60) {
        m_samples.erase(m_samples.begin(), keep);
    }
}

QString inWords(const QList<Sample>& samples) {
    if (samples.isEmpty()) {
        return Words::tr("Nothing measured yet.");
    }
    return Words::tr("Writes per second: %1. Answer time (p99) in milliseconds: %2.")
        .arg(summary(samples, &Sample::writesPerSecond), summary(samples, &Sample::p99Ms));
}

void SampleModel::setSamples(const QList<Sample>& samples) {
    QList<Sample> minutes = merged(samples, 60'000);
    std::reverse(minutes.begin(), minutes.end());
    // Only made when the table is asked for, and replaced as a whole: each minute shifts every row.
    beginResetModel();
    m_minutes = std::move(minutes);
    endResetModel();
}

int SampleModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_minutes.size());
}

int SampleModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SampleModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return index.column() == Minute ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) {
        return {};
    }
    const Sample& sample = m_minutes[index.row()];
    const QString none = tr("no answer");
    switch (index.column()) {
    case Minute:
        return QDateTime::fromMSecsSinceEpoch(sample.atMs).toString(QStringLiteral("HH:mm"));
    case Writes:
        return sample.writesPerSecond ? number(*sample.writesPerSecond) : none;
    case P99:
        return sample.p99Ms ? number(*sample.p99Ms) : none;
    default:
        return !sample.spareVotes       ? none
               : *sample.spareVotes < 0 ? tr("none, no quorum")
                                        : QString::number(*sample.spareVotes);
    }
}

QVariant SampleModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant((section == Minute ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Minute:
        return tr("Time (local)");
    case Writes:
        return tr("Writes/s");
    case P99:
        return tr("p99 ms");
    default:
        return tr("Spare votes");
    }
}

} // namespace pilothouse::models
