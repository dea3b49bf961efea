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
#include <QPushButton>
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

QWidget* makeStep(const Theme& theme, int number, const models::StepView& step, QWidget* after) {
    auto* widget = new QWidget;
    auto* row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(9);
    row->addWidget(new StepNumber(theme, number), 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(4);
    row->addLayout(column, 1);
    column->addWidget(makeParagraph(TextRole::strong, Ink::value, step.title));
    if (!step.body.isEmpty()) {
        column->addWidget(makeParagraph(TextRole::secondary, Ink::dim, step.body));
    }
    for (const QString& command : step.commands) {
        column->addWidget(new CommandField(theme, command));
    }
    if (after != nullptr) {
        column->addWidget(after, 0, Qt::AlignLeft);
        after->show();
    }
    return widget;
}

} // namespace

void fillWithSteps(QVBoxLayout& list, const Theme& theme, const QList<models::StepView>& steps,
                   QWidget* after) {
    emptyLayout(list);
    int number = 0;
    for (const models::StepView& step : steps) {
        list.addWidget(makeStep(theme, ++number, step, step.repair ? after : nullptr));
    }
}

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
    : QWidget(parent), m_theme(theme), m_list(nullptr), m_button(new QPushButton),
      m_why(makeParagraph(TextRole::small, Ink::dim)),
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
    auto* part = new QWidget(this);
    auto* below = plainColumn(part, 4);
    below->setContentsMargins(0, 4, 0, 0);
    m_button->setProperty("kind", QStringLiteral("destructive"));
    below->addWidget(m_button, 0, Qt::AlignLeft);
    below->addWidget(m_why);
    part->hide();
    connect(m_button, &QPushButton::clicked, this, [this] { Q_EMIT triggered(m_repair); });
}

void StepsInspector::setSteps(const QList<models::StepView>& steps, const QString& stillWorks) {
    setTextOf(*m_stillWorks, stillWorks);
    m_stillWorks->setVisible(!stillWorks.isEmpty());
    if (steps == m_steps) {
        return;
    }
    m_steps = steps;
    QWidget* part = m_button->parentWidget();
    part->setParent(this); // out of the step that goes
    part->hide();
    fillWithSteps(*m_list, m_theme, steps, part);
}

void StepsInspector::setRepair(const Verb& verb) {
    m_repair = verb;
    m_button->setText(verb.label);
    m_button->setEnabled(verb.why.isEmpty());
    m_button->setAccessibleDescription(verb.why);
    setTextOf(*m_why, verb.why);
    m_why->setVisible(!verb.why.isEmpty());
}

} // namespace pilothouse::ui
