// SPDX-License-Identifier: GPL-3.0-or-later
// Logs of an engine that a disk or a crash damaged: what is read is what was written up to some record.
#include "mutate.h"
#include "replica/engine/log_segment.h"
#include "replica/engine/write_ahead_log.h"
#include "support/fixtures.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace pilothouse::engine {
namespace {

using wal::Record;
using wal::RecordType;

std::string number(std::uint64_t value) {
    std::string out;
    for (; value >= 0x80; value >>= 7U) {
        out += static_cast<char>(0x80U | (value & 0x7FU));
    }
    return out + static_cast<char>(value);
}

// Protobuf: a message of the fields 1 to 3, and bytes in field 4.
std::string message(std::uint64_t one, std::uint64_t two, std::uint64_t three, const std::string& four = {}) {
    std::string out = "\x08" + number(one) + "\x10" + number(two) + "\x18" + number(three);
    return four.empty() ? out : out + "\x22" + number(four.size()) + four;
}

// Two segments, and what is right to say after each record.
class DamagedLogTest : public testing::Test {
protected:
    DamagedLogTest() : m_random(20260302) { // NOLINT(cert-msc51-cpp): the same in every run
        std::filesystem::create_directories(m_folder.path() / "member" / "wal");
        add({RecordType::checksum, {}});
        add({RecordType::metadata, "member"});
        add({RecordType::snapshot, message(0, 0, 0)});
        std::uint64_t term = 1;
        for (std::uint64_t index = 1; index <= 40; ++index) {
            term += index % 16 == 0 ? 1 : 0;
            add({RecordType::entry, message(0, term, index, std::string(1 + index * index % 700, 'x'))});
            add({RecordType::state, message(term, 0x8e9e05c52164694d, index - (index + 1) % 3 % index)});
            if (index == 20) {
                m_whole.emplace_back();
                add({RecordType::checksum, {}});
                add({RecordType::metadata, "member"});
            }
        }
        m_whole.back() += std::string(4096, '\0');
    }
    void add(const Record& record) {
        m_whole.back() += wal::encodeRecord(record, m_crc);
        write(m_whole);
        const auto facts = readLog(m_folder.path());
        ASSERT_TRUE(facts) << facts.error().text();
        m_right.push_back(*facts);
    }
    void write(const std::vector<std::string>& segments) {
        static constexpr const char* names[] = {"0000000000000000-0000000000000000.wal",
                                                "0000000000000001-0000000000000015.wal"};
        for (std::size_t i = 0; i < segments.size(); ++i) {
            test::writeFile(m_folder.path() / "member" / "wal" / names[i], segments[i]);
        }
    }
    std::size_t below(std::size_t end) {
        return std::uniform_int_distribution<std::size_t>(0, end - 1)(m_random);
    }

    // Of a record's type the checksum knows nothing: etcd would not notice either.
    static bool isType(const std::string& segment, std::size_t at) {
        std::size_t start = 0;
        while (start < at && start + 8 <= segment.size()) {
            std::uint64_t length = 0;
            for (std::size_t i = 0; i < 6; ++i) {
                length |= static_cast<std::uint64_t>(static_cast<unsigned char>(segment[start + i]))
                          << (8 * i);
            }
            if (length == 0) {
                return false;
            }
            if (at == start + 8 || at == start + 9) {
                return true;
            }
            start += 8 + (length + 7) / 8 * 8;
        }
        return false;
    }
    void damage(std::vector<std::string>& segments) {
        const std::size_t kind = below(4);
        // One that is not the last is never cut off by a crash.
        std::string& segment = kind == 0 ? segments.back() : segments[below(segments.size())];
        if (segment.empty()) {
            return;
        }
        const std::size_t at = below(segment.size());
        switch (kind) {
        case 0:
            segment.resize(at);
            break;
        case 1: // sectors that were not written
            for (std::size_t i = at / 512 * 512;
                 i < std::min(segment.size(), (at / 512 + 1 + below(3)) * 512); ++i) {
                segment[i] = '\0';
            }
            break;
        case 2:
            segment.erase(at, 1 + below(64));
            break;
        default:
            if (!isType(segment, at)) {
                segment[at] = static_cast<char>(segment[at] ^ (1 << below(8)));
            }
        }
    }

    test::TemporaryFolder m_folder;
    std::vector<std::string> m_whole{1};
    std::vector<LogFacts> m_right;
    std::uint32_t m_crc = 0;
    std::mt19937_64 m_random;
};

TEST_F(DamagedLogTest, NeverSaysWhatWasNotWritten) {
    int read = 0;
    int refused = 0;
    for (int i = 0; i < 300; ++i) {
        auto segments = m_whole;
        for (std::size_t changes = 1 + below(2); changes > 0; --changes) {
            damage(segments);
        }
        write(segments);
        const auto facts = readLog(m_folder.path());
        if (facts) {
            ++read;
            ASSERT_TRUE(std::count(m_right.begin(), m_right.end(), *facts) > 0 || *facts == LogFacts{})
                << "round " << i << ": term " << facts->term.value() << ", last " << facts->last.value()
                << " of term " << facts->lastTerm.value() << ", commit " << facts->commit.value();
            const auto committed = commitAll(m_folder.path());
            ASSERT_TRUE(committed) << "round " << i << ": " << committed.error().text();
            const auto after = readLog(m_folder.path());
            ASSERT_TRUE(after) << "round " << i << ": " << after.error().text();
            ASSERT_EQ(after->last, facts->last) << "round " << i;
            ASSERT_GE(after->commit, after->last) << "round " << i;
        } else {
            ++refused;
            ASSERT_EQ(facts.error().code, ErrorCode::corrupt)
                << "round " << i << ": " << facts.error().text();
        }
    }
    std::printf("%d were read, %d refused\n", read, refused);
    EXPECT_GT(read, 50) << "the damages are too wild to say anything";
    EXPECT_GT(refused, 100);
}

} // namespace
} // namespace pilothouse::engine
