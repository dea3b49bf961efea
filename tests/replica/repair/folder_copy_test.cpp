// SPDX-License-Identifier: GPL-3.0-or-later
// Copying what belongs to an epoch and putting it back, killed at every single system call.
#include "crash_points.h"
#include "replica/repair/folder_copy.h"
#include "support/fixtures.h"
#include "tree.h"

#include <gtest/gtest.h>

#include <csignal>
#include <sys/resource.h>

namespace pilothouse::repair::test {
namespace {

namespace fs = std::filesystem;
using pilothouse::test::modeOf;
using pilothouse::test::readWhole;
using pilothouse::test::writeFile;

const auto untold = [](std::int64_t) {};

class FolderCopyTest : public testing::Test {
protected:
    FolderCopyTest() { makeFolder(); }

    // As of a replica in epoch 1.
    void makeFolder() {
        fs::remove_all(layout.root());
        fs::create_directories(layout.engineData() / "member" / "wal");
        writeFile(layout.engineData() / "member" / "db", std::string(10'000, 'd'));
        writeFile(layout.engineData() / "member" / "wal" / "0.wal", "the log of epoch 1");
        writeFile(layout.engineData() / "member" / "empty", "");
        writeFile(layout.peerCa(), "the authority of epoch 1");
        writeFile(layout.identity(), "epoch 1");
        writeFile(layout.root() / "blob", "of no epoch");
        run("chmod -R u=rwX,go= " + layout.root().string());
    }
    // What the repair made of it.
    void goOn() const {
        writeFile(layout.engineData() / "member" / "wal" / "0.wal", "the log of epoch 2");
        writeFile(layout.engineData() / "member" / "wal" / "1.wal", "more of it");
        writeFile(layout.peerCa(), "the authority of epoch 2");
        writeFile(layout.identity(), "epoch 2");
    }
    [[nodiscard]] Status copy() const { return copyEpoch(layout, target(), untold); }
    [[nodiscard]] fs::path target() const { return layout.beforeEpoch(2); }
    [[nodiscard]] fs::path aside() const { return layout.afterEpoch(2); }
    // Of what belongs to an epoch, and what is left of the work.
    [[nodiscard]] Tree whole() const { return treeOf(layout.root()); }
    static void run(const std::string& command) {
        const auto ran = pilothouse::test::run(command);
        EXPECT_EQ(ran.code, 0) << ran.output;
    }

    pilothouse::test::TemporaryFolder folder;
    provision::Layout layout{folder / "data"};
};

TEST_F(FolderCopyTest, CopiesWhatBelongsToTheEpochForItsOwnerAlone) {
    const Tree before = whole();
    std::int64_t told = 0;
    ASSERT_TRUE(copyEpoch(layout, target(), [&](std::int64_t bytes) { told += bytes; }));
    EXPECT_EQ(told, bytesBelow(layout.engine()).value_or(-1));
    EXPECT_EQ(difference(treeOf(layout.engine()), treeOf(target() / "engine")), "");
    EXPECT_EQ(readWhole(target() / "replica.json"), "epoch 1");
    EXPECT_FALSE(fs::exists(target() / "blob"));
    EXPECT_EQ(modeOf(target()), 0700U);
    EXPECT_EQ(modeOf(target() / "engine" / "data"), 0700U);
    EXPECT_EQ(modeOf(target() / "engine" / "peer-ca.crt"), 0600U);
    EXPECT_EQ(modeOf(target() / "replica.json"), 0600U);
    fs::remove_all(target());
    EXPECT_EQ(difference(before, whole()), "") << "nothing else was touched";
}

TEST_F(FolderCopyTest, AFileThatOthersMayReadIsCopiedForItsOwnerAlone) {
    run("chmod 0644 " + layout.peerCa().string());
    ASSERT_TRUE(copy());
    EXPECT_EQ(modeOf(target() / "engine" / "peer-ca.crt"), 0600U);
}

TEST_F(FolderCopyTest, OneThatIsThereIsKept) {
    ASSERT_TRUE(copy());
    goOn();
    ASSERT_TRUE(copy());
    EXPECT_EQ(readWhole(target() / "replica.json"), "epoch 1");
}

TEST_F(FolderCopyTest, AnUnfinishedOneIsBegunAnew) {
    fs::path partial = target();
    partial += ".partial";
    fs::create_directories(partial / "engine");
    writeFile(partial / "engine" / "of an earlier attempt", "x");
    ASSERT_TRUE(copy());
    EXPECT_FALSE(fs::exists(partial));
    EXPECT_EQ(difference(treeOf(layout.engine()), treeOf(target() / "engine")), "");
}

TEST_F(FolderCopyTest, BigFilesAreCopiedInPieces) {
    std::string big;
    for (int i = 0; big.size() < (std::size_t{9} << 20); ++i) {
        big += std::to_string(i);
    }
    writeFile(layout.engineData() / "member" / "db", big);
    int pieces = 0;
    ASSERT_TRUE(copyEpoch(layout, target(), [&](std::int64_t) { ++pieces; }));
    EXPECT_GE(pieces, 3);
    EXPECT_TRUE(readWhole(target() / "engine" / "data" / "member" / "db") == big);
}

TEST_F(FolderCopyTest, WithoutRoomNothingIsLeftOfIt) {
    writeFile(layout.engineData() / "member" / "db", std::string(1'000'000, 'd'));
    const Tree before = whole();
    rlimit old{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN); // NOLINT: one thread runs
    rlimit small = old;
    small.rlim_cur = 100'000;
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const Status copied = copy();
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &old), 0);
    std::signal(SIGXFSZ, handler);
    ASSERT_FALSE(copied);
    EXPECT_EQ(copied.error().message.find("cannot write"), 0U) << copied.error().text();
    EXPECT_EQ(difference(before, whole()), "");
}

TEST_F(FolderCopyTest, AFullDiskIsCalledSo) {
    const fs::path small = folder / "small";
    fs::create_directory(small);
    if (pilothouse::test::run("mount -t tmpfs -o size=64k none " + small.string()).code != 0) {
        GTEST_SKIP() << "no small file system can be mounted here";
    }
    const Status copied = copyEpoch(layout, small / "copy", untold);
    writeFile(layout.engineData() / "member" / "db", std::string(1'000'000, 'd'));
    const Status full = copyEpoch(layout, small / "full", untold);
    const bool left = fs::exists(small / "full.partial");
    run("umount " + small.string());
    EXPECT_TRUE(copied) << copied.error().text();
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().code, ErrorCode::exhausted) << full.error().text();
    EXPECT_FALSE(left);
}

TEST_F(FolderCopyTest, WithoutACopyThereIsNothingToPutBack) {
    const Tree before = whole();
    EXPECT_TRUE(restoreEpoch(layout, target(), {}));
    EXPECT_TRUE(restoreEpoch(layout, target(), aside()));
    EXPECT_EQ(difference(before, whole()), "");
}

TEST_F(FolderCopyTest, PutsBackAndKeepsAsideWhatWasThere) {
    const Tree before = whole();
    ASSERT_TRUE(copy());
    goOn();
    const Tree after = treeOf(layout.engine());
    ASSERT_TRUE(restoreEpoch(layout, target(), aside()));
    EXPECT_EQ(difference(after, treeOf(aside() / "engine")), "");
    EXPECT_EQ(readWhole(aside() / "replica.json"), "epoch 2");
    EXPECT_EQ(modeOf(aside()), 0700U);
    fs::remove_all(aside());
    EXPECT_EQ(difference(before, whole()), "");
}

// Without it a replica knows nobody who may log in, until a majority is back.
TEST_F(FolderCopyTest, TheReadModelGoesAlongBothWays) {
    writeFile(layout.projection(), "of before");
    ASSERT_TRUE(copy());
    writeFile(layout.projection(), "of the new epoch");
    writeFile(layout.projection().string() + "-wal", "more of it");
    ASSERT_TRUE(restoreEpoch(layout, target(), {}));
    EXPECT_EQ(readWhole(layout.projection()), "of before");
    EXPECT_FALSE(fs::exists(layout.projection().string() + "-wal")) << "of another file";
}

TEST_F(FolderCopyTest, KilledAtAnyCallTheCopyIsWholeOrMadeAnew) {
    const Tree before = whole();
    const auto points = forEachCrashPoint(
        [&] { (void)copy(); },
        [&] {
            if (fs::exists(target())) {
                EXPECT_EQ(difference(treeOf(layout.engine()), treeOf(target() / "engine")), "");
            }
            EXPECT_TRUE(copy());
            EXPECT_EQ(difference(treeOf(layout.engine()), treeOf(target() / "engine")), "");
            fs::remove_all(target());
            EXPECT_EQ(difference(before, whole()), "");
            return !HasFailure();
        });
    if (points < 0) {
        GTEST_SKIP() << "no process can be traced here";
    }
    EXPECT_GT(points, 20);
}

TEST_F(FolderCopyTest, KilledAtAnyCallItIsTakenBackByTheNext) {
    const Tree before = whole();
    const auto prepare = [&] {
        makeFolder();
        EXPECT_TRUE(copy());
        goOn();
    };
    prepare();
    const auto points = forEachCrashPoint([&] { (void)restoreEpoch(layout, target(), {}); },
                                          [&] {
                                              const Status again = restoreEpoch(layout, target(), {});
                                              EXPECT_TRUE(again) << again.error().text();
                                              EXPECT_EQ(difference(before, whole()), "");
                                              prepare();
                                              return !HasFailure();
                                          });
    if (points < 0) {
        GTEST_SKIP() << "no process can be traced here";
    }
    EXPECT_GT(points, 20);
}

TEST_F(FolderCopyTest, KilledAtAnyCallItIsPutBackByTheNextAndTheRestKept) {
    const Tree before = whole();
    Tree after;
    const auto prepare = [&] {
        makeFolder();
        EXPECT_TRUE(copy());
        goOn();
        after = treeOf(layout.engine());
    };
    prepare();
    const auto points = forEachCrashPoint([&] { (void)restoreEpoch(layout, target(), aside()); },
                                          [&] {
                                              const Status again = restoreEpoch(layout, target(), aside());
                                              EXPECT_TRUE(again) << again.error().text();
                                              EXPECT_EQ(difference(after, treeOf(aside() / "engine")), "");
                                              EXPECT_EQ(readWhole(aside() / "replica.json"), "epoch 2");
                                              fs::remove_all(aside());
                                              EXPECT_EQ(difference(before, whole()), "");
                                              prepare();
                                              return !HasFailure();
                                          });
    if (points < 0) {
        GTEST_SKIP() << "no process can be traced here";
    }
    EXPECT_GT(points, 20);
}

} // namespace
} // namespace pilothouse::repair::test
