// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/line_splitter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pilothouse::engine {
namespace {

TEST(LineSplitter, GivesTheSameLinesWhereverTheBytesAreSplit) {
    const std::string stream = "one\ntwo\r\n\nthree\n";
    for (std::size_t first = 0; first <= stream.size(); ++first) {
        LineSplitter lines(1024);
        std::string seen;
        for (const auto& part : {stream.substr(0, first), stream.substr(first)}) {
            ASSERT_TRUE(lines.add(part));
            while (const auto line = lines.next()) {
                const std::string text(*line);
                seen += text.find_first_not_of('\r') == std::string::npos
                            ? ""
                            : text.substr(0, text.find('\r')) + ";";
            }
        }
        EXPECT_EQ(seen, "one;two;three;") << "split after " << first;
    }
}

TEST(LineSplitter, GivesUpLinesWithoutEnd) {
    LineSplitter lines(10);
    EXPECT_TRUE(lines.add("0123456789"));
    EXPECT_FALSE(lines.add("x"));
    LineSplitter many(10);
    EXPECT_TRUE(many.add("a\n\nb\n0123456789"));
    EXPECT_EQ(many.next(), "a");
    EXPECT_EQ(many.next(), "b");
    EXPECT_EQ(many.next(), std::nullopt);
    EXPECT_TRUE(many.add("\n"));
    EXPECT_EQ(many.next(), "0123456789");
}

} // namespace
} // namespace pilothouse::engine
