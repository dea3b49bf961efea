// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timeline_panel.h"

#include "models/sample_series.h"
#include "ui/timeline/time_span.h"
#include "ui/timeline/timeline_plot.h"
#include "ui/widgets/label.h"
#include "ui/widgets/table.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace pilothouse::ui {

TimelinePanel::TimelinePanel(const Theme& theme, QWidget* parent)
    : Panel(tr("Timeline"), parent), m_title(makeLabel(TextRole::strong)),
      m_zone(makeLabel(TextRole::small, Ink::dim)), m_asTable(new QPushButton(tr("Show as table"))),
      m_stack(new QStackedWidget), m_plot(new TimelinePlot(theme)), m_model(new models::SampleModel(this)) {
    m_asTable->setCheckable(true);
    m_asTable->setProperty("kind", QStringLiteral("link"));
    m_plot->setAccessibleName(tr("Timeline"));
    m_stack->addWidget(m_plot);
    auto* head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(m_title, 1);
    head->addWidget(m_asTable);
    head->addWidget(m_zone);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 8, 20, 8);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_stack, 1);
    connect(m_asTable, &QPushButton::toggled, this, &TimelinePanel::showTable);
}

void TimelinePanel::setContent(const QList<models::Sample>& samples, qint64 nowMs, bool noQuorum) {
    m_samples = samples;
    const qint64 span = spanFor(samples);
    setTextOf(*m_title, titleOf(span));
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(nowMs);
    setTextOf(*m_zone, tr("all times local (%1) · now %2")
                           .arg(now.timeZoneAbbreviation(), now.toString(QStringLiteral("HH:mm"))));
    const bool knowsVotes = std::any_of(samples.begin(), samples.end(), [](const models::Sample& sample) {
        return sample.spareVotes.has_value();
    });
    m_plot->setContent(samples, nowMs, span, noQuorum && knowsVotes);
    const QString words = models::inWords(samples);
    if (m_plot->accessibleDescription() != words) {
        m_plot->setAccessibleDescription(words);
    }
    if (m_table != nullptr && m_stack->currentWidget() == m_table) {
        m_model->setSamples(samples);
    }
}

void TimelinePanel::setEvents(const QList<models::EventView>& events) {
    m_plot->setEvents(events);
}

void TimelinePanel::showTable(bool table) {
    if (table && m_table == nullptr) {
        m_table = makeTable(tr("Timeline as a table"));
        m_table->setModel(m_model);
        m_stack->addWidget(m_table);
    }
    if (table) {
        m_model->setSamples(m_samples);
        m_table->resizeColumnsToContents();
    }
    m_stack->setCurrentWidget(table ? static_cast<QWidget*>(m_table) : m_plot);
    m_asTable->setText(table ? tr("Show as lines") : tr("Show as table"));
}

} // namespace pilothouse::ui
