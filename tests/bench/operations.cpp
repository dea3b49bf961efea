// SPDX-License-Identifier: GPL-3.0-or-later
// How long a change to an idle cluster takes that has been whole for 5 s, from the command to its end.
#include "sandbox_under_test.h"

#include <QCoreApplication>

using namespace pilothouse::bench;

namespace {

constexpr int rounds = 3;
constexpr int replicas = 3;
constexpr double removalSeconds = 2;
constexpr double joinSeconds = 4;
constexpr Seconds whole{6}; // the engine takes no change of its members before 5 s

std::optional<double> removalOnce(SandboxUnderTest& sandbox, int round) {
    if (!sandbox.start(replicas)) {
        return std::nullopt;
    }
    (void)waitUntil([] { return false; }, whole, Seconds(0.1));
    return sandbox.removeReplica(QStringLiteral("reg-%1").arg(round + 1));
}

// Of an empty replica that waits already: from the command until it votes and answers healthy.
std::optional<double> joinOnce(SandboxUnderTest& sandbox, int) {
    if (!sandbox.start(replicas)) {
        return std::nullopt;
    }
    (void)waitUntil([] { return false; }, whole, Seconds(0.1));
    return sandbox.joinReplica(QStringLiteral("reg-4"));
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    catchInterrupts();
    const int removed =
        printTimes("removal of one of three, until it has stopped", rounds, removalSeconds, removalOnce);
    const int joined =
        printTimes("join of an empty replica to three, until it votes", rounds, joinSeconds, joinOnce);
    return removed != 0 ? removed : joined;
}
