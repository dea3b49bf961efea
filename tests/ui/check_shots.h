// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of checks and diagnoses.
#pragma once

#include <QDir>
#include <QString>

namespace pilothouse::ui {
class Theme;
}

namespace pilothouse::ui::test {

void shootChecks(Theme& theme, const QDir& directory, const QString& look);

} // namespace pilothouse::ui::test
