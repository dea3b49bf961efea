// SPDX-License-Identifier: GPL-3.0-or-later
// What the window shows when it knows no cluster: the two ways to begin.
#pragma once

#include <QWidget>

namespace pilothouse::ui {

class Theme;

class FirstRunPage : public QWidget {
    Q_OBJECT
public:
    explicit FirstRunPage(const Theme& theme, QWidget* parent = nullptr);

    // As ClusterPage: both are asked at each change of a word in either.
    [[nodiscard]] QSize sizeHint() const override { return minimumSizeHint(); }

Q_SIGNALS:
    void connectRequested();
    void sandboxRequested();
};

} // namespace pilothouse::ui
