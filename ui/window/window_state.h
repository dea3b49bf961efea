// SPDX-License-Identifier: GPL-3.0-or-later
// What the window remembers from one start to the next.
#pragma once

#include "ui/theme/theme.h"

#include <QByteArray>
#include <QString>

namespace pilothouse::ui {

struct WindowState {
    QByteArray geometry;
    QByteArray splitter;
    QByteArray topologyPage;
    QString cluster; // key of the one that was shown
    ThemeChoice theme = ThemeChoice::system;
};

// An INI file; a missing or broken one gives the defaults.
class WindowStateFile {
public:
    explicit WindowStateFile(QString path) : m_path(std::move(path)) {}
    // <config home>/pilothouse/console.ini
    [[nodiscard]] static QString defaultPath();

    [[nodiscard]] WindowState load() const;
    void save(const WindowState& state) const;

private:
    QString m_path;
};

} // namespace pilothouse::ui
