// SPDX-License-Identifier: GPL-3.0-or-later
// Draws windows to PNG files.
#pragma once

#include "models/cluster_view.h"

#include <QDir>
#include <QSize>
#include <QWidget>

#include <functional>

namespace pilothouse::ui {
class Theme;
}

namespace pilothouse::ui::test {

// Shows it, and writes it to NAME.png once it has settled.
void save(QWidget& widget, const QDir& directory, const QString& name);

// The main window with a cluster like that, and two others.
void shootWindow(Theme& theme, const QDir& directory, const QString& name,
                 const std::function<models::ClusterView()>& make, const QString& look, QSize size);

} // namespace pilothouse::ui::test
