// SPDX-License-Identifier: GPL-3.0-or-later
// Copies that follow a file as it grows; the peers are made up.
#include "replica/replication/early_copies.h"
#include "replica/state/waiter.h"
#include "support.h"

#include <algorithm>
#include <span>

namespace pilothouse::replication {
namespace {

using namespace std::chrono_literals;
using state::test::run;
using state::test::runUntil;
using state::test::why;

// What one of them got, and how it behaves.
struct Peer {
    std::shared_ptr<state::Waiter> mayBegin; // null: at once
    std::optional<Error> refusal;            // instead of success, when all has come
    bool throws = false;

    std::string bytes;
    http::Headers trailers;
    std::optional<Error> failure; // of the source
    bool ended = false;
    std::function<void()> interrupt;
};
using PeerPtr = std::shared_ptr<Peer>;

http::Awaitable<Status> receive(PeerPtr peer, http::BodySource source) {
    if (peer->throws) {
        throw std::runtime_error("no memory");
    }
    peer->interrupt = source.interrupt;
    if (peer->mayBegin) {
        (void)co_await peer->mayBegin->wait(20s);
    }
    std::string piece(100'000, '\0');
    for (;;) {
        const auto got = co_await source.read(piece, http::within(source.progress));
        if (!got) {
            peer->failure = got.error();
            peer->ended = true;
            co_return fail(got.error());
        }
        if (*got == 0) {
            break;
        }
        peer->bytes.append(piece, 0, *got);
    }
    peer->trailers = source.trailers();
    peer->ended = true;
    co_return peer->refusal ? fail(*peer->refusal) : Status();
}

// Bytes that differ from place to place.
std::string bytesOf(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<char>((i * 7 + i / 253) & 0xffU);
    }
    return bytes;
}

class EarlyCopiesTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(local.open(folder / "blobs"));
        auto begun = run(context, local.begin(blobs::Algorithm::sha256));
        ASSERT_TRUE(begun) << why(begun);
        writer = std::move(*begun);
        early = std::make_unique<EarlyCopies>(local, writer, incarnation, 10s);
    }
    void TearDown() override {
        early.reset();
        context.restart();
        context.run(); // until no copy goes on any more
    }

    void write(std::string_view bytes) {
        ASSERT_TRUE(run(context, local.write(*writer, bytes)));
        early->grew();
    }
    PeerPtr begin(const std::string& id, PeerPtr peer = std::make_shared<Peer>()) {
        api::Member member;
        member.id = id;
        early->begin(context.get_executor(), member, [peer](api::Member, http::BodySource source) {
            return receive(peer, std::move(source));
        });
        return peer;
    }
    [[nodiscard]] blobs::BlobId idOf(const std::string& bytes) const {
        return {blobs::Digest::of(bytes), incarnation};
    }
    [[nodiscard]] Status arrived(const std::string& id, Milliseconds deadline = 10s) {
        return run(context, early->arrived(id, deadline));
    }
    [[nodiscard]] bool becomes(const PeerPtr& peer, const std::string& bytes) {
        return runUntil(context, [&] { return peer->bytes.size() >= bytes.size(); }) && peer->bytes == bytes;
    }
    void expectGivenUp(const PeerPtr& peer) {
        ASSERT_TRUE(runUntil(context, [&] { return peer->ended; }));
        ASSERT_TRUE(peer->failure);
        EXPECT_EQ(peer->failure->code, ErrorCode::cancelled) << peer->failure->text();
        EXPECT_EQ(peer->trailers.size(), 0U);
    }

    boost::asio::io_context context;
    state::test::TempFolder folder;
    LocalBlobs local{2};
    const blobs::Incarnation incarnation = LocalBlobs::newIncarnation(security::systemRandom());
    WriterPtr writer;
    std::unique_ptr<EarlyCopies> early;
};

