// SPDX-License-Identifier: GPL-3.0-or-later
// How long a person waits for a sandbox of three, from the command to a healthy cluster.
#include "bench_figure.h"
#include "sandbox_under_test.h"

#include <QCoreApplication>

using namespace pilothouse::bench;

namespace {

constexpr int rounds = 5;
constexpr int replicas = 3;
constexpr double limitSeconds = 5;

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    catchInterrupts();
    const std::string name = "sandbox of three, from command to healthy";
    std::vector<double> seconds;
    for (int round = 0; round < rounds && !interrupted(); ++round) {
        SandboxUnderTest sandbox;
        const std::optional<double> taken = sandbox.start(replicas);
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
    print({name + ", median of 5", median(seconds), "s", limitSeconds});
    print({name + ", slowest of 5", largest(seconds), "s", limitSeconds});
    return exitCode();
}
