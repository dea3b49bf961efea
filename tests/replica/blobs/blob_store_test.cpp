// SPDX-License-Identifier: GPL-3.0-or-later
// The store on a real file system.
#include "crash_disk.h"
#include "replica/blobs/blob_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace pilothouse::blobs {
namespace {

namespace fs = std::filesystem;

Incarnation incarnation(char digit) {
    return Incarnation::parse(std::string(16, digit)).value();
}

BlobId idOf(std::string_view bytes, char digit = '1', Algorithm algorithm = Algorithm::sha256) {
    return {Digest::of(bytes, algorithm), incarnation(digit)};
}

std::string contentOf(BlobReader& blob) {
    std::string content;
    std::string piece(3, '\0'); // small, so that offsets matter
    while (true) {
        const auto got = blob.readAt(content.size(), piece);
        EXPECT_TRUE(got) << got.error().text();
        if (!got || *got == 0) {
            return content;
        }
        content.append(piece, 0, *got);
    }
}

class BlobStoreTest : public testing::Test {
protected:
    BlobStoreTest() {
        std::string name = (fs::temp_directory_path() / "pilothouse-blobs-XXXXXX").string();
        EXPECT_NE(::mkdtemp(name.data()), nullptr);
        m_folder = name;
        reopen();
    }
    ~BlobStoreTest() override { fs::remove_all(m_folder); }
    BlobStoreTest(const BlobStoreTest&) = delete;
    BlobStoreTest& operator=(const BlobStoreTest&) = delete;

    void reopen() {
        store.reset();
        auto opened = BlobStore::open(systemDisk(), root());
        ASSERT_TRUE(opened) << opened.error().text();
        store = *std::move(opened);
    }
    [[nodiscard]] fs::path root() const { return m_folder / "blobs"; }
    void put(const BlobId& id, std::string_view bytes) {
        auto writer = store->begin();
        ASSERT_TRUE(writer) << writer.error().text();
        ASSERT_TRUE((*writer)->write(bytes));
        const auto done = (*writer)->commit(id);
        ASSERT_TRUE(done) << done.error().text();
    }
    [[nodiscard]] std::string get(const BlobId& id) {
        auto blob = store->read(id);
        return blob ? contentOf(*blob) : "error: " + blob.error().text();
    }
    [[nodiscard]] std::vector<BlobId> all() const {
        std::vector<BlobId> ids;
        EXPECT_TRUE(store->forEach([&](const BlobId& id) {
            ids.push_back(id);
            return true;
        }));
        return ids;
    }
    [[nodiscard]] std::size_t uploads() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(root() / "uploads"), fs::directory_iterator()));
    }

    std::unique_ptr<BlobStore> store;

private:
    fs::path m_folder;
};

TEST_F(BlobStoreTest, IsGoneThroughInPiecesOfAnySize) {
    for (int i = 0; i < 40; ++i) {
        const std::string bytes = "blob " + std::to_string(i);
        put({Digest::of(bytes, i % 4 == 0 ? Algorithm::sha512 : Algorithm::sha256), idOf(bytes).incarnation},
            bytes);
    }
    const std::vector<BlobId> whole = all();
    ASSERT_EQ(whole.size(), 40U);
    EXPECT_TRUE(std::is_sorted(whole.begin(), whole.end()));
    for (const std::size_t most : {1U, 7U, 40U, 50U}) {
        std::vector<BlobId> found;
        for (std::size_t before = 1; before != found.size();) {
            before = found.size();
            const auto after = found.empty() ? std::nullopt : std::optional(found.back());
            std::size_t taken = 0;
            EXPECT_TRUE(store->forEach(
                [&](const BlobId& id) {
                    found.push_back(id);
                    return ++taken < most;
                },
                after));
        }
        EXPECT_EQ(found, whole) << most << " at once";
    }
}

