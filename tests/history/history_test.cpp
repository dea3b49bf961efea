// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/history.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gmock/gmock.h>

namespace pilothouse::history {
namespace {

using namespace std::chrono_literals;
using testing::SizeIs;

constexpr int deadlineMs = 20'000;
const WallTime noon(24h * 365 * 56 + 12h);

Sample sampleAt(WallTime at, double writes) {
    return {"cluster", "", at, writes, {}, {}};
}

template <typename T>
T waitFor(QFuture<T> future) {
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, deadlineMs)) {
        throw std::runtime_error("the history did not answer in time");
    }
    return future.result();
}

class HistoryTest : public testing::Test {
protected:
    [[nodiscard]] QString file() const {
        return m_folder.filePath(QStringLiteral("data/pilothouse/h.sqlite"));
    }
    static std::vector<Sample> all(History& history) {
        return waitFor(history.since("cluster", WallTime())).value_or(std::vector<Sample>());
    }
    QTemporaryDir m_folder;
};

TEST_F(HistoryTest, SurvivesARestart) {
    {
        History history(file());
        history.add(sampleAt(noon, 1));
        history.add(sampleAt(noon + 2s, 2));
    } // what is waiting is written
    History again(file());
    EXPECT_THAT(all(again), SizeIs(2));
}

TEST_F(HistoryTest, WritesByItselfWithinASecondOrTwo) {
    History history(file());
    history.add(sampleAt(noon, 1));
    EXPECT_TRUE(QTest::qWaitFor([&] { return all(history).size() == 1; }, deadlineMs));
}

TEST_F(HistoryTest, ASecondProgramReadsAndKeepsNothingUntilTheFirstHasEnded) {
    auto first = std::make_unique<History>(file());
    first->add(sampleAt(noon, 1));
    ASSERT_TRUE(waitFor(first->flush()));
    History second(file()); // a lock of this process is held against it, too
    QSignalSpy told(&second, &History::problem);
    EXPECT_THAT(all(second), SizeIs(1));
    second.add(sampleAt(noon + 2s, 2));
    EXPECT_TRUE(waitFor(second.flush()));
    EXPECT_TRUE(waitFor(second.thin(noon + 48h)));
    EXPECT_THAT(all(*first), SizeIs(1));
    first.reset();
    second.add(sampleAt(noon + 4s, 3));
    EXPECT_TRUE(waitFor(second.flush()));
    EXPECT_THAT(all(second), SizeIs(2)) << "it keeps the history now";
    EXPECT_TRUE(told.isEmpty()) << "nothing is wrong";
}

TEST_F(HistoryTest, ADamagedFileIsMovedAsideAndToldOnce) {
    {
        History history(file());
        history.add(sampleAt(noon, 1));
    }
    QFile raw(file());
    ASSERT_TRUE(raw.open(QFile::ReadWrite));
    raw.write(QByteArray(4096, 'x'));
    raw.close();
    History history(file());
    QSignalSpy told(&history, &History::problem);
    history.add(sampleAt(noon + 2s, 2));
    EXPECT_TRUE(waitFor(history.flush()));
    EXPECT_THAT(all(history), SizeIs(1)) << "a new one has begun";
    ASSERT_TRUE(QTest::qWaitFor([&] { return told.size() == 1; }, deadlineMs));
    EXPECT_TRUE(told[0][0].toString().contains(file() + QStringLiteral(".damaged")))
        << told[0][0].toString().toStdString();
    EXPECT_TRUE(QFile::exists(file() + QStringLiteral(".damaged")));
}

TEST_F(HistoryTest, DamageThatShowsOnlyLaterIsNoCrash) {
    History history(file());
    QSignalSpy told(&history, &History::problem);
    for (int i = 0; i < 5000; ++i) {
        history.add(sampleAt(noon + i * 1s, i));
    }
    ASSERT_TRUE(waitFor(history.flush()));
    for (const char* part : {"", "-wal"}) { // under its feet
        QFile raw(file() + QLatin1String(part));
        ASSERT_TRUE(raw.open(QFile::ReadWrite));
        const qint64 size = raw.size();
        raw.write(QByteArray(static_cast<int>(std::min<qint64>(size, 1 << 20)), '\x5a'));
    }
    for (int i = 0; i < 20; ++i) {
        history.add(sampleAt(noon + std::chrono::hours(2 + i), i));
        (void)waitFor(history.flush());
        (void)waitFor(history.since("cluster", WallTime()));
    }
    EXPECT_LE(told.size(), 1) << "at most one sentence";
    history.add(sampleAt(noon, 1));
    EXPECT_TRUE(waitFor(history.flush())) << "and it is in use again";
}

TEST_F(HistoryTest, AFolderThatCannotBeMadeIsToldOnceAndDoesNoHarm) {
    QFile blocker(m_folder.filePath(QStringLiteral("data")));
    ASSERT_TRUE(blocker.open(QFile::WriteOnly)); // a file where the folder should be: true for root as well
    History history(file());
    QSignalSpy told(&history, &History::problem);
    history.add(sampleAt(noon, 1));
    const auto flushed = waitFor(history.flush());
    EXPECT_FALSE(flushed);
    EXPECT_FALSE(waitFor(history.since("cluster", noon)));
    history.add(sampleAt(noon + 2s, 1));
    EXPECT_FALSE(waitFor(history.flush()));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !told.isEmpty(); }, deadlineMs));
    EXPECT_EQ(told.size(), 1);
    EXPECT_TRUE(told[0][0].toString().contains(QStringLiteral("plots begin with this start")))
        << told[0][0].toString().toStdString();
}

TEST_F(HistoryTest, AnswersComeInTheOrderOfTheQuestions) {
    History history(file());
    for (int i = 0; i < 50'000; ++i) {
        history.add(sampleAt(noon + i * 1s, i));
    }
    auto written = history.flush();
    auto read = history.since("cluster", WallTime());
    EXPECT_TRUE(waitFor(written));
    EXPECT_THAT(waitFor(read).value(), SizeIs(50'000));
}

} // namespace
} // namespace pilothouse::history
