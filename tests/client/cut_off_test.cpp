// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cut_off.h"

#include <gtest/gtest.h>

namespace pilothouse::client {
namespace {

using namespace std::chrono_literals;
using domain::Reach;

const MonotonicTime now{1h};

domain::ReplicaObservation heard(Milliseconds ago, Reach reach = Reach::ok) {
    domain::ReplicaObservation replica;
    replica.reach = reach;
    replica.lastByteAt = now - ago;
    return replica;
}

bool cutOff(const std::vector<domain::ReplicaObservation>& replicas, OwnNetwork network) {
    return isCutOff(replicas, now, Timing(), [network] { return network; });
}

TEST(CutOff, NotWhileAnybodyIsHeard) {
    for (const auto network : {OwnNetwork::none, OwnNetwork::some, OwnNetwork::notNeeded}) {
        EXPECT_FALSE(cutOff({heard(3s, Reach::timeout), heard(900ms), heard(4s, Reach::timeout)}, network));
    }
}

TEST(CutOff, WithoutANetworkAsSoonAsAllAreLate) {
    EXPECT_TRUE(cutOff({heard(1s), heard(1500ms)}, OwnNetwork::none));
    EXPECT_TRUE(cutOff({heard(1s)}, OwnNetwork::none));
    EXPECT_TRUE(cutOff({domain::ReplicaObservation()}, OwnNetwork::none)) << "nobody was ever heard";
}

TEST(CutOff, WithANetworkWhenTheFirstIsGivenUpAndTheOthersAreLateForAsLong) {
    EXPECT_TRUE(cutOff({heard(2500ms, Reach::timeout), heard(2s), heard(1700ms)}, OwnNetwork::some));
    EXPECT_TRUE(cutOff({heard(60s, Reach::timeout), heard(61s, Reach::unreachable)}, OwnNetwork::some));
    EXPECT_FALSE(cutOff({heard(1200ms), heard(2s)}, OwnNetwork::some)) << "they may still speak";
    EXPECT_FALSE(cutOff({domain::ReplicaObservation()}, OwnNetwork::some));
}

TEST(CutOff, NotWhenOneAfterAnotherWasLost) {
    EXPECT_FALSE(cutOff({heard(60s, Reach::timeout), heard(5s, Reach::timeout)}, OwnNetwork::some));
    EXPECT_FALSE(cutOff({heard(3s, Reach::timeout)}, OwnNetwork::some)) << "one alone says nothing";
    EXPECT_TRUE(cutOff({heard(1h, Reach::refused), heard(3s, Reach::timeout), heard(2s)}, OwnNetwork::some))
        << "one that was lost before says nothing either";
}

TEST(CutOff, NotByThoseThatRefuse) {
    EXPECT_FALSE(cutOff({heard(2s, Reach::refused), heard(3s, Reach::timeout), heard(3s, Reach::timeout)},
                        OwnNetwork::some));
}

TEST(CutOff, NeverFromThisComputerItself) {
    EXPECT_FALSE(cutOff({heard(3s, Reach::timeout), heard(3s, Reach::timeout)}, OwnNetwork::notNeeded));
    EXPECT_EQ(lookAtNetwork({QUrl(QStringLiteral("https://127.0.0.1:4443")),
                             QUrl(QStringLiteral("https://localhost:4444"))}),
              OwnNetwork::notNeeded);
    EXPECT_NE(lookAtNetwork({QUrl(QStringLiteral("https://reg-1.example.com"))}), OwnNetwork::notNeeded);
}

} // namespace
} // namespace pilothouse::client
