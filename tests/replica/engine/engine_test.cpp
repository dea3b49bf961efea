// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/engine.h"

#include <gtest/gtest.h>

namespace pilothouse::engine {
namespace {

TEST(PrefixEnd, IsTheFirstKeyAfterThePrefix) {
    EXPECT_EQ(prefixEnd("users/"), "users0");
    EXPECT_EQ(prefixEnd("a\xff"), "b");
    EXPECT_EQ(prefixEnd("a\xff\xff"), "b");
    EXPECT_EQ(prefixEnd("\x7f"), "\x80");
}

TEST(PrefixEnd, OfEverythingIsZero) {
    EXPECT_EQ(prefixEnd(""), std::string(1, '\0'));
    EXPECT_EQ(prefixEnd("\xff\xff"), std::string(1, '\0'));
}

TEST(Compare, SaysWhatItCompares) {
    EXPECT_EQ(Compare::absent("k").number, 0);
    EXPECT_EQ(Compare::absent("k").relation, Compare::Relation::equal);
    EXPECT_EQ(Compare::present("k").relation, Compare::Relation::greater);
    EXPECT_EQ(Compare::unchanged("k", Revision(7)).field, Compare::Field::modRevision);
    EXPECT_EQ(Compare::unchanged("k", Revision(7)).number, 7);
    EXPECT_EQ(Compare::holds("k", "v").value, "v");
}

} // namespace
} // namespace pilothouse::engine
