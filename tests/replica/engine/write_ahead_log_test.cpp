// SPDX-License-Identifier: GPL-3.0-or-later
// Logs as etcd writes them, made here; those of a real etcd are in write_ahead_log_etcd_test.cpp.
#include "replica/engine/crc32c.h"
#include "replica/engine/log_segment.h"
#include "replica/engine/write_ahead_log.h"
#include "support/fixtures.h"
#include "write_ahead_log.pb.h"

#include <gmock/gmock.h>

#include <fcntl.h>
#include <random>

namespace pilothouse::engine {

void PrintTo(const LogFacts& facts, std::ostream* out) {
    *out << "term " << facts.term.value() << ", last " << facts.last.value() << " of term "
         << facts.lastTerm.value() << ", commit " << facts.commit.value();
}

namespace {

using testing::HasSubstr;
using wal::RecordType;

LogFacts factsOf(std::int64_t term, std::int64_t last, std::int64_t lastTerm, std::int64_t commit) {
    return {Term(term), LogIndex(last), Term(lastTerm), LogIndex(commit)};
}

// Frames as the documentation of etcd's format has them, and where each one ends.
class Segment {
public:
    explicit Segment(std::uint32_t before = 0) : crc(before) {
        // The only record whose data the checksum does not go on over: it has none.
        wal::Frame frame;
        frame.set_type(4);
        frame.set_crc(crc);
        append(frame);
        add(RecordType::metadata, "\x08\x01\x10\x02");
    }
    Segment& entry(std::uint64_t term, std::uint64_t index, const std::string& what = "entry") {
        wal::LogEntry made;
        made.set_term(term);
        made.set_index(index);
        std::string data = std::string("\x08\x00", 2) + made.SerializeAsString();
        data += std::string("\x22") + static_cast<char>(what.size()) + what;
        return add(RecordType::entry, data);
    }
    Segment& state(std::uint64_t term, std::uint64_t vote, std::uint64_t commit) {
        wal::HardState made;
        made.set_term(term);
        made.set_vote(vote);
        made.set_commit(commit);
        return add(RecordType::state, made.SerializeAsString());
    }
    Segment& snapshot(std::uint64_t index, std::uint64_t term) {
        wal::SnapshotMark made;
        made.set_index(index);
        made.set_term(term);
        return add(RecordType::snapshot, made.SerializeAsString());
    }
    Segment& add(RecordType type, const std::string& data) {
        crc = crc32c(crc, data);
        wal::Frame frame;
        frame.set_type(static_cast<std::int64_t>(type));
        frame.set_crc(crc);
        frame.set_data(data);
        append(frame);
        return *this;
    }

    std::uint32_t crc;
    std::string bytes;
    std::vector<std::size_t> ends;

private:
    void append(const wal::Frame& frame) {
        const std::string body = frame.SerializeAsString();
        const std::size_t padding = (8 - body.size() % 8) % 8;
        std::uint64_t length = body.size();
        if (padding != 0) {
            length |= (0x80ULL + padding) << 56U;
        }
        for (int i = 0; i < 8; ++i) {
            bytes += static_cast<char>(length >> (8 * i));
        }
        bytes += body + std::string(padding, '\0');
        ends.push_back(bytes.size());
    }
};

class WriteAheadLogTest : public testing::Test {
protected:
    WriteAheadLogTest() { std::filesystem::create_directories(file(0).parent_path()); }
    [[nodiscard]] std::filesystem::path file(int sequence, int index = 0) const {
        std::array<char, 64> name{};
        std::snprintf(name.data(), name.size(), "%016x-%016x.wal", static_cast<unsigned>(sequence),
                      static_cast<unsigned>(index));
        return folder.path() / "member" / "wal" / name.data();
    }
    [[nodiscard]] Result<LogFacts> read() const { return readLog(folder.path()); }
    void expect(const LogFacts& facts) const {
        const auto read = readLog(folder.path());
        ASSERT_TRUE(read) << read.error().text();
        EXPECT_EQ(*read, facts);
    }
    void expectCorrupt(const std::string& part) const {
        const auto read = readLog(folder.path());
        ASSERT_FALSE(read) << part;
        EXPECT_EQ(read.error().code, ErrorCode::corrupt) << read.error().text();
        EXPECT_THAT(read.error().text(), HasSubstr(part));
    }

