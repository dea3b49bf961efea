// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_state.h"

#include <QSettings>
#include <QStandardPaths>

namespace pilothouse::ui {
namespace {

// Raised when what is kept no longer fits the window; what an older console kept is then left aside.
constexpr int layoutVersion = 1;

const QString versionKey = QStringLiteral("window/version");
const QString geometryKey = QStringLiteral("window/geometry");
const QString splitterKey = QStringLiteral("window/splitter");
const QString pageKey = QStringLiteral("window/topology");
const QString clusterKey = QStringLiteral("window/cluster");
const QString themeKey = QStringLiteral("appearance/theme");

} // namespace

QString WindowStateFile::defaultPath() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/pilothouse/console.ini");
}

WindowState WindowStateFile::load() const {
    const QSettings settings(m_path, QSettings::IniFormat);
    WindowState state;
    state.theme = themeChoiceFrom(settings.value(themeKey).toString());
    state.cluster = settings.value(clusterKey).toString();
    if (settings.value(versionKey).toInt() == layoutVersion) {
        state.geometry = settings.value(geometryKey).toByteArray();
        state.splitter = settings.value(splitterKey).toByteArray();
        state.topologyPage = settings.value(pageKey).toByteArray();
    }
    return state;
}

void WindowStateFile::save(const WindowState& state) const {
    QSettings settings(m_path, QSettings::IniFormat);
    settings.setValue(versionKey, layoutVersion);
    settings.setValue(geometryKey, state.geometry);
    settings.setValue(splitterKey, state.splitter);
    settings.setValue(pageKey, state.topologyPage);
    settings.setValue(clusterKey, state.cluster);
    settings.setValue(themeKey, nameOf(state.theme));
}

} // namespace pilothouse::ui
