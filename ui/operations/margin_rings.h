// SPDX-License-Identifier: GPL-3.0-or-later
// How many replicas can be lost before a change, at its worst moment and afterwards, as three small rings: a
// mark for each voter, a cross for one that is not well, a frame around the one that leaves or joins.
//
// The words under each ring say all that it shows.
#pragma once

#include "text/margin_moments.h"

#include <QWidget>

class QHBoxLayout;

namespace pilothouse::ui {

class Theme;

// One ring. Its accessible description is its moment in words.
class MarginRing : public QWidget {
public:
    MarginRing(const Theme& theme, const text::MarginMoment& moment);

    enum class Mark { well, silent };
    struct Dot {
        QRectF box;
        Mark mark = Mark::well;
        text::Fate fate = text::Fate::none;
    };
    // What is drawn: the first at the top, the others clockwise, the one with a fate last.
    [[nodiscard]] QList<Dot> dots() const;
    [[nodiscard]] const text::MarginMoment& moment() const { return m_moment; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    text::MarginMoment m_moment;
};

class MarginRings : public QWidget {
    Q_OBJECT
public:
    explicit MarginRings(const Theme& theme, QWidget* parent = nullptr);
    void setPlan(const api::OperationPlan& plan);

private:
    const Theme& m_theme;
    QHBoxLayout* m_layout;
};

} // namespace pilothouse::ui
