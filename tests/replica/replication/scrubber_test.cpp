// SPDX-License-Identifier: GPL-3.0-or-later
#include "copies.h"
#include "replica/replication/scrubber.h"
#include "support.h"

#include <fstream>
#include <set>

namespace pilothouse::replication {
namespace {

using state::test::run;
using state::test::why;

class ScrubberTest : public testing::Test {
protected:
    void SetUp() override {
        const Status opened = local.open(folder / "blobs");
        ASSERT_TRUE(opened) << why(opened);
    }
    blobs::BlobId put(const std::string& bytes) { return test::put(context, local, bytes); }
    std::filesystem::path fileOf(const blobs::BlobId& id) const {
        const std::string hex(id.digest.hex());
        return folder / ("blobs/sha256/" + hex.substr(0, 2) + "/" + hex + "-" + id.incarnation.str());
    }

    boost::asio::io_context context;
    state::test::TempFolder folder;
    LocalBlobs local{2};
    std::vector<blobs::BlobId> damaged;
    Scrubber scrubber{local,
                      [this](const blobs::BlobId& id) { damaged.push_back(id); },
                      {.bytesPerSecond = std::uint64_t{1} << 40},
                      Logger()};
};

TEST_F(ScrubberTest, AFlippedBitIsFound) {
    const auto sound = put(std::string(600'000, 's'));
    const auto bad = put(std::string(600'000, 'b'));
    const auto cut = put(std::string(1'000, 'c'));
    EXPECT_EQ(run(context, scrubber.scrub()).value(), 0);
    {
        std::fstream file(fileOf(bad), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(500'000);
        file.put('b' ^ 1);
    }
    std::filesystem::resize_file(fileOf(cut), 999);
    EXPECT_EQ(run(context, scrubber.scrub()).value(), 2);
    EXPECT_EQ(std::set<blobs::BlobId>(damaged.begin(), damaged.end()), (std::set<blobs::BlobId>{bad, cut}));
    EXPECT_TRUE(run(context, local.has(sound)).value());
    EXPECT_FALSE(run(context, local.has(bad)).value()) << "nobody is served from it";
    EXPECT_TRUE(std::filesystem::exists(folder / ("blobs/damaged/" + fileOf(bad).filename().string())));
    EXPECT_EQ(run(context, scrubber.scrub()).value(), 0);
}

TEST_F(ScrubberTest, WhatCannotBeOpenedIsLeftWhereItIs) {
    std::vector<blobs::BlobId> ids;
    for (int i = 0; i < 9; ++i) {
        ids.push_back(put("blob " + std::to_string(i)));
        std::filesystem::rename(fileOf(ids.back()), fileOf(ids.back()).string() + ".kept");
        std::filesystem::create_symlink(fileOf(ids.back()), fileOf(ids.back())); // a loop
    }
    EXPECT_EQ(run(context, scrubber.scrub()).value(), 0);
    ids.push_back(put("blob 9"));
    std::filesystem::remove(fileOf(ids.back()));
    std::filesystem::create_symlink(fileOf(ids.back()), fileOf(ids.back()));
    const auto given = run(context, scrubber.scrub());
    EXPECT_FALSE(given) << "ten in a row: it is not the blobs";
    EXPECT_TRUE(damaged.empty());
    for (const auto& id : ids) {
        EXPECT_TRUE(std::filesystem::is_symlink(fileOf(id)));
    }
}

} // namespace
} // namespace pilothouse::replication
