// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline with its title, its words for a screen reader, and the same as a table.
#pragma once

#include "models/cluster_view.h"
#include "ui/widgets/panel.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace pilothouse::models {
class SampleModel;
}

namespace pilothouse::ui {

class Theme;
class TimelinePlot;

class TimelinePanel : public Panel {
    Q_OBJECT
public:
    explicit TimelinePanel(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override { return {1160, 222}; }

    // `nowMs` since the epoch.
    void setContent(const QList<models::Sample>& samples, qint64 nowMs, bool noQuorum);
    void setEvents(const QList<models::EventView>& events);
    [[nodiscard]] const TimelinePlot& plot() const { return *m_plot; }

private:
    void showTable(bool table);

    QLabel* m_title;
    QLabel* m_zone;
    QPushButton* m_asTable;
    QStackedWidget* m_stack;
    TimelinePlot* m_plot;
    QTableView* m_table = nullptr; // made when it is asked for
    models::SampleModel* m_model;
    QList<models::Sample> m_samples;
};

} // namespace pilothouse::ui
