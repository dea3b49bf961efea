// SPDX-License-Identifier: GPL-3.0-or-later
// Tags are put, read and deleted through all replicas at once while replicas die, hang and are cut off: what
// the clients saw could have come from a single copy.
#include "hand_fixture.h"
#include "sandbox_fixture.h"
#include "support/test_time.h"
#include "tag_clients.h"

#include <csignal>
#include <iostream>

namespace pilothouse::test {

using namespace std::chrono_literals;

namespace {

// Prints it.
unsigned seedOfThisRun() {
    const unsigned seed = testSeed();
    std::cout << "PILOTHOUSE_TEST_SEED=" << seed << std::endl;
    return seed;
}

void expectLinearizable(const TagClients& clients) {
    std::size_t count = 0;
    std::size_t unknown = 0;
    for (const auto& [tag, history] : clients.histories()) {
        count += history.size();
        for (const auto& operation : history) {
            unknown += operation.answered == RegisterOperation::never ? 1 : 0;
        }
        const auto wrong = wrongWindow(history);
        EXPECT_FALSE(wrong) << "microseconds, what happened to tag " << tag << ", through which replica:\n"
                            << printed(*wrong);
    }
    std::cout << count << " operations, " << unknown << " of them without a known outcome" << std::endl;
    EXPECT_TRUE(clients.unexpected().empty()) << "a client was told " << *clients.unexpected().begin();
}

} // namespace

class RegistryLinearizability : public SandboxFixture {
protected:
    void waitForAnswers(const TagClients& clients, std::size_t more) {
        const auto before = clients.answered();
        waitFor(
            "clients are answered", [&] { return clients.answered() >= before + more; }, 60s);
    }
    void killOne(const TagClients& clients, const QString& name) {
        signalReplica(name, SIGKILL);
        waitForAnswers(clients, 60);
        startAgain();
    }
    // It believes that it leads when it goes on.
    void pauseLeader(const TagClients& clients) {
        const auto leader = nameOfLeader();
        if (leader.isEmpty()) {
            return; // nobody leads just now: the next turn
        }
        ASSERT_EQ(ctl({QStringLiteral("sandbox"), QStringLiteral("pause"), m_name, leader}).exitCode, 0);
        waitForAnswers(clients, 60);
        ASSERT_EQ(ctl({QStringLiteral("sandbox"), QStringLiteral("resume"), m_name, leader}).exitCode, 0);
    }
};

TEST_F(RegistryLinearizability, OfTagsWhileReplicasDieAndHang) {
    const unsigned seed = seedOfThisRun();
    std::mt19937 random(seed);
    start();
    QStringList urls;
    for (const auto& name : names()) {
        urls += url(name);
    }
    TagClients clients(m_access, urls, seed);
    const auto end = std::chrono::steady_clock::now() + testTime(20s);
    for (int turn = 0; std::chrono::steady_clock::now() < end && !HasFailure(); ++turn) {
        waitForAnswers(clients, 60);
        if (turn % 2 == 0) {
            pauseLeader(clients);
        } else {
            killOne(clients, names()[static_cast<qsizetype>(random() % 3)]);
        }
    }
    waitForAnswers(clients, 60);
    clients.stop();
    expectLinearizable(clients);
}

class RegistryLinearizabilityInParts : public HandFixture {};

TEST_F(RegistryLinearizabilityInParts, OfTagsWhileTheLeaderIsCutOff) {
    const unsigned seed = seedOfThisRun();
    up(3, true);
    QStringList urls;
    for (const auto& each : m_hands) {
        urls += each->url();
    }
    TagClients clients(m_access, urls, seed);
    const auto waitForAnswers = [&](std::size_t more) {
        const auto before = clients.answered();
        waitFor(
            "clients are answered", [&] { return clients.answered() >= before + more; }, 60s);
    };
    const auto end = std::chrono::steady_clock::now() + testTime(10s);
    while (std::chrono::steady_clock::now() < end && !HasFailure()) {
        waitForAnswers(60);
        const auto leader = nameOfLeader();
        for (const auto& other : leader.isEmpty() ? QStringList() : namesWithout(leader)) {
            m_net->cutBothWays(number(leader), number(other));
        }
        waitForAnswers(100);
        m_net->heal();
    }
    waitForAnswers(60);
    clients.stop();
    expectLinearizable(clients);
}

} // namespace pilothouse::test
