// SPDX-License-Identifier: GPL-3.0-or-later
// A small line of one value over time, with its gaps, and the same in words.
#pragma once

#include <QList>
#include <QWidget>

#include <optional>

namespace pilothouse::ui {

class Theme;

struct TimedValue {
    qint64 atMs = 0;             // since the epoch
    std::optional<double> value; // absent: no answer
    friend bool operator==(const TimedValue&, const TimedValue&) = default;
};

class Sparkline : public QWidget {
    Q_OBJECT
public:
    explicit Sparkline(const Theme& theme, QWidget* parent = nullptr);
    // Oldest first. `spanMs`: how much time the width stands for; it ends with the last value.
    void setValues(const QList<TimedValue>& values, qint64 spanMs);
    [[nodiscard]] std::optional<double> most() const;
    [[nodiscard]] static QString number(double value); // as it is written beside the line
    [[nodiscard]] QSize sizeHint() const override { return {200, 46}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintGaps(QPainter& painter, qint64 from) const;
    [[nodiscard]] bool isHole(qsizetype index) const;
    [[nodiscard]] double xOf(qint64 atMs, qint64 from) const;

    const Theme& m_theme;
    QList<TimedValue> m_values;
    qint64 m_spanMs = 1;
};

} // namespace pilothouse::ui
