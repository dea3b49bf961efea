// SPDX-License-Identifier: GPL-3.0-or-later
// What was measured of a cluster over time, in memory: oldest first, bounded.
#pragma once

#include "models/cluster_view.h"

#include <QAbstractTableModel>
#include <QList>

namespace pilothouse::models {

// Samples by time. Longer than `reachMs` ago is dropped; the number of samples is bounded by reach and step.
class SampleSeries {
public:
    // reachMs: how far back; stepMs: samples closer together than this are merged (mean of writes, the worst
    // p99, the least spare votes).
    explicit SampleSeries(qint64 reachMs = 6 * 3600 * 1000, qint64 stepMs = 1500)
        : m_reachMs(reachMs), m_stepMs(stepMs) {}

    void add(const Sample& sample); // not older than the last one
    void clear() { m_samples.clear(); }
    [[nodiscard]] const QList<Sample>& samples() const { return m_samples; }

private:
    qint64 m_reachMs;
    qint64 m_stepMs;
    QList<Sample> m_samples;
};

// Minutes, newest first, as rows: the table that stands in for the plot.
class SampleModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Minute, Writes, P99, Spare, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setSamples(const QList<Sample>& samples);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<Sample> m_minutes; // newest first
};

// Merges samples into steps of `stepMs`, oldest first.
[[nodiscard]] QList<Sample> merged(const QList<Sample>& samples, qint64 stepMs);

// The plot in words: "writes per second: now 52, least 18, most 61, steady; …". Says "no answer" for what is
// absent now.
[[nodiscard]] QString inWords(const QList<Sample>& samples);

} // namespace pilothouse::models
