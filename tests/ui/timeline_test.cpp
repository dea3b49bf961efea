// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripted_session.h"
#include "ui/theme/theme.h"
#include "ui/timeline/time_span.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/timeline/timeline_plot.h"
#include "views.h"

#include <QApplication>
#include <QDateTime>
#include <QPushButton>
#include <QTableView>
#include <QTest>

#include <gtest/gtest.h>

namespace pilothouse::ui {
namespace {

TEST(TimeSpan, IsTheShortestThatHoldsEverything) {
    const auto samples = [](qint64 minutes) {
        return QList<models::Sample>{{0, 1, 1, 1}, {minutes * 60'000, 1, 1, 1}};
    };
    EXPECT_EQ(spanFor({}), 5 * 60'000);
    EXPECT_EQ(spanFor(samples(5)), 5 * 60'000);
    EXPECT_EQ(spanFor(samples(6)), 30 * 60'000);
    EXPECT_EQ(spanFor(samples(59)), 60 * 60'000);
    EXPECT_EQ(spanFor(samples(61)), 360 * 60'000);
    EXPECT_EQ(titleOf(360 * 60'000), QStringLiteral("Last 6 hours"));
    EXPECT_EQ(titleOf(60 * 60'000), QStringLiteral("Last hour"));
}

TEST(AxisTop, IsRoundAndNotBelowTheValue) {
    EXPECT_DOUBLE_EQ(axisTop(0, 4), 4);
    EXPECT_DOUBLE_EQ(axisTop(52, 4), 60);
    EXPECT_DOUBLE_EQ(axisTop(60, 4), 60);
    EXPECT_DOUBLE_EQ(axisTop(1234, 4), 1500);
    EXPECT_DOUBLE_EQ(axisTop(0.3, 0.1), 0.3);
}

TEST(GapsOf, GoFromTheLastValueToTheNext) {
    using models::Sample;
    const auto quantity = &Sample::writesPerSecond;
    const QList<Sample> samples{
        {0, 1, 1, 1}, {2000, {}, 1, 1}, {4000, {}, 1, 1}, {6000, 1, 1, 1}, {30'000, 1, 1, 1}};
    EXPECT_EQ(gapsOf(samples, quantity, 8000, 31'000), (QList<Gap>{{0, 6000}}));
    EXPECT_EQ(gapsOf(samples.mid(0, 2), quantity, 8000, 5000), (QList<Gap>{{0, 5000}}));
    EXPECT_TRUE(gapsOf({}, quantity, 8000, 5000).isEmpty());
}

TEST(GapsOf, SayNothingOfATimeWhenNobodyLooked) {
    using models::Sample;
    const auto quantity = &Sample::writesPerSecond;
    const Sample missed2{2000, {}, 1, 1};
    EXPECT_TRUE(gapsOf({{0, 1, 1, 1}, {1'800'000, 1, 1, 1}}, quantity, 8000, 1'801'000).isEmpty());
    EXPECT_TRUE(gapsOf({{0, 1, 1, 1}}, quantity, 8000, 20'000).isEmpty());
    EXPECT_EQ(gapsOf({{0, 1, 1, 1}, missed2, {50'000, 1, 1, 1}}, quantity, 8000, 51'000),
              (QList<Gap>{{0, 2000}}));
    EXPECT_EQ(gapsOf({{0, 1, 1, 1}, missed2}, quantity, 8000, 90'000), (QList<Gap>{{0, 2000}}));
    EXPECT_EQ(gapsOf({{0, 1, 1, 1}, {50'000, {}, 1, 1}, {52'000, 1, 1, 1}}, quantity, 8000, 53'000),
              (QList<Gap>{{50'000, 52'000}}));
}

class TimelineTest : public testing::Test {
protected:
    void SetUp() override {
        m_theme.apply(*qApp, ThemeChoice::light);
        panel = std::make_unique<TimelinePanel>(m_theme);
        panel->resize(1160, 222);
    }
    void fill(const models::ClusterView& view) {
        const test::ScriptedSession session(view);
        panel->setEvents(session.events());
        panel->setContent(session.samples(), QDateTime::currentMSecsSinceEpoch(),
                          view.verdict == domain::Verdict::noQuorum);
    }

    Theme m_theme;
    std::unique_ptr<TimelinePanel> panel;
};

TEST_F(TimelineTest, DrawsNothingWhileHidden) {
    fill(test::healthyFive());
    EXPECT_EQ(panel->plot().drawCount(), 0);
    panel->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(panel.get()));
    const int draws = panel->plot().drawCount();
    EXPECT_GE(draws, 1);
    panel->hide();
    fill(test::atRiskFive());
    EXPECT_EQ(panel->plot().drawCount(), draws);
}

TEST_F(TimelineTest, DrawsWhatWasKeptAtOnceAndALittleMoreTimeLater) {
    panel->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(panel.get()));
    constexpr qint64 now = 1'772'445'600'000;
    const models::Sample newest{now, 3.0, 1.5, 1};
    panel->setContent({newest}, now, false);
    const int draws = panel->plot().drawCount();
    const models::Sample more{now + 200, 3.0, 1.5, 1};
    panel->setContent({newest, more}, now + 200, false);
    EXPECT_EQ(panel->plot().drawCount(), draws) << "less than a pixel of time was drawn";
    const models::Sample kept{now - 60'000, 2.0, 1.0, 1};
    panel->setContent({kept, newest, more}, now + 201, false);
    EXPECT_EQ(panel->plot().drawCount(), draws + 1) << "what an earlier run kept waits";
    panel->setContent({kept, newest, more}, now + 10'000, false);
    EXPECT_EQ(panel->plot().drawCount(), draws + 2) << "time stands still";
}

TEST_F(TimelineTest, HasItsValuesInWordsAndAsATable) {
    panel->show();
    fill(test::healthyFive());
    EXPECT_TRUE(panel->plot().accessibleDescription().startsWith(QStringLiteral("Writes per second: now ")))
        << panel->plot().accessibleDescription().toStdString();
    auto* button = panel->findChild<QPushButton*>();
    ASSERT_NE(button, nullptr);
    QTest::mouseClick(button, Qt::LeftButton);
    const auto* table = panel->findChild<QTableView*>();
    ASSERT_NE(table, nullptr);
    EXPECT_TRUE(table->isVisible());
    EXPECT_GT(table->model()->rowCount(), 300);
}

TEST_F(TimelineTest, EventsHaveWordsThatDoNotOverlap) {
    panel->show();
    fill(test::atRiskFive());
    ASSERT_TRUE(QTest::qWaitForWindowExposed(panel.get()));
    QTest::qWait(100);
    const QList<TimelineOverlay::Mark> marks = panel->plot().overlay().marks();
    ASSERT_EQ(marks.size(), 3);
    for (qsizetype i = 0; i < marks.size(); ++i) {
        EXPECT_FALSE(marks[i].words.isEmpty()) << marks[i].label.toStdString();
        for (qsizetype j = i + 1; j < marks.size(); ++j) {
            EXPECT_FALSE(marks[i].words.intersects(marks[j].words));
        }
    }
}

TEST_F(TimelineTest, WithoutQuorumShowsSpareVotes) {
    panel->show();
    fill(test::noQuorumThree());
    EXPECT_EQ(const_cast<TimelinePlot&>(panel->plot()).axisRectCount(), 1);
    fill(test::healthyFive());
    EXPECT_EQ(const_cast<TimelinePlot&>(panel->plot()).axisRectCount(), 2);
}

} // namespace
} // namespace pilothouse::ui
