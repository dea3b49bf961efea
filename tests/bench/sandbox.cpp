// SPDX-License-Identifier: GPL-3.0-or-later
// How long a person waits for a sandbox of three, from the command to a healthy cluster.
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
    return printTimes("sandbox of three, from command to healthy", rounds, limitSeconds,
                      [](SandboxUnderTest& sandbox, int) { return sandbox.start(replicas); });
}
