// SPDX-License-Identifier: GPL-3.0-or-later
// What lies over the strips: gaps with the word "no answer", events with sign and words, the present.
#pragma once

#include "models/cluster_view.h"
#include "ui/timeline/time_span.h"

#include <QWidget>

namespace pilothouse::ui {

class Theme;

// Where the strips are, in the overlay's own coordinates.
struct StripGeometry {
    QList<QRectF> strips; // top to bottom
    qint64 fromMs = 0;
    qint64 toMs = 1;
    [[nodiscard]] double xOf(qint64 atMs) const;
};

class TimelineOverlay : public QWidget {
    Q_OBJECT
public:
    explicit TimelineOverlay(const Theme& theme, QWidget* parent);
    void setGeometryOf(const StripGeometry& geometry);
    // One list of gaps per strip.
    void setGaps(const QList<QList<Gap>>& gaps);
    void setEvents(const QList<models::EventView>& events);
    // The strips' ground from there on is that of a failure; 0: nowhere.
    void setLostSince(qint64 atMs);

    // One or more events that are too close to be told apart: the sign of the worst, the words of all that
    // fit in. Words that find no room are left out, the mark stays.
    struct Mark {
        models::Sign sign;
        QString label;
        double x = 0; // of the first
        QRectF words; // empty: no room
    };
    [[nodiscard]] QList<Mark> marks() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QList<Mark> grouped() const;
    void paintGaps(QPainter& painter) const;
    void paintMark(QPainter& painter, const Mark& mark) const;

    const Theme& m_theme;
    StripGeometry m_geometry;
    QList<QList<Gap>> m_gaps;
    QList<models::EventView> m_events;
    qint64 m_lostSince = 0;
};

} // namespace pilothouse::ui
