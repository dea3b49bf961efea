// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/local_blobs.h"
#include "replica/replication/pump.h"
#include "support.h"

#include <random>

namespace pilothouse::replication {
namespace {

using http::Awaitable;
using state::test::run;

class PumpTest : public testing::Test {
protected:
    // Gives `content` in parts of random sizes, then its end or `failure`.
    PieceSource sourceOf(const std::string& content, const Status& failure = {}) {
        return [this, content, failure, at = std::size_t{0}](std::span<char> into) mutable {
            return give(content, at, failure, into);
        };
    }
    Awaitable<Result<std::size_t>> give(const std::string& content, std::size_t& at, Status failure,
                                        std::span<char> into) {
        if (at == content.size()) {
            co_return failure ? Result<std::size_t>(std::size_t{0}) : fail(failure.error());
        }
        const std::size_t most = std::min(into.size(), content.size() - at);
        const std::size_t count = std::uniform_int_distribution<std::size_t>(1, most)(random);
        std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(at), count, into.begin());
        at += count;
        co_return count;
    }
    // Takes `most` bytes, then fails.
    PieceSink sinkOf(std::size_t most = std::numeric_limits<std::size_t>::max()) {
        return [this, most](std::string_view bytes) { return take(bytes, most); };
    }
    Awaitable<Status> take(std::string_view bytes, std::size_t most) {
        if (taken.size() + bytes.size() > most) {
            co_return fail(ErrorCode::exhausted, "the disk is full");
        }
        taken += bytes;
        co_return Status();
    }
    std::string contentOf(std::size_t size) {
        std::string content(size, '\0');
        std::generate(content.begin(), content.end(), [this] { return static_cast<char>(random()); });
        return content;
    }

    boost::asio::io_context context;
    std::mt19937 random{7};
    std::string taken;
};

TEST_F(PumpTest, MovesEverythingInOrder) {
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, pieceBytes - 1, pieceBytes, pieceBytes + 1, 5 * pieceBytes + 77}) {
        taken.clear();
        const std::string content = contentOf(size);
        const Pumped pumped = run(context, pump(sourceOf(content), sinkOf()));
        EXPECT_TRUE(pumped.source && pumped.sink) << size;
        EXPECT_EQ(pumped.bytes, size);
        EXPECT_TRUE(taken == content) << size << " bytes came in another order";
    }
}

TEST_F(PumpTest, WritesWhatWasReadBeforeTheSourceFailed) {
    const std::string content = contentOf(2 * pieceBytes + 5);
    const Pumped pumped =
        run(context, pump(sourceOf(content, fail(ErrorCode::timeout, "the client is gone")), sinkOf()));
    ASSERT_FALSE(pumped.source);
    EXPECT_EQ(pumped.source.error().code, ErrorCode::timeout);
    EXPECT_TRUE(pumped.sink);
    EXPECT_TRUE(taken == content) << "an upload goes on from where it broke off";
}

TEST_F(PumpTest, EndsWhenTheSinkFails) {
    const Pumped pumped = run(context, pump(sourceOf(contentOf(9 * pieceBytes)), sinkOf(3 * pieceBytes)));
    ASSERT_FALSE(pumped.sink);
    EXPECT_EQ(pumped.sink.error().code, ErrorCode::exhausted);
    EXPECT_EQ(taken.size(), 3 * pieceBytes);
    EXPECT_LE(pumped.bytes, 5 * pieceBytes) << "nobody reads on for nothing";
}

} // namespace
} // namespace pilothouse::replication
