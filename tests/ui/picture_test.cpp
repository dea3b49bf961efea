// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures end, and say what was wrong.
#include "base/clock.h"
#include "ui/console/console.h"
#include "ui/console/picture.h"
#include "ui/console/start_options.h"

#include <QApplication>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace pilothouse::ui {
namespace {

class PictureTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(m_folder.isValid());
        theme.apply(*qApp, ThemeChoice::light);
        console = std::make_unique<Console>(
            theme, ConsoleParts{.clock = systemClock(),
                                .storeFile = m_folder.filePath(QStringLiteral("clusters.json")),
                                .sandboxFolder = m_folder.filePath(QStringLiteral("sandboxes")),
                                .stateFile = m_folder.filePath(QStringLiteral("console.ini")),
                                .controlOf = nullptr,
                                .startSandbox = nullptr});
    }
    // What it said, or a word of its own if it did not end.
    [[nodiscard]] QString draw(const QString& cluster, const QString& file) {
        Picture picture(*console, {cluster, {}}, QSize(900, 700), file);
        QSignalSpy finished(&picture, &Picture::finished);
        picture.start(3000);
        return !finished.isEmpty() || finished.wait(5000) ? finished[0][0].toString()
                                                          : QStringLiteral("did not end");
    }
    [[nodiscard]] QString in(const QString& name) const { return m_folder.filePath(name); }

    Theme theme;
    std::unique_ptr<Console> console;

private:
    QTemporaryDir m_folder;
};

TEST_F(PictureTest, WithoutAClusterShowsTheFirstPage) {
    EXPECT_EQ(draw({}, in(QStringLiteral("first.png"))).toStdString(), "");
    EXPECT_EQ(QImage(in(QStringLiteral("first.png"))).size(), QSize(900, 700));
}

TEST_F(PictureTest, SaysWhichClustersThereAre) {
    EXPECT_EQ(draw(QStringLiteral("prod"), in(QStringLiteral("p.png"))).toStdString(),
              "There is no cluster “prod” here: none is known yet.");
    EXPECT_FALSE(QFile::exists(in(QStringLiteral("p.png"))));
}

TEST_F(PictureTest, SaysWhyItCannotBeWritten) {
    EXPECT_TRUE(draw({}, in(QStringLiteral("none/p.png"))).contains(QStringLiteral("there is no folder")));
    EXPECT_TRUE(draw({}, in(QStringLiteral("p.txt"))).contains(QStringLiteral("ends in .png")));
    EXPECT_TRUE(QDir().mkpath(in(QStringLiteral("folder.png"))));
    EXPECT_TRUE(draw({}, in(QStringLiteral("folder.png"))).contains(QStringLiteral("cannot write")));
}

TEST(StartOptions, APictureHelpAndVersionNeedNoDisplay) {
    const auto with = [](const char* argument) {
        char program[] = "pilothouse";
        std::string copy(argument);
        char* arguments[] = {program, copy.data()};
        return displayFor(2, arguments);
    };
    for (const char* argument : {"--screenshot", "--screenshot=a.png", "--help", "-h", "--version", "-v"}) {
        EXPECT_EQ(with(argument), Display::none) << argument;
    }
    for (const char* argument : {"--cluster", "--theme", "--screenshots"}) {
        EXPECT_EQ(with(argument), Display::needed) << argument;
    }
}

} // namespace
} // namespace pilothouse::ui
