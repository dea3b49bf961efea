// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/database.h"

#include <QFile>
#include <QTemporaryDir>

#include <gmock/gmock.h>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

namespace pilothouse::history {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::SizeIs;

const WallTime noon(24h * 365 * 56 + 12h); // a whole minute and hour

Sample sampleAt(WallTime at, std::optional<double> writes, std::optional<double> answer = {},
                std::optional<int> spare = {}) {
    return {"cluster", "", at, writes, answer, spare};
}

class DatabaseTest : public testing::Test {
protected:
    [[nodiscard]] std::string file() const {
        return m_folder.filePath(QStringLiteral("h.sqlite")).toStdString();
    }
    [[nodiscard]] Database open(Access access = Access::write) const {
        auto database = Database::open(file(), access);
        if (!database) {
            throw std::runtime_error(database.error().text());
        }
        return *std::move(database);
    }
    [[nodiscard]] static std::vector<Sample> all(Database& database) {
        return database.since("cluster", WallTime()).value_or(std::vector<Sample>());
    }
    QTemporaryDir m_folder;
};

TEST_F(DatabaseTest, KeepsWhatItWasGiven) {
    const std::vector<Sample> given{{"cluster", "", noon, 12.5, 3.25, -1},
                                    {"cluster", "5a41f09c2d7e", noon + 1ms, {}, 1.5, {}},
                                    {"cluster", "", noon + 2s, {}, {}, {}}};
    ASSERT_TRUE(open().add(given));
    auto database = open();
    EXPECT_EQ(all(database), given);
    EXPECT_THAT(database.since("cluster", noon + 1ms).value(), SizeIs(2));
    EXPECT_THAT(database.since("other", noon).value(), SizeIs(0));
}

TEST_F(DatabaseTest, ASecondSampleOfAMomentReplacesTheFirst) {
    auto database = open();
    ASSERT_TRUE(database.add({sampleAt(noon, 1)}));
    ASSERT_TRUE(database.add({sampleAt(noon, 2)}));
    EXPECT_THAT(all(database), ElementsAre(sampleAt(noon, 2)));
}

TEST_F(DatabaseTest, IsReadableByItsOwnerAlone) {
    ::umask(0);
    auto database = open();
    ASSERT_TRUE(database.add({sampleAt(noon, 1)}));
    for (const char* suffix : {"", "-wal", "-shm"}) {
        struct stat info {};
        if (::stat((file() + suffix).c_str(), &info) == 0) {
            EXPECT_EQ(info.st_mode & 0777U, 0600U) << suffix;
        }
    }
    EXPECT_TRUE(QFile::exists(QString::fromStdString(file())));
}

TEST_F(DatabaseTest, ThinsToMinutesAfterADay) {
    auto database = open();
    ASSERT_TRUE(database.add({sampleAt(noon, 10, 1, 2), sampleAt(noon + 20s, 20, 9, 1),
                              sampleAt(noon + 40s, {}, {}, {}), sampleAt(noon + 60s, 5, 5, 5)}));
    ASSERT_TRUE(database.thin(noon + 24h + 61s));
    EXPECT_THAT(all(database), ElementsAre(sampleAt(noon, 15, 9, 1), sampleAt(noon + 60s, 5, 5, 5)))
        << "mean of writes, longest answer, fewest votes; the second minute is not a day old yet";
}

TEST_F(DatabaseTest, AMinuteWithoutAnyAnswerStaysWithout) {
    auto database = open();
    ASSERT_TRUE(database.add({sampleAt(noon, {}), sampleAt(noon + 30s, {})}));
    ASSERT_TRUE(database.thin(noon + 25h));
    EXPECT_THAT(all(database), ElementsAre(sampleAt(noon, {})));
}

TEST_F(DatabaseTest, ThinsToHoursAfterThirtyDaysAndDropsAfterFourHundred) {
    auto database = open();
    std::vector<Sample> samples;
    for (int minute = 0; minute < 120; ++minute) {
        samples.push_back(sampleAt(noon + std::chrono::minutes(minute), minute));
    }
    ASSERT_TRUE(database.add(samples));
    ASSERT_TRUE(database.thin(noon + 24h * 31));
    EXPECT_THAT(all(database), ElementsAre(sampleAt(noon, 29.5), sampleAt(noon + 1h, 89.5)));
    ASSERT_TRUE(database.thin(noon + 24h * 400 + 30min));
    EXPECT_THAT(all(database), ElementsAre(sampleAt(noon + 1h, 89.5)));
}

TEST_F(DatabaseTest, SeriesAreThinnedApart) {
    auto database = open();
    const Sample replica{"cluster", "5a41f09c2d7e", noon, {}, 7.0, {}};
    ASSERT_TRUE(database.add({sampleAt(noon, 10), replica, {"other", "", noon, 3.0, {}, {}}}));
    ASSERT_TRUE(database.thin(noon + 25h));
    EXPECT_THAT(all(database), testing::UnorderedElementsAre(sampleAt(noon, 10), replica));
    EXPECT_THAT(database.since("other", noon).value(), SizeIs(1));
}

TEST_F(DatabaseTest, ThinningTwiceAndAtAnyPaceEndsTheSame) {
    const auto thinnedEvery = [this](std::chrono::minutes pace) {
        QFile::remove(QString::fromStdString(file()));
        auto database = open();
        std::vector<Sample> samples;
        for (int i = 0; i < 4000; ++i) {
            samples.push_back(sampleAt(noon + i * 7s, i % 13, i % 17, i % 3));
        }
        EXPECT_TRUE(database.add(samples));
        for (auto now = noon; now < noon + 40h; now += pace) {
            EXPECT_TRUE(database.thin(now));
        }
        EXPECT_TRUE(database.thin(noon + 40h));
        EXPECT_TRUE(database.thin(noon + 40h));
        return all(database);
    };
    const auto often = thinnedEvery(17min);
    EXPECT_THAT(often, SizeIs(4000 * 7 / 60 + 1));
    EXPECT_EQ(often, thinnedEvery(60min));
}

TEST_F(DatabaseTest, AFileThatIsNoneIsCorrupt) {
    QFile file(QString::fromStdString(this->file()));
    ASSERT_TRUE(file.open(QFile::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    const auto opened = Database::open(this->file(), Access::write);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::corrupt) << opened.error().text();
}

TEST_F(DatabaseTest, AFileOfANewerProgramIsLeftAlone) {
    ASSERT_TRUE(open().add({sampleAt(noon, 1)}));
    QFile raw(QString::fromStdString(file()));
    ASSERT_TRUE(raw.open(QFile::ReadWrite));
    raw.seek(60); // user_version, big endian
    raw.write(QByteArray::fromHex("00000063"));
    raw.close();
    const auto opened = Database::open(file(), Access::write);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::conflict);
    EXPECT_NE(opened.error().message.find("newer"), std::string::npos) << opened.error().message;
}

// A limit on the size of files stands in for the end of the disk.
TEST_F(DatabaseTest, AFullDiskKeepsWhatIsThere) {
    auto database = open();
    ASSERT_TRUE(database.add({sampleAt(noon, 1)}));
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{64 * 1024, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    std::vector<Sample> many;
    for (int i = 1; i < 20'000; ++i) {
        many.push_back(sampleAt(noon + i * 1s, i));
    }
    const auto added = database.add(many);
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    (void)std::signal(SIGXFSZ, handler);
    ASSERT_FALSE(added);
    EXPECT_FALSE(added.error().message.empty());
    EXPECT_NE(added.error().code, ErrorCode::corrupt) << added.error().text();
    EXPECT_THAT(all(database), ElementsAre(sampleAt(noon, 1))) << "all or nothing";
    ASSERT_TRUE(database.add({sampleAt(noon + 1s, 2)})) << "and goes on when there is room again";
    EXPECT_THAT(all(database), SizeIs(2));
}

TEST_F(DatabaseTest, AReaderReadsWhileTheWriterWrites) {
    auto writer = open();
    ASSERT_TRUE(writer.add({sampleAt(noon, 1)}));
    auto reader = open(Access::read);
    EXPECT_THAT(all(reader), SizeIs(1));
    ASSERT_TRUE(writer.add({sampleAt(noon + 1s, 2)}));
    EXPECT_THAT(all(reader), SizeIs(2));
    EXPECT_FALSE(reader.add({sampleAt(noon + 2s, 3)}));
}

} // namespace
} // namespace pilothouse::history
