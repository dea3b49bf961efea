// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/situation_inspectors.h"

#include "ui/inspector/field_grid.h"
#include "ui/inspector/sight_matrix_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_field.h"
#include "ui/widgets/empty_layout.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace pilothouse::ui {
namespace {

// A number in a disc, before a step.
class StepNumber : public QWidget {
public:
    StepNumber(const Theme& theme, int number) : m_theme(theme), m_number(number) { setFixedSize(22, 22); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.colours().accentGround);
        painter.drawEllipse(rect());
        painter.setPen(m_theme.colours().accent);
        painter.setFont(fontFor(TextRole::caption));
        painter.drawText(rect(), Qt::AlignCenter, QString::number(m_number));
    }

private:
    const Theme& m_theme;
    int m_number;
};

QVBoxLayout* plainColumn(QWidget* widget, int spacing) {
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing);
    return layout;
}

} // namespace

PartitionInspector::PartitionInspector(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_matrix(new SightMatrixView(theme)), m_claims(new FieldGrid),
      m_note(makeParagraph(TextRole::secondary)) {
    QVBoxLayout* layout = plainColumn(this, 3);
    layout->addWidget(makeLabel(TextRole::title, Ink::value, tr("Who sees whom")));
    layout->addWidget(makeParagraph(TextRole::secondary, Ink::dim, tr("a row says how it sees the columns")));
    layout->addSpacing(8);
    layout->addWidget(m_matrix);
    layout->addSpacing(16);
    layout->addWidget(makeLabel(TextRole::strong, Ink::value, tr("Takes for leader")));
    layout->addSpacing(4);
    layout->addWidget(m_claims);
    layout->addSpacing(12);
    layout->addWidget(m_note);
    layout->addStretch(1);
}

void PartitionInspector::setCluster(const models::ClusterView& cluster) {
    m_matrix->setMatrix(cluster.sights);
    QList<models::Field> claims;
    for (const models::ClaimView& claim : cluster.claims) {
        claims.append({claim.observers, claim.claim, claim.tone});
    }
    m_claims->setFields(claims);
    setTextOf(*m_note, cluster.notes.value(0));
    m_note->setVisible(!cluster.notes.isEmpty());
}

StepsInspector::StepsInspector(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_list(nullptr),
      m_stillWorks(makeParagraph(TextRole::secondary, Ink::dim)) {
    QVBoxLayout* layout = plainColumn(this, 0);
    layout->addWidget(makeLabel(TextRole::title, Ink::value, tr("What to do")));
    layout->addSpacing(14);
    m_list = new QVBoxLayout;
    m_list->setSpacing(16);
    layout->addLayout(m_list);
    layout->addStretch(1);
    layout->addSpacing(16);
    layout->addWidget(m_stillWorks);
}

void StepsInspector::setSteps(const QList<models::StepView>& steps, const QString& stillWorks) {
    setTextOf(*m_stillWorks, stillWorks);
    m_stillWorks->setVisible(!stillWorks.isEmpty());
    if (steps == m_steps) {
        return;
    }
    m_steps = steps;
    emptyLayout(*m_list);
    int number = 0;
    for (const models::StepView& step : steps) {
        m_list->addWidget(makeStep(++number, step));
    }
}

QWidget* StepsInspector::makeStep(int number, const models::StepView& step) {
    auto* widget = new QWidget;
    auto* row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(9);
    row->addWidget(new StepNumber(m_theme, number), 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(4);
    row->addLayout(column, 1);
    column->addWidget(makeParagraph(TextRole::strong, Ink::value, step.title));
    if (!step.body.isEmpty()) {
        column->addWidget(makeParagraph(TextRole::secondary, Ink::dim, step.body));
    }
    for (const QString& command : step.commands) {
        column->addWidget(new CommandField(m_theme, command));
    }
    return widget;
}

} // namespace pilothouse::ui
