// SPDX-License-Identifier: GPL-3.0-or-later
// pilothousectl: the console's verbs from a terminal or a script.
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/usage.h"
#include "text/sentence.h"

#include <QCoreApplication>

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>

int main(int argc, char** argv) {
    using namespace pilothouse::cli;
    try {
        QCoreApplication qt(argc, argv);
        QCoreApplication::setApplicationName(QStringLiteral("pilothouse"));
        pilothouse::text::installTranslations();
        CLI::App app("Watches and changes highly available container registries.", "pilothousectl");
        app.set_version_flag("--version", "pilothousectl " PILOTHOUSE_VERSION);
        app.require_subcommand(1);
        app.footer(
            "Exit status: 0 done, 1 failed, 2 wrong usage, 3 the cluster is not healthy (status alone).\n"
            "More: pilothousectl COMMAND --help, man pilothousectl");
        Command chosen;
        addStatusCommand(app, chosen);
        addEventsCommand(app, chosen);
        addUpkeepCommands(app, chosen);
        addOperationCommands(app, chosen);
        addRepairCommands(app, chosen);
        addCheckCommands(app, chosen);
        addUserCommands(app, chosen);
        addTokenCommands(app, chosen);
        addSettingCommands(app, chosen);
        addTrustCommand(app, chosen);
        addClusterCommands(app, chosen);
        addRepoCommands(app, chosen);
        addSandboxCommands(app, chosen);
        addCompleteCommand(app, chosen);
        try {
            app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return endOfParse(app, error);
        }
        return chosen();
    } catch (const std::exception& error) {
        std::cerr << "pilothousectl: an unexpected fault: " << error.what() << '\n';
        return exitFailed;
    }
}
