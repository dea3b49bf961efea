// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/field_grid.h"

#include "ui/widgets/label.h"

#include <QGridLayout>

#include <algorithm>

namespace pilothouse::ui {
namespace {

// Text that can be marked and copied is a document, which QLabel lays out a dozen times for each change to
// learn its sizes. Of short lines that change all the time the font alone tells them.
class ValueLabel : public QLabel {
public:
    ValueLabel() {
        setFont(fontFor(TextRole::secondary));
        setTextFormat(Qt::PlainText);
        setWordWrap(true);
        setAlignment(Qt::AlignLeft | Qt::AlignTop);
        QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
        setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    [[nodiscard]] QSize minimumSizeHint() const override {
        const QFontMetrics metrics(font());
        int widest = 0;
        for (const QString& word : text().simplified().split(QLatin1Char(' '))) {
            widest = std::max(widest, metrics.horizontalAdvance(word));
        }
        return {widest + spare, metrics.height()};
    }
    [[nodiscard]] QSize sizeHint() const override { return minimumSizeHint(); }
    [[nodiscard]] int heightForWidth(int width) const override {
        const QFontMetrics metrics(font());
        return metrics.boundingRect(QRect(0, 0, width, QWIDGETSIZE_MAX), Qt::TextWordWrap, text()).height();
    }

private:
    static constexpr int spare = 2; // a document breaks a line that fits exactly
};

} // namespace

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
        const Row row{makeLabel(TextRole::secondary, Ink::dim), new ValueLabel};
        QFont strong = row.value->font();
        strong.setWeight(QFont::Medium);
        row.value->setFont(strong);
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
