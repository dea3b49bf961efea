// SPDX-License-Identifier: GPL-3.0-or-later
// No blob that was acknowledged depends on anything that a power cut takes.
#include "crash_disk.h"
#include "replica/blobs/blob_store.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace pilothouse::blobs {
namespace {

constexpr auto root = "/blobs";

BlobId idOf(const std::string& bytes, int number) {
    std::string digits = std::to_string(number);
    digits.insert(0, 16 - digits.size(), '0');
    return {Digest::of(bytes), Incarnation::parse(digits).value()};
}

struct Pushed {
    std::set<BlobId> acknowledged;
    std::set<BlobId> removed; // or may be
};

// Pushes and removes until the power goes.
Pushed pushUntilDark(test::CrashDisk& disk) {
    std::mt19937 random(7);
    Pushed pushed;
    auto store = BlobStore::open(disk, root);
    for (int i = 0; store && i < 12; ++i) {
        const std::string bytes = "blob " + std::to_string(random() % 6) + std::string(random() % 300, 'x');
        const auto id = idOf(bytes, i);
        auto writer = (*store)->begin();
        if (!writer) {
            break;
        }
        const auto half = bytes.size() / 2;
        if ((*writer)->write(bytes.substr(0, half)) && (*writer)->write(bytes.substr(half)) &&
            (*writer)->commit(id)) {
            pushed.acknowledged.insert(id);
        }
        if (random() % 4 == 0 && !pushed.acknowledged.empty()) {
            const auto victim = *pushed.acknowledged.begin();
            pushed.removed.insert(victim);
            (void)(*store)->remove(victim);
        }
    }
    return pushed;
}

// Cuts the power before the change of that number and looks at what is there afterwards; gives how many blobs
// had to be there.
std::size_t survivorsOfCut(int cut, unsigned draw) {
    SCOPED_TRACE("cut before change " + std::to_string(cut) + ", draw " + std::to_string(draw));
    test::CrashDisk disk;
    int left = cut;
    disk.cutBefore = [&left] { return --left == 0; };
    const auto pushed = pushUntilDark(disk);
    disk.cutBefore = [] { return false; };
    std::mt19937 chance(draw * 7919U + static_cast<unsigned>(cut));
    disk.restart([&] { return draw != 0 && (draw == 1 || chance() % 2 == 0); });

    auto store = BlobStore::open(disk, root);
    EXPECT_TRUE(store) << store.error().text();
    if (!store) {
        return 0;
    }
    std::size_t survivors = 0;
    for (const auto& id : pushed.acknowledged) {
        if (pushed.removed.count(id) == 0) {
            const auto there = (*store)->verify(id);
            EXPECT_TRUE(there) << there.error().text();
            ++survivors;
        }
    }
    // What is there at all is whole: a name never comes without its bytes.
    EXPECT_TRUE((*store)->forEach([&](const BlobId& id) {
        const auto seen = (*store)->verify(id);
        EXPECT_TRUE(seen) << seen.error().text();
        return seen.has_value();
    }));
    EXPECT_TRUE(disk.list("/blobs/uploads")->empty());
    return survivors;
}

TEST(PowerCut, TakesNoAcknowledgedBlobWheneverItComes) {
    test::CrashDisk untouched;
    ASSERT_TRUE(BlobStore::open(untouched, root));
    const int folders = untouched.changes(); // changes that make the store
    (void)pushUntilDark(untouched);
    const int changes = untouched.changes() - folders;
    ASSERT_GT(changes, folders + 60);
    std::size_t survivors = 0;
    for (int cut = 1; cut <= changes; cut += cut + 97 < folders ? 97 : 1) {
        for (unsigned draw = 0; draw < 3 && !HasFailure(); ++draw) {
            survivors += survivorsOfCut(cut, draw);
        }
    }
    EXPECT_GT(survivors, 500U) << "nothing was put to the test";
}

// The check itself: a store that forgets one of its syncs would be found out.
TEST(PowerCut, IsNoticedWhereASyncIsMissing) {
    test::CrashDisk disk;
    ASSERT_TRUE(disk.makeFolder("/blobs"));
    ASSERT_TRUE(disk.syncFolder("/"));
    auto file = disk.create("/blobs/a");
    ASSERT_TRUE(file);
    ASSERT_TRUE((*file)->append("bytes"));
    ASSERT_TRUE(disk.syncFolder("/blobs")); // the name, not the bytes
    auto named = disk.create("/blobs/b");
    ASSERT_TRUE(named);
    ASSERT_TRUE((*named)->append("bytes"));
    ASSERT_TRUE((*named)->sync()); // the bytes, not the name
    disk.restart([] { return false; });
    EXPECT_EQ((*disk.open("/blobs/a"))->size().value(), 0U);
    EXPECT_FALSE(disk.open("/blobs/b"));
}

} // namespace
} // namespace pilothouse::blobs
