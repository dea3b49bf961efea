// SPDX-License-Identifier: GPL-3.0-or-later
// What the page says while nothing was pushed: the lines that push a first image and pull it elsewhere.
#pragma once

#include "domain/registry_lines.h"
#include "ui/widgets/panel.h"

#include <vector>

class QLabel;
class QVBoxLayout;

namespace pilothouse::ui {

class Theme;

class FirstPushPanel : public Panel {
    Q_OBJECT
public:
    explicit FirstPushPanel(const Theme& theme, QWidget* parent = nullptr);
    // `cluster`: as the command line knows it.
    void setLines(const std::vector<domain::RegistryLine>& lines, const QString& cluster);

private:
    const Theme& m_theme;
    QVBoxLayout* m_lines;
    std::vector<domain::RegistryLine> m_shown;
};

} // namespace pilothouse::ui