TEST_F(EarlyCopiesTest, FollowTheFileAsItGrows) {
    const std::string bytes = bytesOf(1'000'000);
    write(std::string_view(bytes).substr(0, 300'000));
    const auto first = begin("a");
    EXPECT_TRUE(becomes(first, bytes.substr(0, 300'000)));
    write(std::string_view(bytes).substr(300'000, 1));
    EXPECT_TRUE(becomes(first, bytes.substr(0, 300'001)));
    const auto second = begin("b");
    write(std::string_view(bytes).substr(300'001));
    EXPECT_TRUE(becomes(first, bytes));
    EXPECT_TRUE(becomes(second, bytes));
    EXPECT_FALSE(first->ended);
    EXPECT_EQ(early->incarnation(), incarnation);
    early->finish(idOf(bytes));
    for (const char* id : {"a", "b"}) {
        const Status there = arrived(id);
        EXPECT_TRUE(there) << why(there);
    }
    EXPECT_EQ(first->trailers.value(digestTrailer), blobs::Digest::of(bytes).str());
    EXPECT_EQ(first->bytes, bytes);
    EXPECT_EQ(second->bytes, bytes);
}

TEST_F(EarlyCopiesTest, AreAskedForBeforeTheyEnd) {
    const auto peer = begin("a");
    write("some");
    const Status before = arrived("a", 1ms);
    ASSERT_FALSE(before);
    EXPECT_EQ(before.error().code, ErrorCode::timeout);
    early->finish(idOf("some"));
    EXPECT_TRUE(arrived("a"));
    EXPECT_EQ(peer->bytes, "some");
    EXPECT_EQ(arrived("another").error().code, ErrorCode::notFound);
}

TEST_F(EarlyCopiesTest, ThatAreAbandonedAreToldNoDigest) {
    write("some");
    const auto waiting = begin("a");
    const auto lagging = begin("b", std::make_shared<Peer>());
    EXPECT_TRUE(becomes(waiting, "some"));
    early->abandon();
    early->grew();
    early->finish(idOf("some")); // too late
    expectGivenUp(waiting);
    expectGivenUp(lagging);
    EXPECT_EQ(arrived("a").error().code, ErrorCode::cancelled);
}

TEST_F(EarlyCopiesTest, AreAbandonedByWhoeverForgetsThem) {
    write("some");
    const auto peer = begin("a");
    EXPECT_TRUE(becomes(peer, "some"));
    early.reset();
    expectGivenUp(peer);
}

// As when the local commit fails.
TEST_F(EarlyCopiesTest, CanBeAbandonedAfterTheirEndByWhoeverHasNotReadIt) {
    write("some");
    const auto slow = std::make_shared<Peer>();
    slow->mayBegin = std::make_shared<state::Waiter>(context.get_executor());
    begin("a", slow);
    early->finish(idOf("some"));
    early->abandon();
    slow->mayBegin->wake();
    expectGivenUp(slow);
}

TEST_F(EarlyCopiesTest, GoOnByThemselvesOnceTheyAreFinished) {
    const std::string bytes = bytesOf(500'000);
    const auto slow = std::make_shared<Peer>();
    slow->mayBegin = std::make_shared<state::Waiter>(context.get_executor());
    begin("slow", slow);
    const auto quick = begin("quick");
    write(bytes);
    EXPECT_TRUE(becomes(quick, bytes));
    early->finish(idOf(bytes));
    ASSERT_TRUE(run(context, local.commit(*writer, idOf(bytes))));
    EXPECT_TRUE(arrived("quick"));
    EXPECT_EQ(slow->bytes, "") << "nobody waited for it";
    early.reset();
    writer.reset();
    slow->mayBegin->wake();
    ASSERT_TRUE(runUntil(context, [&] { return slow->ended; }));
    EXPECT_EQ(slow->bytes, bytes) << "the file is kept for those who read it";
    EXPECT_EQ(slow->trailers.value(digestTrailer), blobs::Digest::of(bytes).str());
    EXPECT_TRUE(run(context, local.has(idOf(bytes))).value());
}

TEST_F(EarlyCopiesTest, OfAPeerThatFailsLeaveTheOthersAlone) {
    const auto failing = std::make_shared<Peer>();
    failing->refusal = Error{ErrorCode::exhausted, "the disk is full", {}};
    const auto throwing = std::make_shared<Peer>();
    throwing->throws = true;
    begin("failing", failing);
    begin("throwing", throwing);
    begin("sound");
    write("some");
    early->finish(idOf("some"));
    EXPECT_EQ(arrived("failing").error().message, "the disk is full");
    EXPECT_EQ(arrived("throwing").error().message, "no memory");
    EXPECT_TRUE(arrived("sound"));
}

TEST_F(EarlyCopiesTest, EndWhenThePeerHasAnsweredAlready) {
    write("some");
    const auto answered = begin("a");
    const auto other = begin("b");
    EXPECT_TRUE(becomes(answered, "some"));
    answered->interrupt();
    expectGivenUp(answered);
    write(" more");
    EXPECT_TRUE(becomes(other, "some more"));
    EXPECT_EQ(answered->bytes, "some");
    early->finish(idOf("some more"));
    EXPECT_TRUE(arrived("b"));
}

TEST_F(EarlyCopiesTest, EndWhenTheClientPausesForLong) {
    early = std::make_unique<EarlyCopies>(local, writer, incarnation, 20ms);
    write("some");
    const auto peer = begin("a");
    ASSERT_TRUE(runUntil(context, [&] { return peer->ended; }));
    ASSERT_TRUE(peer->failure);
    EXPECT_EQ(peer->failure->code, ErrorCode::timeout);
    EXPECT_EQ(peer->bytes, "some");
    write(" more");
    early->finish(idOf("some more"));
    EXPECT_EQ(arrived("a").error().code, ErrorCode::timeout) << "it is not begun anew";
}

TEST_F(EarlyCopiesTest, LeaveNoFileOfAnUploadThatWasGivenUp) {
    write("some");
    const auto slow = std::make_shared<Peer>();
    slow->mayBegin = std::make_shared<state::Waiter>(context.get_executor());
    begin("a", slow);
    early.reset();
    writer.reset();
    slow->mayBegin->wake();
    expectGivenUp(slow);
    slow->interrupt = nullptr; // which holds on to the file
    EXPECT_TRUE(runUntil(context, [&] { return std::filesystem::is_empty(folder / "blobs/uploads"); }));
}

} // namespace
} // namespace pilothouse::replication
