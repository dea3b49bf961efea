// SPDX-License-Identifier: GPL-3.0-or-later
#include "exercise.h"
#include "replica/registry/byte_range.h"

#include <gtest/gtest.h>

#include <random>

namespace pilothouse::registry {
namespace {

std::string textOf(const RangeAnswer& answer) {
    if (const auto* range = std::get_if<ByteRange>(&answer)) {
        return std::to_string(range->first) + "-" + std::to_string(range->last);
    }
    return std::holds_alternative<WholeBlob>(answer) ? "whole" : "unsatisfiable";
}

TEST(Range, GivesWhatRfc9110Says) {
    const std::pair<const char*, const char*> cases[] = {
        {"bytes=0-499", "0-499"},
        {"bytes=500-999", "500-999"},
        {"bytes=-500", "500-999"},
        {"bytes=9-", "9-999"},
        {"bytes=0-0", "0-0"},
        {"bytes=999-", "999-999"},
        {"bytes=999-5000", "999-999"},
        {"bytes=-5000", "0-999"},
        {"Bytes=1-2", "1-2"},
        {" bytes=1-2 ", "1-2"},
        {"bytes=1000-", "unsatisfiable"},
        {"bytes=1000-1001", "unsatisfiable"},
        {"bytes=-0", "unsatisfiable"},
        {"bytes=99999999999999999999-", "unsatisfiable"},
        {"bytes=0-99999999999999999999", "0-999"},
        // Ignored: another unit, several, or malformed.
        {"", "whole"},
        {"lines=1-2", "whole"},
        {"bytes=0-1,5-6", "whole"},
        {"bytes=5-4", "whole"},
        {"bytes=-", "whole"},
        {"bytes=a-b", "whole"},
        {"bytes=1", "whole"},
        {"bytes 1-2", "whole"},
        {"bytes=+1-2", "whole"},
        {"bytes=1-2-3", "whole"},
        {"bytes=0x1-2", "whole"},
        {"bytes", "whole"},
        {"bytes=1 - 2", "whole"},
        {"bytesx=1-2", "whole"},
    };
    for (const auto& [field, expected] : cases) {
        EXPECT_EQ(textOf(answerRange(field, 1000)), expected) << '"' << field << '"';
    }
}

TEST(Range, OfAnEmptyBlobIsNeverSatisfied) {
    for (const char* field : {"bytes=0-", "bytes=0-0", "bytes=-1", "bytes=-0"}) {
        EXPECT_EQ(textOf(answerRange(field, 0)), "unsatisfiable") << field;
    }
    EXPECT_EQ(textOf(answerRange("nonsense", 0)), "whole");
}

// Byte by byte, as one would count.
TEST(Range, MatchesCountingForAllSmallBlobs) {
    for (std::uint64_t size = 1; size <= 6; ++size) {
        for (std::uint64_t first = 0; first <= 8; ++first) {
            for (std::uint64_t last = first; last <= 8; ++last) {
                std::string expected;
                for (std::uint64_t at = first; at <= last && at < size; ++at) {
                    expected += std::to_string(at);
                }
                const auto answer =
                    answerRange("bytes=" + std::to_string(first) + "-" + std::to_string(last), size);
                std::string given;
                if (const auto* range = std::get_if<ByteRange>(&answer)) {
                    for (std::uint64_t at = range->first; at <= range->last; ++at) {
                        given += std::to_string(at);
                    }
                    EXPECT_EQ(range->size(), given.size());
                }
                EXPECT_EQ(given, expected) << first << "-" << last << " of " << size;
            }
        }
    }
}

TEST(Range, IsWrittenAsItIsAnswered) {
    EXPECT_EQ(contentRange({5, 9}, 100), "bytes 5-9/100");
    EXPECT_EQ(unsatisfiedContentRange(100), "bytes */100");
    EXPECT_EQ(uploadRange(0), "0-0");
    EXPECT_EQ(uploadRange(1), "0-0");
    EXPECT_EQ(uploadRange(100), "0-99");
}

TEST(ChunkRange, IsReadInBothForms) {
    EXPECT_EQ(parseChunkRange("0-99"), (ByteRange{0, 99}));
    EXPECT_EQ(parseChunkRange("100-100"), (ByteRange{100, 100}));
    EXPECT_EQ(parseChunkRange(" 5-9 "), (ByteRange{5, 9}));
    EXPECT_EQ(parseChunkRange("bytes 5-9/10"), (ByteRange{5, 9}));
    EXPECT_EQ(parseChunkRange("bytes 5-9/*"), (ByteRange{5, 9}));
    for (const char* field :
         {"", "-", "5", "5-", "-9", "9-5", "a-b", "5-9/10", "bytes 5-9", "bytes=5-9", "bytes */10", "bytes",
          "bytes 5-9/x", "0-99999999999999999999", "99999999999999999999-99999999999999999999", "0x0-9",
          "1-2-3", "5- 9", "+5-9"}) {
        EXPECT_EQ(parseChunkRange(field), std::nullopt) << '"' << field << '"';
    }
}

TEST(Ranges, StayWithinTheBlobWhateverIsSent) {
    std::mt19937 random(11);
    const std::string_view letters = "bytes=-0123456789,/* \t9";
    for (int i = 0; i < 200'000; ++i) {
        std::string field = random() % 2 == 0 ? "bytes=" : "";
        for (auto length = random() % 24; length > 0; --length) {
            field += letters[random() % letters.size()];
        }
        ASSERT_EQ(test::faultInRanges(field, random() % 3 == 0 ? 0 : random() % 1000), "") << field;
    }
}

} // namespace
} // namespace pilothouse::registry
