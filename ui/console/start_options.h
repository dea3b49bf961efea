// SPDX-License-Identifier: GPL-3.0-or-later
// What the console is started with.
#pragma once

#include "base/result.h"
#include "ui/console/single_instance.h"
#include "ui/theme/theme.h"

#include <QSize>
#include <QString>

#include <optional>

class QCoreApplication;

namespace pilothouse::ui {

struct StartOptions {
    OpenRequest open;
    QString screenshot; // file; empty: a window
    QSize size{1440, 900};
    std::optional<ThemeChoice> theme; // nothing: as it was the last time
};

// How the display is meant, from the bare arguments: before there is an application, which would look for
// one.
enum class Display { needed, none };
[[nodiscard]] Display displayFor(int argc, char** argv);

// Prints help and version and ends the program for them. Errors: one sentence for the terminal.
[[nodiscard]] Result<StartOptions> readStartOptions(const QCoreApplication& application);

} // namespace pilothouse::ui
