// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/field_grid.h"

#include "ui/widgets/label.h"

#include <QGridLayout>

namespace pilothouse::ui {

FieldGrid::FieldGrid(QWidget* parent) : QWidget(parent), m_layout(new QGridLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(12);
    m_layout->setVerticalSpacing(6);
    m_layout->setColumnMinimumWidth(0, 84);
    m_layout->setColumnStretch(1, 1);
}

void FieldGrid::setFields(const QList<models::Field>& fields, bool live) {
    while (m_rows.size() > fields.size()) {
        const Row row = m_rows.takeLast();
        delete row.label;
        delete row.value;
    }
    while (m_rows.size() < fields.size()) {
        const Row row{makeLabel(TextRole::secondary, Ink::dim), makeParagraph(TextRole::secondary)};
        QFont strong = row.value->font();
        strong.setWeight(QFont::Medium);
        row.value->setFont(strong);
        row.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        row.label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        row.label->setBuddy(row.value);
        const int at = static_cast<int>(m_rows.size());
        m_layout->addWidget(row.label, at, 0, Qt::AlignTop);
        m_layout->addWidget(row.value, at, 1);
        m_rows.append(row);
    }
    for (qsizetype i = 0; i < fields.size(); ++i) {
        setTextOf(*m_rows[i].label, fields[i].label);
        setTextOf(*m_rows[i].value, fields[i].value);
        setInk(*m_rows[i].value, live ? inkOf(fields[i].tone) : Ink::dim);
    }
}

} // namespace pilothouse::ui
