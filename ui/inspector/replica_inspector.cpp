// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/replica_inspector.h"

#include "ui/inspector/field_grid.h"
#include "ui/inspector/situation_inspectors.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace pilothouse::ui {

ReplicaInspector::ReplicaInspector(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_back(new QPushButton), m_name(makeParagraph(TextRole::title)),
      m_where(makeParagraph(TextRole::secondary, Ink::dim)), m_fields(new FieldGrid), m_whatToDo(new QWidget),
      m_stepList(new QVBoxLayout), m_chartTitle(makeParagraph(TextRole::caption, Ink::dim)),
      m_chartMost(makeLabel(TextRole::small, Ink::dim)), m_chart(new Sparkline(theme)) {
    m_back->setProperty("kind", QStringLiteral("link"));
    m_back->hide();
    m_where->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* chartHead = new QHBoxLayout;
    chartHead->addWidget(m_chartTitle, 1);
    chartHead->addWidget(m_chartMost);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    layout->addWidget(m_back, 0, Qt::AlignLeft);
    layout->addWidget(m_name);
    layout->addWidget(m_where);
    layout->addSpacing(10);
    layout->addWidget(m_fields);
    auto* whatToDo = new QVBoxLayout(m_whatToDo);
    whatToDo->setContentsMargins(0, 16, 0, 0);
    whatToDo->setSpacing(12);
    whatToDo->addWidget(makeLabel(TextRole::strong, Ink::value, tr("What to do")));
    m_stepList->setSpacing(14);
    whatToDo->addLayout(m_stepList);
    m_whatToDo->hide();
    layout->addWidget(m_whatToDo);
    layout->addSpacing(12);
    layout->addLayout(chartHead);
    layout->addWidget(m_chart);
    layout->addStretch(1);
    connect(m_back, &QPushButton::clicked, this, &ReplicaInspector::backRequested);
}

void ReplicaInspector::setReplica(const models::ReplicaView& replica, bool live) {
    setTextOf(*m_name, replica.name);
    setTextOf(*m_where, tr("replica %1 · %2").arg(replica.id, replica.address));
    m_fields->setFields(replica.fields, live && replica.state != domain::ReplicaState::late);
    showSteps(replica.steps);
    m_chart->setAccessibleName(tr("Answer time of %1 in milliseconds").arg(replica.name));
}

void ReplicaInspector::showSteps(const QList<models::StepView>& steps) {
    if (steps != m_steps) {
        m_steps = steps;
        fillWithSteps(*m_stepList, m_theme, steps, nullptr);
        m_whatToDo->setVisible(!steps.isEmpty());
    }
}

void ReplicaInspector::setAnswerTimes(const QList<TimedValue>& values, qint64 spanMs,
                                      const QString& spanWords) {
    m_chart->setValues(values, spanMs);
    setTextOf(*m_chartTitle, tr("Answer time, %1, ms").arg(spanWords));
    const std::optional<double> most = m_chart->most();
    setTextOf(*m_chartMost, most ? tr("max %1").arg(Sparkline::number(*most)) : QString());
}

void ReplicaInspector::setBack(const QString& words) {
    m_back->setText(words);
    m_back->setVisible(!words.isEmpty());
}

} // namespace pilothouse::ui
