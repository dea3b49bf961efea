// SPDX-License-Identifier: GPL-3.0-or-later
// The console's figures: measured from outside, on a real sandbox of three. `bench_console
// start|rest|detection` measures one part.
#include "bench_figure.h"
#include "console_detection.h"
#include "console_rest.h"
#include "console_start.h"

#include <QCoreApplication>

using namespace pilothouse::bench;

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    catchInterrupts();
    const Display display;
    if (!display.isUp()) {
        printMissing("the console's figures", display.error());
        return exitCode();
    }
    SandboxUnderTest sandbox;
    if (!sandbox.start(3)) {
        printMissing("the console's figures", sandbox.error());
        return exitCode();
    }
    const std::string only = argc > 1 ? argv[1] : "";
    if (only.empty() || only == "start") {
        measureStart(display, sandbox);
    }
    if (only.empty() || only == "rest") {
        measureRest(display, sandbox);
    }
    if (only.empty() || only == "detection") {
        measureDetection(display, sandbox);
    }
    if (!sandbox.remove()) {
        printMissing("removing the sandbox", sandbox.error());
    }
    return exitCode();
}
