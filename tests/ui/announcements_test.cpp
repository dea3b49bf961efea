// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/announcements.h"
#include "views.h"

#include <gtest/gtest.h>

namespace pilothouse::ui {
namespace {

TEST(Announcements, TheFirstViewSaysNothing) {
    Announcements announcements;
    EXPECT_EQ(announcements.next(test::atRiskFive()), QString());
    EXPECT_EQ(announcements.next(test::atRiskFive()), QString());
}

TEST(Announcements, AChangeOfVerdictIsToldOnceWithItsSentence) {
    Announcements announcements;
    announcements.next(test::healthyFive());
    const models::ClusterView risk = test::atRiskFive();
    EXPECT_EQ(announcements.next(risk), QStringLiteral("prod-eu: %1. %2").arg(risk.headline, risk.sentence));
    EXPECT_EQ(announcements.next(risk), QString()) << "its replicas are in the sentence";
}

TEST(Announcements, AgesAndLagsAreNeverTold) {
    Announcements announcements;
    models::ClusterView view = test::healthyFive();
    announcements.next(view);
    view.replicas[1].detail = QStringLiteral("9 entries behind · 8.0 ms");
    view.facts = {{QStringLiteral("oldest value 0.2 s"), models::Page::replicas}};
    EXPECT_EQ(announcements.next(view), QString());
}

TEST(Announcements, AChangeOfStateAloneNamesTheReplica) {
    Announcements announcements;
    models::ClusterView view = test::healthyFive();
    announcements.next(view);
    view.replicas[1].state = domain::ReplicaState::draining;
    view.replicas[1].stateWord = QStringLiteral("draining");
    EXPECT_EQ(announcements.next(view), QStringLiteral("prod-eu, reg-2.dc1: draining"));
}

TEST(Announcements, LateIsNotTold) {
    Announcements announcements;
    models::ClusterView view = test::healthyFive();
    announcements.next(view);
    view.replicas[1].state = domain::ReplicaState::late;
    EXPECT_EQ(announcements.next(view), QString());
    view.replicas[1].state = domain::ReplicaState::healthy;
    EXPECT_EQ(announcements.next(view), QString()) << "one lost packet changes nothing";
}

TEST(Announcements, LosingTheNetworkIsOneCause) {
    Announcements announcements;
    announcements.next(test::healthyFive());
    const QString lost = announcements.next(test::cutOffFive());
    EXPECT_TRUE(lost.startsWith(QStringLiteral("prod-eu: Not live since "))) << lost.toStdString();
    EXPECT_EQ(announcements.next(test::cutOffFive()), QString());
    EXPECT_TRUE(announcements.next(test::healthyFive()).startsWith(QStringLiteral("prod-eu is live again")));
}

} // namespace
} // namespace pilothouse::ui