TEST_F(BlobStoreTest, GivesBackWhatWasPutAlsoAfterARestart) {
    const auto id = idOf("hello, registry");
    EXPECT_FALSE(store->has(id));
    put(id, "hello, registry");
    for (int i = 0; i < 2; ++i) {
        EXPECT_TRUE(store->has(id));
        EXPECT_EQ(get(id), "hello, registry");
        EXPECT_EQ(store->read(id)->size(), 15U);
        EXPECT_TRUE(store->verify(id));
        EXPECT_EQ(all(), std::vector{id});
        EXPECT_EQ(uploads(), 0U);
        reopen();
    }
}

TEST_F(BlobStoreTest, KeepsTheEmptyBlob) {
    put(idOf(""), "");
    EXPECT_EQ(get(idOf("")), "");
    EXPECT_TRUE(store->verify(idOf("")));
}

TEST_F(BlobStoreTest, RefusesBytesOfAnotherDigestAndGoesOn) {
    auto writer = store->begin();
    ASSERT_TRUE(writer);
    ASSERT_TRUE((*writer)->write("hel"));
    const auto wrong = (*writer)->commit(idOf("hello"));
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::invalid);
    EXPECT_NE(wrong.error().message.find(Digest::of("hel").str()), std::string::npos) << wrong.error().text();
    EXPECT_TRUE(all().empty());
    ASSERT_TRUE((*writer)->write("lo"));
    EXPECT_TRUE((*writer)->commit(idOf("hello")));
    EXPECT_EQ(get(idOf("hello")), "hello");
}

TEST_F(BlobStoreTest, HashesAnewWhenTheDigestHasAnotherAlgorithm) {
    const auto id = idOf("hello", '1', Algorithm::sha512);
    put(id, "hello"); // begun as sha256, as a client says its digest last
    EXPECT_EQ(get(id), "hello");
    EXPECT_TRUE(store->verify(id));
    EXPECT_FALSE(store->has(idOf("hello")));
}

TEST_F(BlobStoreTest, CanReadWhatIsBeingWritten) {
    auto writer = store->begin();
    ASSERT_TRUE(writer);
    ASSERT_TRUE((*writer)->write("abcdef"));
    std::string piece(4, '\0');
    EXPECT_EQ((*writer)->readAt(3, piece).value(), 3U);
    EXPECT_EQ(piece.substr(0, 3), "def");
    ASSERT_TRUE((*writer)->write("gh"));
    EXPECT_EQ((*writer)->digest(Algorithm::sha256).value(), Digest::of("abcdefgh"));
    EXPECT_EQ((*writer)->digest(Algorithm::sha512).value(), Digest::of("abcdefgh", Algorithm::sha512));
    EXPECT_EQ((*writer)->size(), 8U);
}

TEST_F(BlobStoreTest, ReadsFromMemoryWhatReadingFromTheDiskWouldGive) {
    const BlobId id = idOf("abcdef");
    put(id, "abcdef");
    auto blob = store->read(id);
    ASSERT_TRUE(blob);
    std::string piece(4, '\0');
    // A file system may always have to wait; one on a disk has just written this.
    if (const std::size_t got = blob->readCached(3, piece); got > 0) {
        EXPECT_EQ(piece.substr(0, got), std::string_view("def").substr(0, got));
    }
    EXPECT_EQ(blob->readCached(6, piece), 0U);
    const auto part = store->partCached(id, 1, 4);
    EXPECT_EQ(part.value_or("bcde"), "bcde");
    EXPECT_FALSE(store->partCached(id, 3, 4)) << "there are three";
    EXPECT_FALSE(store->partCached(idOf("other"), 0, 1));
    EXPECT_EQ(contentOf(*blob), "abcdef");
}

TEST_F(BlobStoreTest, LeavesNothingOfAnUploadThatIsGivenUp) {
    {
        auto writer = store->begin();
        ASSERT_TRUE(writer);
        ASSERT_TRUE((*writer)->write("hello"));
        EXPECT_EQ(uploads(), 1U);
    }
    EXPECT_EQ(uploads(), 0U);
    EXPECT_TRUE(all().empty());
}

TEST_F(BlobStoreTest, SweepsWhatAnEarlierRunLeftUnfinished) {
    std::ofstream(root() / "uploads" / "17") << "half a lay";
    reopen();
    EXPECT_EQ(uploads(), 0U);
}

