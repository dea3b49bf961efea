// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sample_series.h"

#include <QAbstractItemModelTester>

#include <gtest/gtest.h>

namespace pilothouse::models {
namespace {

Sample sample(qint64 atMs, double writes, double p99 = 2) {
    return {atMs, writes, p99, 1};
}

TEST(SampleSeries, IsBoundedByItsReach) {
    SampleSeries series(60'000, 1000);
    for (qint64 at = 0; at < 600'000; at += 1000) {
        series.add(sample(at, 1));
    }
    EXPECT_LE(series.samples().size(), 130);
    EXPECT_EQ(series.samples().last().atMs, 599'000);
}

TEST(SampleSeries, MergesWhatIsCloserThanItsStep) {
    SampleSeries series(60'000, 2000);
    series.add(sample(0, 10, 2));
    series.add({500, 20, 7, -1});
    ASSERT_EQ(series.samples().size(), 1);
    EXPECT_EQ(series.samples()[0].atMs, 0);
    EXPECT_DOUBLE_EQ(*series.samples()[0].writesPerSecond, 15);
    EXPECT_DOUBLE_EQ(*series.samples()[0].p99Ms, 7) << "the worst";
    EXPECT_EQ(series.samples()[0].spareVotes, -1) << "the least";
}

TEST(Merged, KeepsGapsAsGaps) {
    const QList<Sample> out = merged({sample(0, 4), {1000, {}, {}, {}}, {60'000, {}, {}, {}}}, 60'000);
    ASSERT_EQ(out.size(), 2);
    EXPECT_DOUBLE_EQ(*out[0].writesPerSecond, 4);
    EXPECT_FALSE(out[1].writesPerSecond.has_value()) << "no answer is not zero";
}

TEST(InWords, TellsNowLeastMostAndTrend) {
    QList<Sample> samples;
    for (int i = 0; i < 20; ++i) {
        samples.append(sample(i * 1000, 10 + i * 5, 2));
    }
    const std::string words = inWords(samples).toStdString();
    EXPECT_NE(words.find("now 105, least 10, most 105, rising"), std::string::npos) << words;
    EXPECT_NE(words.find("now 2.0, least 2.0, most 2.0, steady"), std::string::npos) << words;
    samples.append({20'000, {}, {}, {}});
    EXPECT_NE(inWords(samples).toStdString().find("now no answer"), std::string::npos)
        << inWords(samples).toStdString();
}

TEST(SampleModel, ShowsMinutesNewestFirst) {
    SampleModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setSamples({sample(0, 4), sample(60'000, 8), {120'000, {}, {}, -1}});
    ASSERT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.index(0, SampleModel::Writes).data().toString(), QStringLiteral("no answer"));
    EXPECT_EQ(model.index(0, SampleModel::Spare).data().toString(), QStringLiteral("none, no quorum"));
    EXPECT_EQ(model.index(1, SampleModel::Writes).data().toString(), QStringLiteral("8.0"));
}

} // namespace
} // namespace pilothouse::models
