// SPDX-License-Identifier: GPL-3.0-or-later
// pilothouse-replica: makes, joins and runs one registry replica.
#include "replica/program/command.h"

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>
#include <malloc.h>

namespace {

// scrypt takes 16 MiB for each password; glibc would learn from the first to keep the next ones for good.
constexpr int givenBackFrom = 1 << 20;

} // namespace

int main(int argc, char** argv) {
    using namespace pilothouse::program;
    mallopt(M_MMAP_THRESHOLD, givenBackFrom);
    try {
        CLI::App app("One replica of a highly available container registry.", "pilothouse-replica");
        app.set_version_flag("--version", "pilothouse-replica " PILOTHOUSE_VERSION);
        app.require_subcommand(1);
        Command chosen;
        addInit(app, chosen);
        addServe(app, chosen);
        addToken(app, chosen);
        addJoin(app, chosen);
        addFingerprint(app, chosen);
        addLocal(app, chosen);
        try {
            app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return app.exit(error) == 0 ? exitDone : exitUsage;
        }
        return chosen();
    } catch (const std::exception& error) {
        std::cerr << "pilothouse-replica: an unexpected fault: " << error.what() << '\n';
        return exitFailed;
    }
}
