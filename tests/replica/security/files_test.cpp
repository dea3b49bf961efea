// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/files.h"
#include "support/fixtures.h"

#include <csignal>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace pilothouse::security {
namespace {

using namespace pilothouse::test;

std::size_t entriesOf(const std::filesystem::path& folder) {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
}

// What `body` answers in a child process, which may spoil its own limits.
template <typename Body>
int exitCodeOf(Body body) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::_exit(body());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Files, WritesForTheOwnerOnlyAndLeavesNothingElse) {
    const TemporaryFolder folder;
    const auto file = folder / "secret";
    const mode_t before = ::umask(0);
    const Status written = writePrivateFile(file, "one");
    ::umask(before);
    ASSERT_TRUE(written) << written.error().text();
    EXPECT_EQ(modeOf(file), 0600U);
    EXPECT_EQ(readWhole(file), "one");
    ASSERT_TRUE(writePrivateFile(file, ""));
    EXPECT_EQ(readWhole(file), "");
    EXPECT_EQ(entriesOf(folder.path()), 1U);
}

TEST(Files, ReplacesALooseFileByAPrivateOne) {
    const TemporaryFolder folder;
    writeFile(folder / "secret", "old");
    ASSERT_EQ(::chmod((folder / "secret").c_str(), 0644), 0);
    ASSERT_TRUE(writePrivateFile(folder / "secret", "new"));
    EXPECT_EQ(modeOf(folder / "secret"), 0600U);
}

TEST(Files, SaysWhereItCannotWrite) {
    const TemporaryFolder folder;
    const Status status = writePrivateFile(folder / "none" / "secret", "x");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::notFound);
    EXPECT_NE(status.error().message.find((folder / "none" / "secret").string()), std::string::npos)
        << status.error().text();
}

// RLIMIT_FSIZE stands in for a full disk: the write stops half-way.
TEST(Files, KeepsTheOldContentWhenTheNewDoesNotFit) {
    const TemporaryFolder folder;
    const auto file = folder / "secret";
    ASSERT_TRUE(writePrivateFile(file, "old"));
    EXPECT_EQ(exitCodeOf([&] {
                  ::signal(SIGXFSZ, SIG_IGN);
                  const rlimit limit{8192, 8192};
                  ::setrlimit(RLIMIT_FSIZE, &limit);
                  const Status status = writePrivateFile(file, std::string(100000, 'x'));
                  return !status && status.error().code == ErrorCode::exhausted ? 0 : 1;
              }),
              0);
    EXPECT_EQ(readWhole(file), "old");
    EXPECT_EQ(entriesOf(folder.path()), 1U);
}

TEST(Files, SaysThatTheDiskIsFull) {
    const TemporaryFolder folder;
    if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=64k") != 0) {
        GTEST_SKIP() << "needs the right to mount";
    }
    ASSERT_TRUE(writePrivateFile(folder / "secret", "old"));
    const Status status = writePrivateFile(folder / "secret", std::string(1 << 20, 'x'));
    const std::string kept = readWhole(folder / "secret");
    const std::size_t entries = entriesOf(folder.path());
    ::umount(folder.path().c_str());
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::exhausted);
    EXPECT_NE(status.error().message.find("the disk is full"), std::string::npos) << status.error().text();
    EXPECT_EQ(kept, "old");
    EXPECT_EQ(entries, 1U);
}

TEST(Files, SaysThatTheFileSystemIsReadOnly) {
    const TemporaryFolder folder;
    if (::mount("tmpfs", folder.path().c_str(), "tmpfs", MS_RDONLY, "size=64k") != 0) {
        GTEST_SKIP() << "needs the right to mount";
    }
    const Status status = writePrivateFile(folder / "secret", "x");
    ::umount(folder.path().c_str());
    ASSERT_FALSE(status);
    EXPECT_NE(status.error().message.find("read-only"), std::string::npos) << status.error().text();
}

TEST(Files, ReadsSecretsOnlyWhenNobodyElseMay) {
    const TemporaryFolder folder;
    const auto file = folder / "secret";
    ASSERT_TRUE(writePrivateFile(file, "abc"));
    EXPECT_EQ(readPrivateFile(file, 3).value_or("?"), "abc");
    for (const mode_t mode : {0640, 0604, 0620, 0660}) {
        ASSERT_EQ(::chmod(file.c_str(), mode), 0);
        const Result<std::string> read = readPrivateFile(file, 100);
        ASSERT_FALSE(read) << std::oct << mode;
        EXPECT_EQ(read.error().code, ErrorCode::forbidden);
        EXPECT_NE(read.error().hint.find("chmod 600"), std::string::npos);
    }
    EXPECT_TRUE(readFile(file, 100));
}

TEST(Files, RefusesWhatIsTooLargeMissingOrNoFile) {
    const TemporaryFolder folder;
    ASSERT_TRUE(writePrivateFile(folder / "large", std::string(20001, 'x')));
    EXPECT_EQ(readFile(folder / "large", 20000).error().code, ErrorCode::invalid);
    EXPECT_EQ(readFile(folder / "large", 20001).value().size(), 20001U);
    EXPECT_EQ(readFile(folder / "none", 10).error().code, ErrorCode::notFound);
    EXPECT_EQ(readFile(folder.path(), 10).error().code, ErrorCode::invalid);
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(readFile(folder / "pipe", 10).error().code, ErrorCode::invalid);
}

TEST(Files, MakesAndTightensFolders) {
    const TemporaryFolder folder;
    ASSERT_TRUE(makePrivateFolder(folder / "new"));
    EXPECT_EQ(modeOf(folder / "new"), 0700U);
    ASSERT_EQ(::chmod((folder / "new").c_str(), 0755), 0);
    ASSERT_TRUE(makePrivateFolder(folder / "new"));
    EXPECT_EQ(modeOf(folder / "new"), 0700U);
    writeFile(folder / "file", "x");
    EXPECT_EQ(makePrivateFolder(folder / "file").error().code, ErrorCode::conflict);
    EXPECT_EQ(makePrivateFolder(folder / "a" / "b").error().code, ErrorCode::notFound);
}

TEST(Files, RefusesAnotherUsersFolder) {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder / "theirs");
    if (::chown((folder / "theirs").c_str(), 12345, 12345) != 0) {
        GTEST_SKIP() << "needs root";
    }
    EXPECT_EQ(makePrivateFolder(folder / "theirs").error().code, ErrorCode::forbidden);
}

// Readers see the old content or the new, never a part.
TEST(Files, ReplacesAtOnce) {
    const TemporaryFolder folder;
    const auto file = folder / "secret";
    ASSERT_TRUE(writePrivateFile(file, std::string(5000, 'a')));
    std::atomic<bool> done = false;
    std::thread writer([&] {
        for (int i = 0; i < 50; ++i) {
            EXPECT_TRUE(writePrivateFile(file, std::string(5000, static_cast<char>('a' + i % 26))));
        }
        done = true;
    });
    while (!done) {
        const std::string content = readFile(file, 10000).value_or("");
        EXPECT_EQ(content.size(), 5000U);
        EXPECT_EQ(content.find_first_not_of(content.substr(0, 1)), std::string::npos);
    }
    writer.join();
}

} // namespace
} // namespace pilothouse::security
