// SPDX-License-Identifier: GPL-3.0-or-later
// How long a change to an idle cluster takes that has been whole for 5 s, from the command to its end.
#include "bench_figure.h"
#include "sandbox_under_test.h"

#include <QCoreApplication>

using namespace pilothouse::bench;

namespace {

constexpr int rounds = 3;
constexpr int replicas = 3;
constexpr double limitSeconds = 2;
constexpr Seconds whole{6}; // the engine takes no change of its members before 5 s

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    catchInterrupts();
    const std::string name = "removal of one of three";
    std::vector<double> seconds;
    for (int round = 0; round < rounds && !interrupted(); ++round) {
        SandboxUnderTest sandbox;
        if (!sandbox.start(replicas)) {
            printMissing(name, sandbox.error());
            return exitCode();
        }
        (void)waitUntil([] { return false; }, whole, Seconds(0.1));
        const std::optional<double> taken = sandbox.removeReplica(QStringLiteral("reg-%1").arg(round + 1));
        if (!taken || !sandbox.remove()) {
            printMissing(name, sandbox.error());
            return exitCode();
        }
        seconds.push_back(*taken);
    }
    if (seconds.size() < rounds) {
        printMissing(name, "interrupted");
        return exitCode();
    }
    print({name + ", until it has stopped, median of 3", median(seconds), "s", limitSeconds});
    print({name + ", until it has stopped, slowest of 3", largest(seconds), "s", limitSeconds});
    return exitCode();
}