TEST_F(BlobStoreTest, KeepsIncarnationsApart) {
    const auto first = idOf("hello", '1');
    const auto second = idOf("hello", '2');
    put(first, "hello");
    put(second, "hello");
    EXPECT_EQ(all(), (std::vector{first, second}));
    EXPECT_TRUE(store->remove(first));
    EXPECT_FALSE(store->has(first));
    EXPECT_EQ(store->read(first).error().code, ErrorCode::notFound);
    EXPECT_EQ(get(second), "hello");
    EXPECT_TRUE(store->remove(first)) << "one that is gone is fine";
}

TEST_F(BlobStoreTest, GoesOnReadingWhatIsRemovedMeanwhile) {
    put(idOf("hello"), "hello");
    auto blob = store->read(idOf("hello"));
    ASSERT_TRUE(blob);
    ASSERT_TRUE(store->remove(idOf("hello")));
    EXPECT_EQ(contentOf(*blob), "hello");
}

TEST_F(BlobStoreTest, FindsADamagedCopy) {
    const auto id = idOf("hello");
    put(id, "hello");
    const auto hex = std::string(id.digest.hex());
    const fs::path file = root() / "sha256" / hex.substr(0, 2) / (hex + "-1111111111111111");
    ASSERT_TRUE(fs::exists(file));
    std::ofstream(file, std::ios::in | std::ios::out).write("hallo", 5);
    const auto seen = store->verify(id);
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().code, ErrorCode::corrupt);
    fs::resize_file(file, 3);
    EXPECT_EQ(store->verify(id).error().code, ErrorCode::corrupt);
    fs::remove(file);
    EXPECT_EQ(store->verify(id).error().code, ErrorCode::notFound);
}

TEST_F(BlobStoreTest, LeavesForeignFilesAlone) {
    put(idOf("hello"), "hello");
    const auto hex = std::string(idOf("hello").digest.hex());
    const fs::path shard = root() / "sha256" / hex.substr(0, 2);
    for (const std::string& name : {std::string("README"), hex, hex + "-", hex + "-xyz", std::string("-1")}) {
        std::ofstream(shard / name) << "foreign";
    }
    fs::create_directory(root() / "sha256" / "lost+found");
    std::ofstream(root() / "sha256" / "README") << "foreign";
    reopen();
    EXPECT_EQ(all(), std::vector{idOf("hello")});
    EXPECT_TRUE(fs::exists(shard / "README"));
}

TEST_F(BlobStoreTest, IsForItsOwnerOnly) {
    put(idOf("hello"), "hello");
    for (const auto& entry : fs::recursive_directory_iterator(root())) {
        struct stat facts {};
        ASSERT_EQ(::stat(entry.path().c_str(), &facts), 0);
        EXPECT_EQ(facts.st_mode & 07777, entry.is_directory() ? 0700U : 0600U) << entry.path();
    }
}

TEST_F(BlobStoreTest, SaysThatItsFolderCannotBeMade) {
    const auto opened = BlobStore::open(systemDisk(), root() / "no" / "such" / "parent");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::notFound);
    std::ofstream(root() / "file") << "";
    EXPECT_FALSE(BlobStore::open(systemDisk(), root() / "file"));
}

TEST(FullDisk, EndsThePushAndLeavesNothing) {
    test::CrashDisk disk;
    auto store = BlobStore::open(disk, "/blobs");
    ASSERT_TRUE(store) << store.error().text();
    disk.room = 3;
    {
        auto writer = (*store)->begin();
        ASSERT_TRUE(writer);
        const auto written = (*writer)->write("hello");
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().code, ErrorCode::exhausted);
    }
    EXPECT_TRUE(disk.list("/blobs/uploads")->empty());
}

TEST(Incarnations, AreSixteenDigits) {
    EXPECT_EQ(Incarnation::parse("0123456789abcdef")->str(), "0123456789abcdef");
    for (const char* text :
         {"", "0123456789abcde", "0123456789abcdef0", "0123456789ABCDEF", "../../../../../etc"}) {
        EXPECT_FALSE(Incarnation::parse(text)) << text;
    }
}

} // namespace
} // namespace pilothouse::blobs
