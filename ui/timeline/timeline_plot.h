// SPDX-License-Identifier: GPL-3.0-or-later
// The strips of the timeline: writes and answer time, or spare votes when there is no quorum.
#pragma once

#include "models/cluster_view.h"
#include "ui/timeline/custom_plot.h"
#include "ui/timeline/timeline_overlay.h"

namespace pilothouse::ui {

class Theme;

// Draws when something new is to be seen and it is visible; has no timer. Lines are 1 pixel wide and hold no
// more points than there are pixels: wider antialiased lines cost a hundred times as much.
class TimelinePlot : public QCustomPlot {
    Q_OBJECT
public:
    explicit TimelinePlot(const Theme& theme, QWidget* parent = nullptr);

    // `spareVotes`: one strip with those instead of two with writes and answer times.
    void setContent(const QList<models::Sample>& samples, qint64 nowMs, qint64 spanMs, bool spareVotes);
    void setEvents(const QList<models::EventView>& events);
    [[nodiscard]] const TimelineOverlay& overlay() const { return *m_overlay; }
    [[nodiscard]] int drawCount() const { return m_draws; } // for tests

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Strip {
        QCPAxisRect* box = nullptr;
        QCPGraph* graph = nullptr;
        QCPItemText* name = nullptr;
    };
    void build(bool spareVotes);
    Strip addStrip(int row, const QString& name, bool timeAxis);
    void styleAxis(QCPAxis& axis) const;
    void dress();
    void refresh();
    void fillStrip(Strip& strip, std::optional<double> models::Sample::*quantity, double least,
                   const QList<models::Sample>& points, QList<QList<Gap>>& gaps);
    [[nodiscard]] qint64 longestStep() const;
    void fillSpareVotes(Strip& strip, const QList<models::Sample>& points);
    void placeOverlay();

    const Theme& m_theme;
    TimelineOverlay* m_overlay;
    QList<Strip> m_strips;
    QList<models::Sample> m_samples;
    qint64 m_nowMs = 0;
    qint64 m_spanMs = 1;
    int m_left = 0; // of the strips, within the plot
    bool m_spare = false;
    bool m_stale = true; // not drawn since it last changed
    int m_draws = 0;
};

} // namespace pilothouse::ui
