// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/document_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <sys/stat.h>

namespace pilothouse::client {
namespace {

mode_t modeOf(const QString& path) {
    struct stat seen {};
    EXPECT_EQ(stat(qPrintable(path), &seen), 0);
    return seen.st_mode & 0777;
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

TEST(DocumentFile, ANewOneIsReadableByAllAndAnOldOneStaysAsClosedAsItWas) {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("report.md"));
    const mode_t before = umask(0077);
    ASSERT_TRUE(writeDocument(path, "one"));
    umask(before);
    EXPECT_EQ(modeOf(path), 0644U);
    QFile(path).setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    ASSERT_TRUE(writeDocument(path, "two"));
    EXPECT_EQ(contentOf(path), "two");
    EXPECT_EQ(modeOf(path), 0600U);
    EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1)
        << "no temporary file is left";
}

TEST(DocumentFile, SaysWhatIsInTheWay) {
    const QTemporaryDir folder;
    const auto errorAt = [](const QString& path) {
        const Status written = writeDocument(path, "x");
        return written ? std::string() : written.error().text();
    };
    EXPECT_EQ(errorAt(folder.path()),
              "cannot write " + folder.path().toStdString() + ": it is a folder. Name a file");
    const std::string missing = errorAt(folder.filePath(QStringLiteral("a/b.md")));
    EXPECT_TRUE(
        missing.ends_with(": there is no folder " + folder.filePath(QStringLiteral("a")).toStdString()))
        << missing;
    EXPECT_FALSE(errorAt(QStringLiteral("/proc/report.md")).empty());
}

TEST(DocumentFile, KnowsJsonByItsEnding) {
    EXPECT_TRUE(isJsonFile(QStringLiteral("a.json")));
    EXPECT_TRUE(isJsonFile(QStringLiteral("a.JSON")));
    EXPECT_FALSE(isJsonFile(QStringLiteral("json.md")));
    EXPECT_FALSE(isJsonFile(QString()));
}

} // namespace
} // namespace pilothouse::client
