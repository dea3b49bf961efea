// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/start_options.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <string_view>

namespace pilothouse::ui {
namespace {

// "1440x900"; empty if it is nothing of that kind.
QSize parseSize(const QString& text) {
    const QStringList parts = text.split(QLatin1Char('x'));
    const QSize size = parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
    return size.width() >= 320 && size.height() >= 240 && size.width() <= 8192 && size.height() <= 8192
               ? size
               : QSize();
}

void addOptions(QCommandLineParser& parser) {
    parser.setApplicationDescription(QStringLiteral("Watch over highly available registry clusters."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions(
        {{QStringLiteral("cluster"),
          QStringLiteral("Open on this cluster, in the running console if there is one."),
          QStringLiteral("NAME")},
         {QStringLiteral("replica"), QStringLiteral("Open on this replica of it."), QStringLiteral("NAME")},
         {QStringLiteral("screenshot"),
          QStringLiteral("Draw the console to a PNG file without a display, and end."),
          QStringLiteral("FILE")},
         {QStringLiteral("size"), QStringLiteral("Size of the picture (default 1440x900)."),
          QStringLiteral("WxH")},
         {QStringLiteral("theme"), QStringLiteral("light, dark or system."), QStringLiteral("THEME")}});
}

} // namespace

Display displayFor(int argc, char** argv) {
    constexpr std::string_view without[] = {"--screenshot", "--help", "-h", "--help-all", "--version", "-v"};
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument(argv[i]);
        const std::string_view name = argument.substr(0, argument.find('='));
        if (std::find(std::begin(without), std::end(without), name) != std::end(without)) {
            return Display::none;
        }
    }
    return Display::needed;
}

Result<StartOptions> readStartOptions(const QCoreApplication& application) {
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    if (!parser.positionalArguments().isEmpty()) {
        return fail(ErrorCode::invalid, "“" + parser.positionalArguments().first().toStdString() +
                                            "” is no option. A cluster is named with --cluster NAME");
    }
    StartOptions options;
    options.open = {parser.value(QStringLiteral("cluster")), parser.value(QStringLiteral("replica"))};
    options.screenshot = parser.value(QStringLiteral("screenshot"));
    if (parser.isSet(QStringLiteral("screenshot")) && options.screenshot.isEmpty()) {
        return fail(ErrorCode::invalid, "--screenshot wants the name of a file");
    }
    if (parser.isSet(QStringLiteral("size"))) {
        options.size = parseSize(parser.value(QStringLiteral("size")));
        if (options.size.isEmpty()) {
            return fail(ErrorCode::invalid,
                        "--size wants WIDTHxHEIGHT from 320x240 to 8192x8192, for example 1440x900");
        }
    }
    const QString theme = parser.value(QStringLiteral("theme"));
    if (parser.isSet(QStringLiteral("theme"))) {
        options.theme = themeChoiceFrom(theme);
        if (nameOf(*options.theme) != theme) {
            return fail(ErrorCode::invalid, "--theme wants light, dark or system");
        }
    }
    return options;
}

} // namespace pilothouse::ui
