// SPDX-License-Identifier: GPL-3.0-or-later
// Labels and values in two columns. Rows that stay keep their labels; only what differs is changed.
#pragma once

#include "models/cluster_view.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace pilothouse::ui {

class FieldGrid : public QWidget {
    Q_OBJECT
public:
    explicit FieldGrid(QWidget* parent = nullptr);
    // `live` false: last known values, dimmed whatever their tone.
    void setFields(const QList<models::Field>& fields, bool live = true);

private:
    struct Row {
        QLabel* label;
        QLabel* value;
    };
    QGridLayout* m_layout;
    QList<Row> m_rows;
};

} // namespace pilothouse::ui
