// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of a wizard at its side: done, present, to come.
#pragma once

#include <QStringList>
#include <QWidget>

namespace pilothouse::ui {

class Theme;

class StepRail : public QWidget {
    Q_OBJECT
public:
    // `title` and under it `subtitle`: "Remove reg-5", "from prod-eu".
    StepRail(const Theme& theme, const QString& title, const QString& subtitle, const QStringList& steps,
             QWidget* parent = nullptr);

    // The present one; all before it are done. As many as there are steps: all are.
    void setCurrent(int step);
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void nameCurrent();

    const Theme& m_theme;
    QString m_title;
    QString m_subtitle;
    QStringList m_steps;
    int m_current = 0;
};

} // namespace pilothouse::ui
