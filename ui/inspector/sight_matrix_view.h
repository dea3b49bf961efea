// SPDX-License-Identifier: GPL-3.0-or-later
// "Who sees whom": a square of replicas, each row as that replica tells it.
#pragma once

#include "models/cluster_view.h"

#include <QWidget>

class QGridLayout;

namespace pilothouse::ui {

class Theme;

// One replica's word on another: a number, a cross, or a dashed ring when nothing is known.
class SightCell : public QWidget {
    Q_OBJECT
public:
    explicit SightCell(const Theme& theme, QWidget* parent = nullptr);
    void setSight(const models::Sight& sight, const QString& from, const QString& to);
    [[nodiscard]] QSize sizeHint() const override { return {50, 36}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {34, 30}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    models::Sight m_sight;
};

class SightMatrixView : public QWidget {
    Q_OBJECT
public:
    explicit SightMatrixView(const Theme& theme, QWidget* parent = nullptr);
    void setMatrix(const models::SightMatrix& matrix);

private:
    const Theme& m_theme;
    models::SightMatrix m_matrix;
    QGridLayout* m_layout;
    QList<SightCell*> m_cells;
};

} // namespace pilothouse::ui
