// SPDX-License-Identifier: GPL-3.0-or-later
// The console. Reads its options, builds its parts, runs.
#include "base/clock.h"
#include "text/sentence.h"
#include "ui/accessibility.h"
#include "ui/console/console.h"
#include "ui/console/local_sandbox.h"
#include "ui/console/picture.h"
#include "ui/console/single_instance.h"
#include "ui/console/start_options.h"
#include "ui/theme/theme.h"

#include <QApplication>

#include <cstdio>

using namespace pilothouse;

namespace {

int complain(const char* sentence) {
    std::fprintf(stderr, "pilothouse: %s\n", sentence);
    return 2;
}

bool hasDisplay() {
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

ui::ConsoleParts usualParts() {
    return {
        .clock = systemClock(),
        .storeFile = client::ClusterStore::defaultFile(),
        .sandboxFolder = client::SandboxFolder::defaultFolder(),
        .stateFile = ui::WindowStateFile::defaultPath(),
        .historyFile = history::History::defaultFile(),
        .controlOf = [](const api::Sandbox& sandbox) { return std::make_unique<ui::LocalSandbox>(sandbox); },
        .startSandbox = ui::startLocalSandbox};
}

// What a display that is none cannot do is of no interest to who wants a picture, nor which folder Qt takes
// for one that a bare login (sudo, su) lacks.
void tellOnlyWhatMatters(QtMsgType type, const QMessageLogContext&, const QString& text) {
    if (type >= QtWarningMsg && !text.startsWith(QLatin1String("This plugin does not support")) &&
        !text.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR not set"))) {
        std::fprintf(stderr, "pilothouse: %s\n", qPrintable(text));
    }
}

int drawPicture(QApplication& application, ui::Console& console, const ui::StartOptions& options) {
    ui::Picture picture(console, options.open, options.size, options.screenshot);
    QObject::connect(&picture, &ui::Picture::finished, &application, [&application](const QString& error) {
        if (!error.isEmpty()) {
            std::fprintf(stderr, "pilothouse: %s\n", qPrintable(error));
        }
        application.exit(error.isEmpty() ? 0 : 1);
    });
    picture.start();
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv) {
    qInstallMessageHandler(tellOnlyWhatMatters);
    if (ui::displayFor(argc, argv) == ui::Display::none) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    } else if (!hasDisplay()) {
        return complain("there is no display here. A picture without one: pilothouse --screenshot FILE; the "
                        "same in words: pilothousectl status");
    }
    QApplication::setApplicationName(QStringLiteral("pilothouse"));
    QApplication::setApplicationVersion(QStringLiteral(PILOTHOUSE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("pilothouse"));
    QApplication application(argc, argv);
    text::installTranslations();
    const Result<ui::StartOptions> read = ui::readStartOptions(application);
    if (!read) {
        return complain(read.error().text().c_str());
    }
    const ui::StartOptions& options = *read;

    ui::SingleInstance instance(ui::SingleInstance::defaultSocket());
    if (options.screenshot.isEmpty() && instance.handOver(options.open)) {
        return 0;
    }
    ui::installAccessibility();
    ui::Theme look;
    ui::ConsoleParts parts = usualParts();
    parts.themeOfThisRun = options.theme;
    const ui::ThemeChoice choice = options.theme.value_or(ui::WindowStateFile(parts.stateFile).load().theme);
    look.prepare(application, choice);
    ui::Console console(look, parts);
    look.apply(application, choice);
    if (!options.screenshot.isEmpty()) {
        return drawPicture(application, console, options);
    }
    QObject::connect(&instance, &ui::SingleInstance::requested, &console,
                     [&console](const ui::OpenRequest& request) { console.raise(request); });
    instance.listen();
    console.open(options.open);
    return QApplication::exec();
}