    test::TemporaryFolder folder;
    const std::string zeros = std::string(4096, '\0');
};

TEST(Crc32c, IsCastagnolis) {
    EXPECT_EQ(crc32c(0, "123456789"), 0xE3069283U);
    EXPECT_EQ(crc32c(0, std::string(32, '\0')), 0x8A9136AAU) << "RFC 3720, B.4";
    EXPECT_EQ(crc32c(crc32c(0, "1234"), "56789"), 0xE3069283U) << "it goes on from another";
    EXPECT_EQ(crc32c(7, ""), 7U);
}

TEST_F(WriteAheadLogTest, SaysWhereThereIsNone) {
    EXPECT_EQ(readLog(folder / "nothing").error().code, ErrorCode::notFound);
    EXPECT_EQ(read().error().code, ErrorCode::notFound) << "an empty folder";
    test::writeFile(file(0).string() + ".broken", "x");
    test::writeFile(file(0).parent_path() / "0.tmp", "x");
    EXPECT_EQ(read().error().code, ErrorCode::notFound) << read().error().text();
    EXPECT_EQ(commitAll(folder.path()).error().code, ErrorCode::notFound);
}

TEST_F(WriteAheadLogTest, ReadsWhatCountsInTheEnd) {
    Segment one;
    one.snapshot(0, 0);
    test::writeFile(file(0), one.bytes + zeros);
    expect(factsOf(0, 0, 0, 0));
    one.entry(1, 1).entry(1, 2).state(1, 5, 1).entry(1, 3).entry(1, 4).state(1, 5, 2);
    test::writeFile(file(0), one.bytes + zeros);
    expect(factsOf(1, 4, 1, 2));
    one.entry(2, 3).state(2, 6, 2);
    test::writeFile(file(0), one.bytes);
    expect(factsOf(2, 3, 2, 2));
    one.snapshot(10, 2);
    test::writeFile(file(0), one.bytes + zeros);
    expect(factsOf(2, 3, 2, 2)); // etcd does not take it: it may not have come whole
    one.state(2, 6, 10);
    test::writeFile(file(0), one.bytes + zeros);
    expect(factsOf(2, 10, 2, 10));
    Segment two(one.crc);
    two.state(2, 6, 10).entry(3, 11).state(3, 0, 10);
    test::writeFile(file(1, 11), two.bytes + zeros);
    expect(factsOf(3, 11, 3, 10));
    std::filesystem::remove(file(0)); // as etcd does when it needs it no more
    expect(factsOf(3, 11, 3, 10));
    test::writeFile(file(1, 11), two.entry(3, 13).bytes + zeros);
    expectCorrupt("entries are missing before number 13");
}

TEST_F(WriteAheadLogTest, TellsDamageFromWhatACrashLeft) {
    Segment good;
    good.entry(1, 1).state(1, 5, 1).entry(1, 2, std::string(100, 'x'));
    const std::size_t before = good.ends[good.ends.size() - 2];
    for (std::size_t cut = before; cut < good.bytes.size(); ++cut) { // the file ends there
        test::writeFile(file(0), good.bytes.substr(0, cut));
        expect(factsOf(1, 1, 1, 1));
    }
    Segment large; // its second sector was not written
    large.entry(1, 1).state(1, 5, 1);
    large.add(RecordType::entry,
              std::string("\x08\x00\x10\x01\x18\x02\x22\x90\x0a", 9) + std::string(1296, 'x'));
    std::string torn = large.bytes;
    torn.replace(512, 512, 512, '\0');
    test::writeFile(file(0), torn + zeros);
    expect(factsOf(1, 1, 1, 1));
    test::writeFile(file(0), torn + std::string(8, '\1') + zeros);
    expectCorrupt("byte " + std::to_string(large.ends[large.ends.size() - 2]) + " of " + file(0).string());
    std::string flipped = large.bytes;
    flipped[700] = static_cast<char>(flipped[700] ^ 1);
    test::writeFile(file(0), flipped + zeros);
    expectCorrupt("checksum"); // etcd does not start with it either
    test::writeFile(file(0), good.bytes + std::string(16, '\0') + "x" + zeros);
    expectCorrupt("a hole");
    test::writeFile(file(0), torn);
    Segment next(large.crc);
    test::writeFile(file(1, 3), next.bytes);
    expectCorrupt(file(0).string()); // a segment is full when the next begins
    test::writeFile(file(0), good.bytes);
    test::writeFile(file(1, 3), Segment(good.crc).state(1, 5, 2).bytes);
    expect(factsOf(1, 2, 1, 2));
    test::writeFile(file(0), good.bytes.substr(0, before));
    expectCorrupt(file(1, 3).string()); // the checksum goes on from what is not there
    std::filesystem::rename(file(1, 3), file(2, 3));
    expectCorrupt("a file is missing before " + file(2, 3).string());
}

// A record's length and type have no checksum.
TEST_F(WriteAheadLogTest, BelievesNoNumberUnseen) {
    Segment good;
    good.entry(1, 1).state(1, 5, 1);
    test::writeFile(file(0), good.bytes + std::string(7, '\xff') + std::string(1, '\x7f') + zeros);
    expectCorrupt("a record of");
    test::writeFile(file(0), good.bytes + std::string("\0\0\0\0\0\0\0\x87", 8) + zeros);
    expectCorrupt("an empty record");
    const auto with = [&](const std::function<void(Segment&)>& change) {
        Segment log = good;
        change(log);
        test::writeFile(file(0), log.bytes + zeros);
    };
    with([](Segment& log) { log.entry(1, 3); });
    expectCorrupt("entries are missing before number 3");
    with([](Segment& log) { log.state(1, 5, 2); });
    expectCorrupt("a state that cannot have come after");
    with([](Segment& log) { log.entry(2, 2).state(2, 5, 2).state(1, 5, 2); });
    expectCorrupt("a state that cannot have come after");
    with([](Segment& log) { log.entry(~0ULL, 2); });
    expectCorrupt("an entry that is none");
    with([](Segment& log) { log.add(static_cast<RecordType>(6), "x"); });
    expectCorrupt("unknown kind 6");
    with([](Segment& log) { log.add(RecordType::state, "\xff\xff"); });
    expectCorrupt("a state that is none");
}

TEST_F(WriteAheadLogTest, CommitsAll) {
    Segment log;
    log.entry(1, 1).state(1, 5, 1).entry(1, 2).entry(1, 3).state(1, 5, 1);
    test::writeFile(file(0), log.bytes + zeros);
    ASSERT_TRUE(commitAll(folder.path()));
    expect(factsOf(1, 3, 1, 3));
    const std::string done = test::readWhole(file(0));
    log.state(1, 5, 3); // term and vote stay
    EXPECT_EQ(toHex(done.substr(0, log.bytes.size())), toHex(log.bytes));
    EXPECT_EQ(done.size(), log.ends[log.ends.size() - 2] + zeros.size());
    ASSERT_TRUE(commitAll(folder.path()));
    EXPECT_EQ(test::readWhole(file(0)), done) << "there was nothing left to do";
}

TEST_F(WriteAheadLogTest, CommitsWhatTheTermOfWhichWasNotWrittenDown) {
    Segment log;
    log.entry(1, 1).state(1, 5, 1).entry(4, 2);
    test::writeFile(file(0), log.bytes); // no room after it
    ASSERT_TRUE(commitAll(folder.path()));
    log.state(4, 0, 2);
    EXPECT_EQ(test::readWhole(file(0)), log.bytes);
}

TEST_F(WriteAheadLogTest, CommitsNothingHalfWritten) {
    Segment log;
    log.entry(1, 1).state(1, 5, 1).entry(1, 2);
    Segment torn = log;
    torn.add(RecordType::entry,
             std::string("\x08\x00\x10\x01\x18\x03\x22\x90\x0a", 9) + std::string(1296, 'x'));
    torn.bytes.replace(1024, 100, 100, '\0');
    torn.bytes.resize(1024 + 100);
    test::writeFile(file(0), torn.bytes);
    ASSERT_TRUE(commitAll(folder.path()));
    expect(factsOf(1, 2, 1, 2));
    log.state(1, 5, 2);
    EXPECT_EQ(test::readWhole(file(0)), log.bytes + std::string(torn.bytes.size() - log.bytes.size(), '\0'));
}

TEST_F(WriteAheadLogTest, TouchesNoLogThatIsInUse) {
    Segment log;
    log.entry(1, 1).state(1, 5, 0);
    test::writeFile(file(0), log.bytes + zeros);
    const int held = ::open(file(0).c_str(), O_RDWR | O_CLOEXEC);
    struct flock whole {};
    whole.l_type = F_WRLCK;
    ASSERT_EQ(fcntl(held, F_OFD_SETLK, &whole), 0);
    const auto refused = commitAll(folder.path());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict) << refused.error().text();
    expect(factsOf(1, 1, 1, 0));
    ::close(held);
    EXPECT_TRUE(commitAll(folder.path()));
    expect(factsOf(1, 1, 1, 1));
}

} // namespace
} // namespace pilothouse::engine
