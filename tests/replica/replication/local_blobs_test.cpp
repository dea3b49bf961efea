// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/local_blobs.h"
#include "support.h"

#include <array>

namespace pilothouse::replication {
namespace {

using state::test::run;
using state::test::why;

blobs::BlobId idOf(const std::string& bytes) {
    return {blobs::Digest::of(bytes), LocalBlobs::newIncarnation(security::systemRandom())};
}

class LocalBlobsTest : public testing::Test {
protected:
    void SetUp() override {
        const Status opened = local.open(folder / "blobs");
        ASSERT_TRUE(opened) << why(opened);
    }
    // A digest is never empty, which what waits for a coroutine's value would need.
    std::optional<blobs::Digest> digestOf(blobs::BlobWriter& writer) {
        std::optional<blobs::Digest> found;
        run(context,
            [](LocalBlobs& blobs, blobs::BlobWriter& of,
               std::optional<blobs::Digest>& into) -> http::Awaitable<void> {
                const auto digest = co_await blobs.digest(of, blobs::Algorithm::sha512);
                if (digest) {
                    into = *digest;
                }
            }(local, writer, found));
        return found;
    }
    boost::asio::io_context context;
    state::test::TempFolder folder;
    LocalBlobs local{2};
};

TEST_F(LocalBlobsTest, WhatIsPutCanBeRead) {
    const std::string bytes(100'000, 'x');
    const auto id = idOf(bytes);
    EXPECT_FALSE(run(context, local.has(id)).value());
    const Status put = run(context, local.put(id, std::make_shared<const std::string>(bytes)));
    ASSERT_TRUE(put) << why(put);
    EXPECT_TRUE(run(context, local.has(id)).value());
    EXPECT_TRUE(run(context, local.hasDurably(id)).value());
    EXPECT_EQ(run(context, local.readPart(id, 0, bytes.size())).value(), bytes);
    const auto more = run(context, local.readPart(id, 0, bytes.size() + 1));
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().code, ErrorCode::corrupt);
    EXPECT_EQ(run(context, local.listAfter({})).value(), std::vector<blobs::BlobId>{id});
    ASSERT_TRUE(run(context, local.remove(id)));
    EXPECT_EQ(run(context, local.readPart(id, 0, bytes.size())).error().code, ErrorCode::notFound);
}

TEST_F(LocalBlobsTest, WhatIsThereIsNotPutAgain) {
    const std::string bytes(1000, 'x');
    const auto id = idOf(bytes);
    const Status other = run(context, local.putUnlessThere(id, "other bytes"));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, ErrorCode::invalid);
    EXPECT_FALSE(run(context, local.has(id)).value());
    ASSERT_TRUE(run(context, local.putUnlessThere(id, bytes)));
    EXPECT_EQ(run(context, local.readPart(id, 0, bytes.size())).value(), bytes);
    const Status again = run(context, local.putUnlessThere(id, "not even looked at"));
    EXPECT_TRUE(again) << why(again);
    EXPECT_EQ(run(context, local.readPart(id, 0, bytes.size())).value(), bytes);
    EXPECT_TRUE(std::filesystem::is_empty(folder / "blobs/uploads"));
}

TEST_F(LocalBlobsTest, WhatIsWrittenInPiecesIsComparedAtTheEnd) {
    auto writer = run(context, local.begin(blobs::Algorithm::sha512));
    ASSERT_TRUE(writer) << why(writer);
    for (const std::string_view piece : {"one ", "two ", "three"}) {
        ASSERT_TRUE(run(context, local.write(**writer, piece)));
    }
    const blobs::Digest digest = blobs::Digest::of("one two three", blobs::Algorithm::sha512);
    EXPECT_EQ(digestOf(**writer), digest);
    const auto incarnation = LocalBlobs::newIncarnation(security::systemRandom());
    const Status wrong = run(context, local.commit(**writer, {blobs::Digest::of("another"), incarnation}));
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::invalid);
    ASSERT_TRUE(run(context, local.commit(**writer, {digest, incarnation})));
    const auto reader = run(context, local.read({digest, incarnation}));
    ASSERT_TRUE(reader) << why(reader);
    std::array<char, 5> some{};
    EXPECT_EQ(run(context, local.readAt(**reader, 8, some)).value(), 5U);
    EXPECT_EQ(std::string_view(some.data(), some.size()), "three");
}

} // namespace
} // namespace pilothouse::replication
